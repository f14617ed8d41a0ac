"""Extended grapheme clusters (UAX #29) of Unicode 14, and white space."""

from bisect import bisect_right
from functools import cache, lru_cache

from paritas.reference import grapheme_table
from paritas.reference.white_space import WHITE_SPACE

KINDS = ("control", "extend", "flag", "hangul_l", "hangul_t", "hangul_v", "joiner", "picture", "prepend", "spacing")
AFTER = {  # what of Hangul joins what comes before
    "hangul_l": ("hangul_l", "hangul_v", "hangul_lv", "hangul_lvt"),
    "hangul_lv": ("hangul_v", "hangul_t"),
    "hangul_v": ("hangul_v", "hangul_t"),
    "hangul_lvt": ("hangul_t",),
    "hangul_t": ("hangul_t",),
}


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    ranges = []
    for kind in KINDS:
        for span in getattr(grapheme_table, kind.upper()).split():
            first, _, last = span.partition("-")
            ranges.append((int(first, 16), int(last or first, 16), kind))
    ranges.sort()
    return [first for first, _, _ in ranges], [(last, kind) for _, last, kind in ranges]


@lru_cache(1 << 14)
def cluster_class(ch: str) -> str:
    c = ord(ch)
    if c < 0x80:
        return {"\r": "cr", "\n": "lf"}.get(ch, "control" if c < 0x20 or c == 0x7F else "other")
    if 0xAC00 <= c <= 0xD7A3:
        return "hangul_lv" if (c - 0xAC00) % 28 == 0 else "hangul_lvt"
    firsts, rest = _ranges()
    at = bisect_right(firsts, c) - 1
    return rest[at][1] if at >= 0 and c <= rest[at][0] else "other"


def _joined(before: str, after: str) -> bool:
    """GB3 to GB9b, which need no more than the two characters."""
    if before == "cr":
        return after == "lf"
    if before in ("lf", "control") or after in ("cr", "lf", "control"):
        return False
    if after in ("extend", "joiner", "spacing") or before == "prepend":
        return True
    return after in AFTER.get(before, ())


def grapheme_end(text: str, at: int) -> int:
    """One past the cluster that starts at `at`."""
    before = cluster_class(text[at])
    picture = before == "picture"  # a picture and what extends it
    odd_flag = before == "flag"
    at += 1
    while at < len(text):
        after = cluster_class(text[at])
        if before == after == "flag" and odd_flag:
            odd_flag = False
        elif not _joined(before, after) and not (before == "joiner" and after == "picture" and picture):
            break
        else:
            odd_flag = after == "flag"
        picture = after == "picture" or (picture and before != "joiner" and after in ("extend", "joiner"))
        before = after
        at += 1
    return at


def count_graphemes(text: str) -> int:
    count = at = 0
    while at < len(text):
        at = grapheme_end(text, at)
        count += 1
    return count


def is_grapheme_edge(text: str, at: int) -> bool:
    """Whether a cluster surely ends at `at`, as far as the two characters around it say."""
    if at == 0 or at >= len(text):
        return True
    before, after = cluster_class(text[at - 1]), cluster_class(text[at])
    if (before, after) in (("flag", "flag"), ("joiner", "picture")):
        return False
    return not _joined(before, after)


def is_white_space(ch: str) -> bool:
    return ch in WHITE_SPACE


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty for a blank one. A space that a mark stands on stays."""
    while start < end and is_white_space(text[start]):
        crlf = text[start : start + 2] == "\r\n"
        if start + 1 < end and not crlf and not is_grapheme_edge(text, start + 1):
            break
        start += 1
    while end > start and is_white_space(text[end - 1]):
        crlf = text[end - 2 : end] == "\r\n"
        if end - 1 > start and not crlf and not is_grapheme_edge(text, end - 1):
            break
        end -= 1
    return start, end
