"""Finds the values of JSON in a text: in a fence, in prose, one behind another, or none."""

import re

from paritas.reference.code_regions import code_regions
from paritas.reference.json_content import content
from paritas.reference.json_machine import Machine, Notes, Options, Value, comment_end
from paritas.reference.json_strings import Source
from paritas.reference.json_tokens import COMMAS, WHITE, cut_literal, literal, number
from paritas.results_repair import Change, RepairResult

BRACKET = re.compile(r"[{\[]")
FENCE = re.compile("```|~~~")


def mended(text: str, options: Options) -> tuple[RepairResult, str]:
    """What becomes of a text without lone surrogates, and the pointer to the value it is cut in."""
    start = 0
    frame: list[Change] = []
    if text.startswith("\ufeff"):
        start = 1
        frame.append(Change("whitespace", 0, 1))
    end = len(text)
    first = BRACKET.search(text)
    fence = _fence(text, first.start() if first else -1)
    if fence is not None:
        opened, start, end, closed = fence
        if _blank(text[:opened]) != "":
            frame.append(Change("leading_text", *_trimmed(text, 0, opened)))
        frame.append(Change("fence", opened, start))
    cut_string = options.partial and _string_so_far(text, start, end)
    values, prose = ([], False) if cut_string else _values(Source(text, end), start, options)
    pointer = ""
    if not values:
        value = _scalar(Source(text, end), start, options)
    elif not prose and len(values) > 1 and options.multiple == "array":
        frame.append(Change("multiple", values[0][0].start, values[-1][0].end))
        value, pointer = _joined([value for value, _ in values]), values[-1][1]
    else:
        value, pointer = values[0]
        for other, inner in values if prose else []:
            if other.end - other.start > value.end - value.start:
                value, pointer = other, inner
    _outside(text, start, end, value, frame)
    if fence is not None and end < len(text):
        after = _fence_end(text, end, closed)
        frame.append(Change("fence", end, after))
        if _blank(text[after:]) != "":
            frame.append(Change("trailing_text", *_trimmed(text, after, len(text))))
    changes = sorted(frame + value.changes, key=lambda change: change.start)[: options.max_changes]
    count = len(frame) + value.change_count
    result = RepairResult(
        value.text, value.ok, value.text != text, changes, count, value.truncated, value.depth_limited
    )
    return result, pointer


def _string_so_far(text: str, start: int, end: int) -> bool:
    """Whether all of it is the beginning of one string: a bracket in it means nothing."""
    while start < end and text[start] in " \t\n\r":
        start += 1
    if start == end or text[start] != '"':
        return False
    start += 1
    while start < end and text[start] != '"':
        start += 2 if text[start] == "\\" else 1
    return start >= end


def _fence(text: str, first: int) -> tuple[int, int, int, bool] | None:
    """The fence that holds the first bracket, or the first one: its start, its content, and whether it is closed."""
    mark = FENCE.search(text)
    if mark is None or (first >= 0 and mark.start() > first):
        return None
    for region in code_regions(text, False):
        if first >= 0 and region.start > first:
            return None
        if first >= 0 and region.end <= first:
            continue
        line = text.find("\n", region.start, region.end)
        if line < 0 or (0 <= first <= line):
            return None
        if not region.closed:
            return region.start, line + 1, len(text), False
        return region.start, line + 1, max(line + 1, text.rfind("\n", region.start, region.end) + 1), True
    return None


def _fence_end(text: str, at: int, closed: bool) -> int:
    line = text.find("\n", at)
    return len(text) if line < 0 else line + 1


def _blank(text: str) -> str:
    return "".join(ch for ch in text if ch not in WHITE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in WHITE:
        start += 1
    while end > start and text[end - 1] in WHITE:
        end -= 1
    return start, end


def _between(source: Source, at: int) -> int:
    """Behind white space, separators, closers and comments."""
    while at < source.end:
        ch = source.text[at]
        if ch in WHITE or ch in COMMAS or ch in "}])":
            at += 1
        elif source.comment_at(at):
            at = comment_end(source.text, at, source.end)
        else:
            break
    return at


def _wrapper(source: Source, at: int) -> int:
    """Behind the name and the parenthesis of a call that stand before a bracket; -1 without one."""
    text = source.text
    limit = source.limit(at)
    while at < limit and (text[at] in "_$." or (text[at] < "\x80" and text[at].isalnum())):
        at += 1
    at, _ = source.peek(at, limit)
    if at >= limit or text[at] != "(":
        return -1
    at, _ = source.peek(at + 1, source.limit(at + 1))
    return at if at < source.end and text[at] in "{[" else -1


def _values(source: Source, start: int, options: Options) -> tuple[list[tuple[Value, str]], bool]:
    """Each value that opens with a bracket, with its pointer, and whether there is prose around them."""
    values: list[tuple[Value, str]] = []
    prose = False
    at = start
    while True:
        at = _between(source, at)
        if at >= source.end:
            return values, prose
        if source.text[at] not in "{[":
            inside = _wrapper(source, at) if not values and not prose else -1
            if inside >= 0:
                at = inside
            else:
                prose = True
                bracket = BRACKET.search(source.text, at, source.end)
                if bracket is None:
                    return values, prose
                at = bracket.start()
        machine = Machine(source, at, options)
        values.append((machine.run(), machine.pointer))
        at = values[-1][0].end


def _joined(values: list[Value]) -> Value:
    changes = [change for value in values for change in value.changes]
    return Value(
        values[0].start,
        values[-1].end,
        "[" + ",".join(value.text for value in values) + "]",
        any(value.truncated for value in values),
        any(value.depth_limited for value in values),
        changes,
        sum(value.change_count for value in values),
    )


def _outside(text: str, start: int, end: int, value: Value, frame: list[Change]) -> None:
    """Tells what was left out before and after the value."""
    before = _trimmed(text, start, value.start)
    if before[0] < before[1]:
        left = text[before[0] : before[1]]
        call = re.fullmatch(r"[\w$.]*\s*\(", left, re.ASCII) if len(left) <= 256 else None
        comment = not call and _between(Source(text, before[1]), before[0]) == before[1] and value.ok
        kind = "wrapper" if call else "comment" if comment else "leading_text"
        frame.append(Change(kind, *before))
    elif any(ch not in " \t\n\r" for ch in text[start : value.start]):
        frame.append(Change("whitespace", start, value.start))
    after = _trimmed(text, value.end, end)
    if after[0] < after[1]:
        left = text[after[0] : min(after[1], after[0] + 256)]
        if after[1] - after[0] <= 256 and all(ch in "}]" or ch in WHITE or ch in COMMAS for ch in left):
            kind = "extra_closer" if any(ch in "}]" for ch in left) else "comma"
        elif after[1] - after[0] <= 256 and all(ch == ")" or ch in WHITE or ch in COMMAS for ch in left):
            kind = "wrapper"
        else:
            kind = "trailing_text"
        frame.append(Change(kind, *after))
    elif any(ch not in " \t\n\r" for ch in text[value.end : end]):
        frame.append(Change("whitespace", value.end, end))


def _nothing(source: Source, start: int, options: Options) -> Value:
    kind = "empty_input" if _blank(source.text[start : source.end]) == "" else "no_value"
    return Value(source.end, source.end, "null", False, False, [Change(kind, start, source.end)], 1, False)


def _scalar(source: Source, start: int, options: Options) -> Value:
    """The value of a text without a bracket: a string, a literal, a number; else all of it is one string."""
    text = source.text
    begin = _between(source, start)
    begin, end = _trimmed(text, begin, source.end)
    if begin == end or all(ch in COMMAS or ch in ":)=" or ch in WHITE for ch in text[begin:end]):
        return _nothing(source, start, options)
    if text[begin] == "(":
        machine = Machine(source, begin, options)
        value = machine.run()
        if not value.truncated and _between(source, value.end) == source.end:
            return value
    if (opening := source.opening(begin)) is not None:
        return Machine(source, begin, options).scalar(opening)
    stop = end
    while stop > begin and (text[stop - 1] in COMMAS or text[stop - 1] in WHITE):
        stop -= 1
    word = text[begin:stop] if stop - begin <= 256 else ""
    written = literal(word, options.non_finite)
    kind = "literal"
    if written is None and stop == source.end and not options.partial and len(word) > 1:
        written = cut_literal(word, options.non_finite)
    if written is None and word and (word[0] in "+-." or "0" <= word[0] <= "9"):
        written, kind = number(word), "number"
        if options.partial and stop == source.end:
            written = None
    if written is not None:
        changes = [] if written == word else [Change(kind, begin, stop)]
        return Value(begin, stop, written, False, False, changes, len(changes))
    if options.partial:
        return _nothing(source, start, options)
    notes = Notes(options.max_changes)
    notes.add("bare_string", begin, end)
    written = '"' + content(text, begin, end, "", False, False, False, notes.add) + '"'
    return Value(begin, end, written, False, False, notes.changes, notes.count)
