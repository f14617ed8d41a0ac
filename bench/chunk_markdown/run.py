"""MarkdownChunker, CodeChunker beside semantic-text-splitter; SemanticChunker's cut beside chonkie's without a model.

    python bench/chunk_markdown/run.py [MB]

The text is this repository's own Markdown and Python, repeated. Medians of the processor time of runs that take turns,
in one thread; a peer that is not there is said to be so. The last lines are hostile inputs of 10 MB.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import paritas

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1344
ROUNDS = 5


def peer(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name}: not installed")
        return None


def repeated(pattern: str, megabytes: float) -> str:
    text = "".join(file.read_text("utf-8") for file in sorted(ROOT.glob(pattern)))
    return (text * (int(megabytes * 1e6) // len(text) + 1))[: int(megabytes * 1e6)]


def race(title: str, size: int, jobs: dict[str, Callable[[], int]]) -> None:
    """Each in turn, so that a busy machine is unfair to none."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    found = {}
    for turn in range(ROUNDS + 1):
        for name, job in jobs.items():
            start = time.process_time()
            found[name] = job()
            if turn > 0:
                times[name].append(time.process_time() - start)
    ours = statistics.median(times["paritas"])
    print(title)
    for name, taken in times.items():
        median = statistics.median(taken)
        print(
            f"  {name:24} {size / median / 1e6:10.1f} MB/s  {median * 1e3:10.2f} ms  {found[name]:7} chunks"
            f"  {median / ours:8.1f}x the time of paritas"
        )


def markdown(megabytes: float) -> None:
    text = repeated("docs/*.md", megabytes)
    chunker = paritas.MarkdownChunker(SIZE)
    jobs: dict[str, Callable[[], int]] = {
        "paritas": lambda: len(chunker.split_text(text)),
        "paritas, chunk()": lambda: len(chunker.chunk(text)),
    }
    splitter = peer("semantic_text_splitter")
    if splitter:
        theirs = splitter.MarkdownSplitter(SIZE)
        jobs["semantic-text-splitter"] = lambda: len(theirs.chunks(text))
    race(f"Markdown, {len(text) / 1e6:.1f} MB, size {SIZE}", len(text), jobs)


def code(megabytes: float) -> None:
    text = repeated("python/**/*.py", megabytes)
    chunker = paritas.CodeChunker("python", SIZE)
    jobs: dict[str, Callable[[], int]] = {
        "paritas": lambda: len(chunker.split_text(text)),
        "paritas, chunk()": lambda: len(chunker.chunk(text)),
    }
    splitter = peer("semantic_text_splitter")
    if splitter:
        theirs = splitter.TextSplitter(SIZE)
        jobs["semantic-text-splitter"] = lambda: len(theirs.chunks(text))
    race(f"Python code, {len(text) / 1e6:.1f} MB, size {SIZE} (the peer: its text mode)", len(text), jobs)


def semantic(count: int) -> None:
    numpy = importlib.import_module("numpy")
    text = " ".join(f"Sentence number {i} says that the weather of day {i * 7 % 365} was fine." for i in range(count))
    spans = paritas.sentences(text)
    draw = numpy.random.default_rng(1)
    rows = draw.standard_normal((len(spans), 384), dtype="float32")
    chunker = paritas.SemanticChunker(SIZE)
    jobs: dict[str, Callable[[], int]] = {"paritas": lambda: len(chunker.chunk(text, rows))}
    chonkie = peer("chonkie")
    if chonkie:
        jobs["chonkie, no model"] = chonkie_job(chonkie, numpy, rows, text)
    race(f"semantic, {len(spans)} sentences, rows of 384 given", len(text), jobs)


def chonkie_job(chonkie: Any, numpy: Any, rows: Any, text: str) -> Callable[[], int]:
    class Given(chonkie.BaseEmbeddings):  # type: ignore[misc]
        """Rows that are there already: what is left is chonkie's own work."""

        def __init__(self) -> None:
            self.at = 0

        def embed(self, text: str) -> Any:
            self.at = (self.at + 1) % len(rows)
            return rows[self.at]

        def embed_batch(self, texts: list[str]) -> Any:
            return [rows[i % len(rows)] for i in range(len(texts))]

        def similarity(self, u: Any, v: Any) -> Any:
            return numpy.float32(numpy.dot(u, v) / (numpy.linalg.norm(u) * numpy.linalg.norm(v)))

        def get_tokenizer(self) -> Any:
            return "character"

        @property
        def dimension(self) -> int:
            return 384

        def is_available(self) -> bool:
            return True

    theirs = chonkie.SemanticChunker(embedding_model=Given(), chunk_size=SIZE)
    return lambda: len(theirs.chunk(text))


def hostile() -> None:
    print("10 MB of")
    n = 10_000_000
    for name, text in {
        "one letter": "a" * n,
        "spaces": " " * n,
        "line breaks": "\n" * n,
        "'# '": "# " * (n // 2),
        "headings": "# a\n" * (n // 4),
        "backticks": "`" * n,
        "'>'": ">" * n,
        "'> '": "> " * (n // 2),
        "rows of a table": "|a|b|\n|-|-|\n" + "|1|2|\n" * (n // 6),
        "an unclosed fence": "```\n" + "x y\n" * (n // 4),
        "list items": "- a\n" * (n // 4),
        "brackets": "(" * n,
        "quotes": "'" * n,
    }.items():
        taken = []
        for chunker in (paritas.MarkdownChunker(SIZE), paritas.CodeChunker("javascript", SIZE)):
            start = time.process_time()
            chunker.split_text(text)
            taken.append((time.process_time() - start) * 1e3)
        print(f"  {name:20} Markdown {taken[0]:8.1f} ms   code {taken[1]:8.1f} ms")


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    markdown(megabytes)
    code(megabytes)
    semantic(5000)
    hostile()


main()
