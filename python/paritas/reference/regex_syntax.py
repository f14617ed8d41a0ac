"""The regular expressions of Paritas: a subset that RE2 and Python's `re` match alike, read here.

What it allows, and every message, is that of core/src/match/regex_syntax.cpp.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, NoReturn

from paritas.errors import ParitasError
from paritas.reference import regex_tree as tree
from paritas.reference.regex_tree import INFINITE, LAST, Node, Ranges

MOST_BYTES, MOST_DEPTH, MOST_GROUPS, MOST_COUNT, MOST_WINDOW = 4096, 64, 99, 1000, 1024

DIGIT: Ranges = ((48, 57),)
WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Ranges = ((9, 13), (32, 32))
CLASSES = {"d": DIGIT, "w": WORD, "s": SPACE}
CONTROLS = {"n": 10, "t": 9, "r": 13, "f": 12, "v": 11}
NAMED = re.compile(r"\?P<([A-Za-z_][A-Za-z0-9_]*)>")
COUNTED = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
FLAGS = re.compile(r"\(\?([ims]+)\)")
OPENINGS = (
    ("?=", "look-ahead"), ("?!", "look-ahead"), ("?<=", "look-behind"), ("?<!", "look-behind"),
    ("?>", "an atomic group"), ("?#", "a comment"), ("?P=", "a back-reference"),
    ("?P>", "recursion"), ("?R", "recursion"), ("?&", "recursion"),
    ("?(", "a condition"), ("?<", "a group (?<name>...): write (?P<name>...)"), ("?'", "a group (?'name'...)"),
    ("?|", "a branch reset"), ("*", "a verb"),
)  # fmt: skip


class Regex(NamedTuple):
    """A parsed expression."""

    root: Node
    folds: bool  # its literals are folded, and so must be what they are looked for in
    groups: int
    names: tuple[str, ...]  # one for each group, "" without

    @property
    def literals(self) -> list[str]:
        return tree.best([self.root.needs, self.root.exact]) or []

    @property
    def prefiltered(self) -> bool:
        return bool(self.literals) and self.root.most <= MOST_WINDOW


@lru_cache(maxsize=512)
def parse_regex(pattern: str, case_insensitive: bool = False) -> Regex:
    return _Parser(pattern, case_insensitive).parsed()


@lru_cache(maxsize=512)
def compiled(pattern: str, case_insensitive: bool) -> re.Pattern[str]:
    return re.compile(tree.printed(parse_regex(pattern, case_insensitive).root), re.ASCII)


def single(ranges: Ranges) -> bool:
    return ranges[0][0] == ranges[-1][1]


class _Parser:
    def __init__(self, pattern: str, case_insensitive: bool) -> None:
        self.pattern, self.at, self.depth = pattern, 0, 0
        self.names: list[str] = []
        self.folds, self.lines, self.dot_all = case_insensitive, False, False

    def parsed(self) -> Regex:
        if len(self.pattern.encode()) > MOST_BYTES:
            self.fail("limit_exceeded", f"a pattern must have at most {MOST_BYTES} bytes", 0)
        while flags := FLAGS.match(self.pattern, self.at):
            self.folds |= "i" in flags[1]
            self.lines |= "m" in flags[1]
            self.dot_all |= "s" in flags[1]
            self.at = flags.end()
        root = self.alternatives()
        if self.at < len(self.pattern):
            self.fail("regex_syntax", "this ) closes nothing: write \\) for the character", self.at)
        if root.least == 0:
            message = "the pattern can match the empty text: make one of its parts a must"
            self.fail("regex_matches_empty", message, 0)
        self.check_size(root, 0)
        return Regex(root, self.folds, len(self.names), tuple(self.names))

    def fail(self, code: str, message: str, offset: int) -> NoReturn:
        raise ParitasError(code, message, offset)

    def unsupported(self, construct: str, offset: int) -> NoReturn:
        self.fail("regex_unsupported", f"{construct} is not supported", offset)

    def check_size(self, node: Node, offset: int) -> None:
        if node.steps > tree.MOST_STEPS:
            message = "the pattern takes over 8 MiB when compiled: make its counts or classes smaller"
            self.fail("limit_exceeded", message, offset)

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def alternatives(self) -> Node:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence())
        return tree.either(parts)

    def sequence(self) -> Node:
        parts = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom()))
        return tree.concat(parts) if parts else Node("concat", exact=[""])

    def repeated(self, node: Node) -> Node:
        start, low, high = self.at, 0, 0
        counts = COUNTED.match(self.pattern, self.at)
        if self.peek() in ("*", "+", "?") and self.peek():
            low, high = {"*": (0, INFINITE), "+": (1, INFINITE), "?": (0, 1)}[self.peek()]
            self.at += 1
        elif counts:
            low, high = self.counts(counts)
        else:
            return node
        if node.least == 0:
            message = "the part that is repeated here can match the empty text: make one of its parts a must"
            self.fail("regex_matches_empty", message, start)
        lazy = self.peek() == "?"
        self.at += lazy
        if self.peek() == "+":
            self.unsupported("a possessive repetition", self.at)
        if (self.peek() in ("*", "?") and self.peek()) or COUNTED.match(self.pattern, self.at):
            self.fail("regex_syntax", "a repetition cannot be repeated: put it into (?:...)", self.at)
        node = tree.repeat(node, low, high, lazy)
        if node.repeats > MOST_COUNT:
            message = f"repetitions inside one another must multiply to at most {MOST_COUNT}"
            self.fail("limit_exceeded", message, start)
        self.check_size(node, start)
        return node

    def counts(self, found: re.Match[str]) -> tuple[int, int]:
        if any(len(digits.lstrip("0")) > 4 or int(digits) > MOST_COUNT for digits in (found[1], found[3]) if digits):
            self.fail("limit_exceeded", f"a count of repetitions must be at most {MOST_COUNT}", self.at)
        low = int(found[1])
        high = low if found[2] is None else int(found[3]) if found[3] else INFINITE
        if high < low or high == 0:
            message = "a repetition needs a largest count of at least 1 and of its smallest"
            self.fail("regex_syntax", message, self.at)
        self.at = found.end()
        return low, high

    def atom(self) -> Node:
        start, ch = self.at, self.peek()
        if ch in ("*", "+", "?") or COUNTED.match(self.pattern, self.at):
            self.fail("regex_syntax", f"there is nothing to repeat: write \\{ch} for the character", start)
        if re.compile(r"\{,[0-9]+\}").match(self.pattern, self.at):
            self.unsupported("a count without its smallest number (write {0,n})", start)
        if ch == "(":
            return self.group()
        if ch == "[":
            return self.bracket()
        if ch == "\\":
            return self.escape()
        self.at += 1
        if ch == ".":
            return tree.set_node(((0, LAST),) if self.dot_all else ((0, 9), (11, LAST)), self.folds)
        if ch == "^":
            return tree.assertion("begin_line" if self.lines else "begin_text")
        if ch == "$":
            return tree.assertion("end_line" if self.lines else "end_text")
        return self.character(ord(ch))

    def character(self, code_point: int) -> Node:
        ranges = ((code_point, code_point),)
        return tree.set_node(tree.with_cases(ranges) if self.folds else ranges, self.folds)

    def group(self) -> Node:
        start, captures = self.at, True
        self.at += 1
        if self.depth == MOST_DEPTH:
            self.fail("limit_exceeded", f"groups must lie at most {MOST_DEPTH} deep", start)
        if self.pattern.startswith("?:", self.at):
            self.at += 2
            captures = False
        elif named := NAMED.match(self.pattern, self.at):
            if named[1] in self.names:
                self.fail("regex_syntax", "two groups have one name", start)
            self.names.append(named[1])
            self.at = named.end()
        elif self.peek() in ("?", "*"):
            self.refuse_group(start)
        else:
            self.names.append("")
        if len(self.names) > MOST_GROUPS:
            self.fail("limit_exceeded", f"a pattern must have at most {MOST_GROUPS} groups: write (?:...)", start)
        self.depth += 1
        inner = self.alternatives()
        self.depth -= 1
        if self.peek() != ")":
            self.fail("regex_syntax", "this ( is never closed: write \\( for the character", start)
        self.at += 1
        return tree.group(inner) if captures else inner

    def refuse_group(self, start: int) -> NoReturn:
        for opening, construct in OPENINGS:
            if self.pattern.startswith(opening, self.at):
                self.unsupported(construct, start)
        following = self.pattern[self.at + 1 : self.at + 2]
        if following == "P":
            self.fail("regex_syntax", "a group's name is (?P<name>...) with letters, digits and _", start)
        if following.isascii() and following.isdigit():
            self.unsupported("recursion", start)
        if following and following in "-imsxUaLu":
            self.unsupported("a flag other than (?i), (?m) and (?s) at the start", start)
        self.fail("regex_syntax", "a group begins with (, (?: or (?P<name>", start)

    def escape(self) -> Node:
        start = self.at
        following = self.pattern[start + 1 : start + 2]
        if following in ("b", "B") and following:
            self.at += 2
            return tree.assertion("boundary" if following == "b" else "no_boundary")
        ranges = self.escaped()
        return self.character(ranges[0][0]) if single(ranges) else tree.set_node(ranges, self.folds)

    def escaped(self) -> Ranges:
        """What an escape stands for, in a class or outside. A class is ASCII, whatever the case."""
        start = self.at
        ch = self.pattern[start + 1 : start + 2]
        self.at += 2
        if ch == "":
            self.fail("regex_syntax", "the pattern ends with a backslash: write \\\\ for the character", start)
        if ch.lower() in CLASSES and ch.isascii():
            ranges = CLASSES[ch.lower()]
            return ranges if ch.islower() else tree.complement(ranges)
        if ch in CONTROLS:
            return ((CONTROLS[ch], CONTROLS[ch]),)
        if ch == "x":
            found = re.compile(r"([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\}").match(self.pattern, self.at)
            digits = (found[1] or found[2]).lstrip("0") if found else ""
            code = int(digits or "0", 16) if found and len(digits) <= 6 else LAST + 1
            if found is None or code > LAST or 0xD800 <= code <= 0xDFFF:
                message = "\\x needs two hexadecimal digits, or a code point in braces: \\x{1F600}"
                self.fail("regex_syntax", message, start)
            self.at = found.end()
            return ((code, code),)
        if not ch.isascii() or not ch.isalnum():
            return ((ord(ch), ord(ch)),)
        if ch in "123456789":
            self.unsupported("a back-reference", start)
        self.unsupported(f"the escape \\{ch}", start)

    def bracket(self) -> Node:
        start = self.at
        self.at += 1
        negated = self.peek() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        classes: list[tuple[int, int]] = []
        first = True
        while first or self.peek() != "]":
            first = False
            if self.peek() == "":
                self.fail("regex_syntax", "this [ is never closed: write \\[ for the character", start)
            if self.pattern.startswith("[:", self.at):
                self.unsupported("a class of the form [:name:] (write \\[ for the character)", self.at)
            item_start = self.at
            item = self.item()
            if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("", "]"):
                self.at += 1
                last = self.item()
                if not single(item) or not single(last) or last < item:
                    message = "a range goes from one character to one that is not below it: write \\- for the character"
                    self.fail("regex_syntax", message, item_start)
                ranges.append((item[0][0], last[0][0]))
            elif single(item):
                ranges += item
            else:
                classes += item
        self.at += 1
        found = tree.merged(ranges)
        if self.folds:
            found = tree.with_cases(found)
        found = tree.merged([*found, *classes])
        if negated:
            found = tree.complement(found)
        if not found:
            self.fail("regex_syntax", "nothing can match this class", start)
        return tree.set_node(found, self.folds)

    def item(self) -> Ranges:
        ch = self.peek()
        if ch == "\\":
            if self.pattern[self.at + 1 : self.at + 2] in ("b", "B"):
                self.fail("regex_syntax", "a class cannot hold a word boundary", self.at)
            return self.escaped()
        self.at += 1
        return ((ord(ch), ord(ch)),)
