"""Leaked syntax of tool calls, templates and prompts in an answer, as core/src/match/response_leakage.cpp finds it."""

from typing import NamedTuple

from paritas.reference.thinking_markers import CHANNEL, FINAL_CHANNEL, Markers

# What a model writes to its runtime and no reader should see, by the rule that it belongs to.
LITERALS = {
    "tool_call": ("<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"),
    "function_call": (
        *("<function_call", "<function_calls>", "</function_call>", "</function_calls>", "<function=", "</function>"),
        *("FUNCTION_CALL {",),
    ),
    "parameter": ("<parameter=", "</parameter>"),
    "invoke": ("<invoke name=", "</invoke>"),
    "tool_request": ("[TOOL_CALLS]", "[TOOL_REQUEST]", "[END_TOOL_REQUEST]"),
    "instruction": ("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"),
    "turn": ("<start_of_turn>", "<end_of_turn>"),
}
# Phrases of prompts that models were trained on, at the start of a line.
PHRASES = {
    "no_new_params": "do not add any new parameters",
    "string_params": "string parameters must",
    "multiple_funcs": "multiple function calls",
    "no_surround": "do not surround",
    "required_params": "required parameters",
    "no_direct_access": "i do not have direct access",
    "begin_list_dir": "here is the directory listing",
}
RULES = ("thinking", *LITERALS, "special_token", "json_call", *PHRASES)
BARS = {"<|": "|>", "<｜": "｜>"}
NAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_▁")
ASCII_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
BLANKS = " \t\r"
DEEPEST = 64


class Leak(NamedTuple):
    start: int
    end: int
    rule: str


def find_leaks(text: str) -> list[Leak]:
    """In text order, none in another one: the first, then the longest, then the order of the rules."""
    found = [*_markers(text), *_literals(text), *_special_tokens(text)]
    kept = _kept(found)
    found += _json_calls(text, kept)
    found += _phrases(text)
    return _kept(found)


def _kept(found: list[Leak]) -> list[Leak]:
    kept: list[Leak] = []
    for leak in sorted(found, key=lambda leak: (leak.start, -leak.end, RULES.index(leak.rule))):
        if not kept or leak.start >= kept[-1].end:
            kept.append(leak)
    return kept


def _markers(text: str) -> list[Leak]:
    """What begins or ends a thought, wherever it stands."""
    found, at, header_seen = [], 0, False
    markers = Markers()
    while at < len(text):
        length, marker = markers.match(text, at, True, header_seen)
        if length > 0:
            found.append(Leak(at, at + length, "thinking"))
            header_seen = header_seen or marker in (CHANNEL, FINAL_CHANNEL)
        at += max(length, 1)
    return found


def _literals(text: str) -> list[Leak]:
    found = []
    for rule, literals in LITERALS.items():
        for literal in literals:
            at = text.find(literal)
            while at >= 0:
                end = at + len(literal)
                # <function_callback> is no call; the other literals end in a mark.
                if literal[-1] not in ASCII_WORD or text[end : end + 1] not in ASCII_WORD:
                    found.append(Leak(at, end, rule))
                at = text.find(literal, at + 1)
    return found


def _special_tokens(text: str) -> list[Leak]:
    """<|name|> and <｜name｜> with a name of 2 to 40 letters, "_" and "▁"."""
    found = []
    for opening, closing in BARS.items():
        at = text.find(opening)
        while at >= 0:
            end = at + len(opening)
            while end < len(text) and end - at - len(opening) <= 40 and text[end] in NAME:
                end += 1
            if 2 <= end - at - len(opening) <= 40 and text.startswith(closing, end):
                found.append(Leak(at, end + len(closing), "special_token"))
            at = text.find(opening, at + 1)
    return found


def lines_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, without its LF."""
    lines, start = [], 0
    while True:
        end = text.find("\n", start)
        lines.append((start, len(text) if end < 0 else end))
        if end < 0:
            return lines
        start = end + 1


def _json_calls(text: str, leaks: list[Leak]) -> list[Leak]:
    """Pieces of lines, between their ends and other leaks, that are a JSON object with a name and arguments."""
    found = []
    for start, end in lines_of(text):
        inside = [leak for leak in leaks if leak.start < end and leak.end > start]
        starts = [start, *(leak.end for leak in inside)]
        ends = [*(leak.start for leak in inside), end]
        for first, last in zip(starts, ends, strict=True):
            while first < last and text[first] in BLANKS:
                first += 1
            while last > first and text[last - 1] in BLANKS:
                last -= 1
            if text[first : first + 1] == "{" and first < last and _is_call(text[first:last]):
                found.append(Leak(first, last, "json_call"))
    return found


def _is_call(line: str) -> bool:
    keys = _Json(line).keys()
    return keys is not None and "name" in keys and ("arguments" in keys or "parameters" in keys)


class _Json:
    """A reader that says whether a text is one JSON object (RFC 8259), and which keys it has, as they are written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def keys(self) -> set[str] | None:
        keys: set[str] = set()
        if not self._object(keys, 1) or self.at != len(self.text):
            return None
        return keys

    def _next(self) -> str:
        while self.at < len(self.text) and self.text[self.at] in " \t\r":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def _take(self, ch: str) -> bool:
        if self._next() != ch:
            return False
        self.at += 1
        return True

    def _object(self, keys: set[str], depth: int) -> bool:
        if depth > DEEPEST or not self._take("{"):
            return False
        if self._take("}"):
            return True
        while True:
            self._next()
            start = self.at + 1
            if not self._string():
                return False
            if depth == 1:
                keys.add(self.text[start : self.at - 1])
            if not self._take(":") or not self._value(keys, depth):
                return False
            if self._take("}"):
                return True
            if not self._take(","):
                return False

    def _array(self, keys: set[str], depth: int) -> bool:
        if depth > DEEPEST or not self._take("["):
            return False
        if self._take("]"):
            return True
        while True:
            if not self._value(keys, depth):
                return False
            if self._take("]"):
                return True
            if not self._take(","):
                return False

    def _value(self, keys: set[str], depth: int) -> bool:
        ch = self._next()
        if ch == "{":
            return self._object(keys, depth + 1)
        if ch == "[":
            return self._array(keys, depth + 1)
        if ch == '"':
            return self._string()
        for word in ("true", "false", "null"):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return True
        return self._number()

    def _string(self) -> bool:
        if not self._take('"'):
            return False
        while self.at < len(self.text):
            ch = self.text[self.at]
            if ch < " ":
                return False
            self.at += 1
            if ch == '"':
                return True
            if ch == "\\":
                escape = self.text[self.at : self.at + 1]
                self.at += 1
                if escape == "u":
                    digits = self.text[self.at : self.at + 4]
                    if len(digits) < 4 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
                        return False
                    self.at += 4
                elif escape == "" or escape not in '"\\/bfnrt':
                    return False
        return False

    def _digits(self) -> bool:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "0123456789":
            self.at += 1
        return self.at > start

    def _number(self) -> bool:
        if self.text.startswith("-", self.at):
            self.at += 1
        start = self.at
        if not self._digits() or (self.text[start] == "0" and self.at - start > 1):
            return False
        if self.text.startswith(".", self.at):
            self.at += 1
            if not self._digits():
                return False
        if self.text[self.at : self.at + 1] in ("e", "E"):
            self.at += 1
            if self.text[self.at : self.at + 1] in ("+", "-"):
                self.at += 1
            return self._digits()
        return True


def _phrases(text: str) -> list[Leak]:
    found = []
    for start, end in lines_of(text):
        while start < end and text[start] in " \t":
            start += 1
        for rule, phrase in PHRASES.items():
            last = start + len(phrase)
            said = text[start:last]
            if last <= end and said.isascii() and said.lower() == phrase:
                if text[last : last + 1] not in ASCII_WORD:
                    found.append(Leak(start, last, rule))
    return found
