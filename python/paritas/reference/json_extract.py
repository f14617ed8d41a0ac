"""extract_json_objects and normalize_json_string, as core/src/repair/json_extract.cpp computes them."""

from __future__ import annotations

import re

from paritas.reference.convert import flag
from paritas.reference.convert import text as as_text
from paritas.reference.json_machine import Machine, Options
from paritas.reference.json_repair import report
from paritas.reference.json_scan import NUMBER, scan_json_value
from paritas.reference.json_strings import Source
from paritas.results_repair import JsonSpan

BRACKET = re.compile(r"[{\[]")
ONE_NUMBER = re.compile(rf"\[[ \t\n\r]*(?:{NUMBER.pattern})[ \t\n\r]*\]")
MAX_FAILED = 4  # repairs that reached the end of the text without the end of a value: each costs the whole rest


def extract_json_objects(text: str, *, repair: bool = True, arrays: bool = True) -> list[JsonSpan]:
    """The JSON values in a text, from left to right: objects, and arrays unless `arrays` is False.

    At each bracket outside of an earlier value the text is read as JSON and, where that fails and a closer fits the
    bracket, repaired as repair_json does unless `repair` is False. An array of one number alone, [1], is a citation and
    no value. Text in strings opens no value. Linear.
    """
    text, repair, arrays = as_text(text), flag(repair), flag(arrays)
    found: list[JsonSpan] = []
    matched = _matched(text) if repair else set()
    source = Source(text, len(text))
    failed = 0
    at = 0
    read = 0  # up to here the text after some bracket is JSON, as far as it goes; what that says of the brackets in it:
    closed: dict[int, int] = {}
    within: set[int] = set()  # brackets in strings
    while (bracket := BRACKET.search(text, at)) is not None:
        start = bracket.start()
        at = start + 1
        if start in within or (text[start] == "[" and not arrays):
            continue
        if start >= read:
            strict, end = scan_json_value(text, start)
            if not strict:
                read, closed, within = _inside(text, start, end)
        else:
            strict, end = start in closed, closed.get(start, 0)
        value = text[start:end] if strict else ""
        if not strict and start in matched and failed < MAX_FAILED:
            mended = Machine(source, start, Options(max_changes=0)).run()
            value, end = ("" if mended.truncated else mended.text), mended.end
            failed += mended.truncated
        if value[:1] == "{" or (value[:1] == "[" and arrays and not ONE_NUMBER.fullmatch(value)):
            found.append(JsonSpan(start, end, value, not strict))
            at = end
    return found


def _matched(text: str) -> set[int]:
    """Brackets that a closer fits, quotes not looked at."""
    matched = set()
    open_: list[int] = []
    counts = {"{": 0, "[": 0}
    for bracket in re.finditer(r"[{\[}\]]", text):
        ch = bracket.group()
        if ch in counts:
            open_.append(bracket.start())
            counts[ch] += 1
            continue
        opener = "{" if ch == "}" else "["
        if counts[opener] == 0:
            continue
        while True:  # what is open between has no closer
            last = open_.pop()
            counts[text[last]] -= 1
            if text[last] == opener:
                matched.add(last)
                break
    return matched


def _inside(text: str, start: int, end: int) -> tuple[int, dict[int, int], set[int]]:
    """What the beginning of a value, text[start:end], which is JSON so far, says of its brackets.

    Up to where that is certain (a string that does not end there is none), where the values in it end, and the brackets
    in its strings.
    """
    closed: dict[int, int] = {}
    within: set[int] = set()
    open_: list[int] = []
    at = start
    while at < end:
        ch = text[at]
        if ch in "{[":
            open_.append(at)
        elif ch in "}]":
            closed[open_.pop()] = at + 1
        elif ch == '"':
            quote = at
            brackets = set()
            at += 1
            while at < end and text[at] != '"':
                if text[at] in "{[":
                    brackets.add(at)
                at += 2 if text[at] == "\\" else 1
            if at >= end:
                return quote, closed, within
            within |= brackets
        at += 1
    return end, closed, within


def normalize_json_string(s: str) -> tuple[str, bool]:
    """The JSON that a text holds, mended where need be, and whether there is any: without, ("null", False)."""
    result = report(as_text(s), Options(max_changes=0))[0]
    return result.text, result.ok
