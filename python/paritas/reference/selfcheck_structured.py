"""The checks of the structured chunkers, as core/src/selfcheck/{code,hierarchical,markdown,semantic}.cpp draw them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from paritas.errors import ParitasError
from paritas.reference.code import CodeChunker
from paritas.reference.hierarchical import HierarchicalChunker
from paritas.reference.markdown import MarkdownChunker
from paritas.reference.random import Random
from paritas.reference.selfcheck_vectors import random_floats
from paritas.reference.semantic import SemanticChunker
from paritas.reference.semantic_groups import METHODS
from paritas.reference.sentences import sentences
from paritas.results import Span
from paritas.results_chunk import Chunk

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

# fmt: off
PIECES = (
    "# A\n", "## *B* [c](d)\n", "### C\n", "Title\n===\n", "Sub\n---\n", "One two. Three! ", "word ", "日本語。", "é😀",
    "\n", "\n\n", "\r\n", "```py\n", "```\n", "~~~\n", "````\n", "    code\n", "| a | b |\n", "|---|---|\n",
    "| 1 | 2 |\n", "- item\n", "  cont\n", "1. x\n", "> q\n", "<div>\n", "<!-- x\n", "-->\n", "***\n", "def f():\n",
    "    return 1\n", "}\n", "{", ")", "'", '"', "# c\n", "/* ", "*/", "@d\n", "\\",
)
# fmt: on
LANGUAGES = ("py", "js", "rs", "sh", "cpp", "sql", "html", "c#")


def _text(random: Random) -> str:
    return "".join([PIECES[random.below(len(PIECES))] for _ in range(random.below(24))])


def _add(digest: "Digest", call: Callable[[], list[Chunk]]) -> None:
    try:
        chunks = call()
    except ParitasError as error:
        digest.add_error(error)
        return
    for chunk in chunks:
        digest.add(Span(chunk.start, chunk.end))
        for number in (chunk.length, chunk.overlap_prev, chunk.start_line, chunk.end_line, chunk.level):
            digest.add(number)
        digest.add(0 if chunk.parent is None else chunk.parent + 1)
        digest.add(chunk.split == "hard")
        digest.add(chunk.kind)
        for heading in chunk.headings:
            digest.add(heading)


def check_markdown(random: Random, digest: "Digest") -> None:
    text = _text(random)
    size = 1 + random.below(60)
    overlap = random.below(size)
    headings = random.below(7)
    keep_code = random.below(4) != 0
    strip = random.below(4) != 0
    chunker = MarkdownChunker(size, overlap, headings=headings, keep_code=keep_code, strip=strip)
    _add(digest, lambda: chunker.chunk(text))


def check_code(random: Random, digest: "Digest") -> None:
    text = _text(random)
    size = 1 + random.below(60)
    overlap = random.below(size)
    chunker = CodeChunker(LANGUAGES[random.below(len(LANGUAGES))], size, overlap)
    _add(digest, lambda: chunker.chunk(text))


def check_hierarchical(random: Random, digest: "Digest") -> None:
    text = _text(random)
    size = 1 + random.below(30)
    chunker = HierarchicalChunker((2 * size, size), (random.below(size), 0))
    _add(digest, lambda: chunker.chunk(text))


def check_semantic(random: Random, digest: "Digest") -> None:
    text = _text(random)
    size = 1 + random.below(60)
    method = METHODS[random.below(4)]
    threshold = random.unit()
    window = 1 + random.below(4)
    least = 1 + random.below(3)
    rows = len(sentences(text))
    dim = 1 + random.below(4)
    values = random_floats(random, rows * dim)
    chunker = SemanticChunker(size, method=method, threshold=threshold, window=window, min_sentences=least)
    _add(digest, lambda: chunker.chunk(text, [values[i * dim : (i + 1) * dim] for i in range(rows)]))
