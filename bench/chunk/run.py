"""Chunkers beside their peers, in one run: `python bench/chunk/run.py [TEXT]`.

Peers are those of bench/requirements.txt; one that is not there is shown as `not installed`. Each gives a list of str
from the same text in memory; medians of several rounds.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import paritas

ROOT = Path(__file__).parents[2]
TEXT = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "../shared/data/text/english_speeches.txt"
ROUNDS = 7


def seconds(call: Callable[[], Any]) -> float:
    call()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
        if sum(times) > 20:
            break
    return statistics.median(times)


def peer(module: str, make: Callable[[Any], Callable[[], Any]]) -> Callable[[], Any] | None:
    try:
        return make(importlib.import_module(module))
    except ImportError:
        return None


def job(name: str, size: int, ours: dict[str, Callable[[], Any]], peers: dict[str, Callable[[], Any] | None]) -> None:
    print(f"\n{name}")
    best = 0.0
    for label, call in ours.items():
        rate = size / seconds(call) / 1e6
        best = best or rate
        print(f"  {label:44} {rate:9.1f} MB/s")
    for label, other in peers.items():
        if other is None:
            print(f"  {label:44} not installed")
            continue
        rate = size / seconds(other) / 1e6
        print(f"  {label:44} {rate:9.1f} MB/s   x{best / rate:.1f}")


def main() -> None:
    text = TEXT.read_text("utf-8")
    size = len(text.encode())
    chars = paritas.RecursiveChunker(1000, 0)
    job(
        "recursive, chars, size 1,000, overlap 0",
        size,
        {
            "paritas split_text": lambda: chars.split_text(text),
            "paritas chunk (records)": lambda: chars.chunk(text),
            "paritas spans": lambda: chars.spans(text),
        },
        {
            "langchain-text-splitters": peer(
                "langchain_text_splitters",
                lambda m: partial(m.RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=0).split_text, text),
            ),
            "semantic-text-splitter": peer(
                "semantic_text_splitter", lambda m: partial(m.TextSplitter(1000).chunks, text)
            ),
            "semchunk, len": peer("semchunk", lambda m: partial(m.chunkerify(len, 1000), text)),
            "chonkie RecursiveChunker": peer(
                "chonkie",
                lambda m: partial(m.RecursiveChunker(tokenizer="character", chunk_size=1000), text),
            ),
        },
    )
    sentence = paritas.SentenceChunker(1344)
    job(
        "sentence, chars, size 1,344",
        size,
        {"paritas split_text": lambda: sentence.split_text(text), "paritas chunk": lambda: sentence.chunk(text)},
        {
            "chonkie SentenceChunker": peer(
                "chonkie",
                lambda m: partial(m.SentenceChunker(tokenizer="character", chunk_size=1344, chunk_overlap=0), text),
            )
        },
    )
    token = paritas.TokenChunker(512)
    part = text[:300_000]

    class Calls:
        def __init__(self) -> None:
            self.calls = 0

        def __call__(self, piece: str) -> int:
            self.calls += 1
            return len(piece.split())

    job(
        "token, built-in counters, size 512",
        size,
        {
            "paritas split_text": lambda: token.split_text(text),
            "paritas count_tokens": lambda: paritas.count_tokens(text),
        },
        {
            "semchunk, words": peer("semchunk", lambda m: partial(m.chunkerify(lambda t: len(t.split()), 512), text)),
            "chonkie TokenChunker, words": peer(
                "chonkie", lambda m: partial(m.TokenChunker(tokenizer="word", chunk_size=512, chunk_overlap=0), text)
            ),
        },
    )
    ours, theirs = Calls(), Calls()
    shared = paritas.TokenChunker(512, length=ours)
    other = peer("semchunk", lambda m: partial(m.chunkerify(theirs, 512, memoize=False), part))
    job(
        "token, one shared callback (words), size 512",
        len(part.encode()),
        {"paritas": lambda: shared.split_text(part)},
        {"semchunk": other},
    )
    ours.calls = theirs.calls = 0
    shared.split_text(part)
    if other is not None:
        other()
    print(f"  calls of the callback: paritas {ours.calls:,}, semchunk {theirs.calls:,}")
    documents = [text[at : at + 20_000] for at in range(0, len(text), 20_000)] * 10
    one = seconds(lambda: chars.chunk_batch(documents, 1))
    two = seconds(lambda: chars.chunk_batch(documents, 2))
    print(f"\nbatch, {len(documents):,} documents: 2 threads {one / two:.2f}x one")
    print("\n10 MB of one thing, milliseconds")
    for letter in ("a", " ", "\n", "# ", "`"):
        hostile = letter * (10_000_000 // len(letter))
        times = [
            seconds(partial(kind().spans, hostile)) * 1e3
            for kind in (paritas.RecursiveChunker, paritas.SentenceChunker, paritas.TokenChunker, paritas.FixedChunker)
        ]
        names = ("recursive", "sentence", "token", "fixed")
        print(f"  {letter!r:6}", *(f"{name} {time:6.1f}" for name, time in zip(names, times, strict=True)))
    cut_sentences(text)


def cut_sentences(text: str) -> None:
    """How many chunks end within a sentence, at about equal size."""
    ends = {span.end for span in paritas.sentences(text)}

    def share(pieces: list[str]) -> str:
        at, cut = 0, 0
        for piece in pieces:
            at = text.index(piece, at) + len(piece)
            cut += at not in ends
        return f"{cut / len(pieces):6.1%} of {len(pieces):,} chunks, {len(text) / len(pieces):,.0f} characters each"

    print("\nchunks that end within a sentence, size 1,344")
    print("  paritas SentenceChunker   ", share(paritas.SentenceChunker(1344).split_text(text)))
    print("  paritas RecursiveChunker  ", share(paritas.RecursiveChunker(1344, 0).split_text(text)))
    semantic = peer("semantic_text_splitter", lambda m: lambda: m.TextSplitter(1344).chunks(text))
    print("  semantic-text-splitter    ", share(semantic()) if semantic else "not installed")
    chonkie = peer(
        "chonkie",
        lambda m: (
            lambda: [
                c.text.strip() for c in m.SentenceChunker(tokenizer="character", chunk_size=1344, chunk_overlap=0)(text)
            ]
        ),
    )
    print("  chonkie SentenceChunker   ", share(chonkie()) if chonkie else "not installed")


main()
