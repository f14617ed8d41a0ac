"""What makes an answer garbage, as core/src/match/response_garbage.cpp finds it."""

from typing import NamedTuple

from paritas.reference.code_regions import code_regions
from paritas.reference.response_leakage import lines_of
from paritas.reference.unicode import category, lower
from paritas.results_filter import CodeRegion

RULES = ("char_run", "line_loop", "low_novelty", "replacement_chars", "control_chars", "mojibake", "symbol_soup")
CHAR_RUN, LINE_LOOP = 40, 5
NOVELTY_WORDS, NOVELTY_PERCENT = 50, 30
REPLACEMENTS, MOJIBAKE, SOUP = 3, 3, 40
RULERS = frozenset("-=_*#~.")  # rows of these divide a text


class Fault(NamedTuple):
    start: int
    end: int
    rule: str


def is_blank(ch: str) -> bool:
    """White space of Unicode."""
    return category(ch)[0] == "Z" or "\t" <= ch <= "\r" or ch == "\x85"


def is_control(ch: str) -> bool:
    """C0 but tabs and line ends, DEL, and C1 but the line end among them."""
    return category(ch) == "Cc" and ch not in "\t\n\r\x85"


def find_garbage(text: str, code: list[CodeRegion]) -> list[Fault]:
    """Outside of code; what is said of a whole text spans all of it."""
    inside = [False] * len(text)
    for region in code:
        inside[region.start : region.end] = [True] * (region.end - region.start)
    plain = [at for at in range(len(text)) if not inside[at]]
    whole = (0, len(text))
    found = [*_char_runs(text, inside), *_line_loops(text, inside)]
    if _is_repetitive(text, plain):
        found.append(Fault(*whole, "low_novelty"))
    replaced = sum(text[at] == "\ufffd" for at in plain)
    if replaced >= REPLACEMENTS and replaced * 50 > len(plain):
        found.append(Fault(*whole, "replacement_chars"))
    found += _control_runs(text, inside)
    found += _mojibake(text, inside)
    readable = sum(category(text[at])[0] in "LMN" or is_blank(text[at]) for at in plain)
    if len(plain) >= SOUP and readable * 2 < len(plain):
        found.append(Fault(*whole, "symbol_soup"))
    return found


def _may_run(ch: str) -> bool:
    return is_blank(ch) or ch in RULERS or "\u2500" <= ch <= "\u257f"


def _char_runs(text: str, inside: list[bool]) -> list[Fault]:
    found, start = [], 0
    for at in range(1, len(text) + 1):
        if at < len(text) and text[at] == text[start] and not inside[at] and not inside[start]:
            continue
        if at - start >= CHAR_RUN and not _may_run(text[start]) and not inside[start]:
            found.append(Fault(start, at, "char_run"))
        start = at
    return found


def _line_loops(text: str, inside: list[bool]) -> list[Fault]:
    """A line that is not blank, five times running; a CR at its end and blanks around it say nothing."""
    found: list[Fault] = []
    run: list[tuple[int, int]] = []
    before = ""
    for start, end in [*lines_of(text), (-1, -1)]:
        line = "" if start < 0 else text[start:end].strip(" \t\r")
        if start >= 0 and start < len(text) and inside[start]:
            line = ""
        if line != "" and line == before:
            run.append((start, end))
            continue
        if before != "" and len(run) >= LINE_LOOP:
            found.append(Fault(run[0][0], run[-1][1], "line_loop"))
        run, before = [(start, end)], line
    return found


def _is_repetitive(text: str, plain: list[int]) -> bool:
    """50 words or more, and of the runs of three words less than 30 % distinct."""
    words: list[str] = []
    last = -2
    for at in plain:
        if category(text[at])[0] not in "LM" and category(text[at]) != "Nd":
            continue
        if at == last + 1:
            words[-1] += lower(text[at])
        else:
            words.append(lower(text[at]))
        last = at
    triples = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    return len(words) >= NOVELTY_WORDS and len(set(triples)) * 100 < NOVELTY_PERCENT * len(triples)


def _control_runs(text: str, inside: list[bool]) -> list[Fault]:
    found: list[Fault] = []
    for at, ch in enumerate(text):
        if is_control(ch) and not inside[at]:
            if found and found[-1].end == at:
                found[-1] = found[-1]._replace(end=at + 1)
            else:
                found.append(Fault(at, at + 1, "control_chars"))
    return found


def _mojibake(text: str, inside: list[bool]) -> list[Fault]:
    """UTF-8 that was read as Latin-1 or Windows-1252, three times or more: from the first to the last."""
    places = [
        at
        for at in range(len(text) - 1)
        if not inside[at]
        and (
            (text[at] in "\u00c2\u00c3" and "\u0080" <= text[at + 1] <= "\u00bf") or text[at : at + 2] == "\u00e2\u20ac"
        )
    ]
    return [Fault(places[0], places[-1] + 2, "mojibake")] if len(places) >= MOJIBAKE else []


def unclosed_fences(text: str) -> list[Fault]:
    return [Fault(fence.start, fence.end, "unclosed_fence") for fence in code_regions(text, False) if not fence.closed]
