"""What the tests of chunkers share."""

from typing import Any


def rows(api: Any, given: dict[str, Any]) -> list[Any]:
    """The chunks of a case of the vectors."""
    options = dict(given)
    chunker = getattr(api, options.pop("chunker"))
    text = options.pop("text")
    return [
        [[c.start, c.end], c.length, c.split, c.overlap_prev, c.start_line, c.end_line]
        for c in chunker(**options).chunk(text)
    ]


def is_space(text: str) -> bool:
    return all(
        ch in "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" or "\u2000" <= ch <= "\u200a" for ch in text
    )


def check_invariants(text: str, chunks: list[Any], size: int, overlap: int, strip: bool, measure: Any) -> None:
    """Slice, limit, nothing lost, order; see core/include/paritas/chunk/chunk.hpp."""
    at = 0
    for i, chunk in enumerate(chunks):
        assert chunk.index == i
        assert text[chunk.start : chunk.end] == chunk.text != ""
        assert chunk.length == measure(chunk.text)
        assert chunk.length <= size or len(chunk.text) == 1
        if i > 0:
            before = chunks[i - 1]
            assert before.start < chunk.start and before.end < chunk.end
            assert chunk.overlap_prev == max(0, before.end - chunk.start)
            if overlap == 0:
                assert chunk.overlap_prev == 0
        assert chunk.start <= at or (strip and is_space(text[at : chunk.start]))
        at = chunk.end
    assert at == len(text) or (strip and is_space(text[at:]))


def _tokens(text: str) -> int:
    import paritas

    return paritas.count_tokens(text)


MEASURES = {False: len, True: _tokens}
