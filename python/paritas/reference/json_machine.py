"""Reads one value of JSON that is none yet, from its bracket to the end of it, and writes it as JSON."""

import json
from dataclasses import dataclass, field

from paritas.reference.coerce import coerce_string_type
from paritas.reference.convert import text as as_text
from paritas.reference.json_content import content
from paritas.reference.json_strings import Opening, Source, find_end, name_char, unescape_once, word_char
from paritas.reference.json_tokens import (
    COLONS,
    COMMAS,
    GONE,
    LOOK,
    QUOTES,
    SPACES,
    WHITE,
    cut_literal,
    literal,
    number,
)
from paritas.results_repair import Change

CLOSERS = {"{": "}", "[": "]", "(": ")", "w": ")"}


@dataclass(frozen=True)
class Options:
    partial: bool = False
    coerce: bool = False
    multiple: str = "array"
    non_finite: str = "null"
    max_depth: int = 1000
    max_changes: int = 1000


@dataclass
class Open:
    """A container that is not closed yet. kind: "{", "[", "(" for a tuple, "w" for a wrapper, as in ObjectId(..)."""

    kind: str
    opened: int  # in the output
    settled: int  # in the output: behind the last finished element
    count: int = 0
    comma: int = -1  # in the output, when the last thing was a comma
    comma_at: int = 0  # in the text
    key: str = ""  # as JSON


@dataclass
class Value:
    start: int
    end: int
    text: str
    truncated: bool
    depth_limited: bool
    changes: list[Change]
    change_count: int
    ok: bool = True


@dataclass
class Notes:
    most: int
    changes: list[Change] = field(default_factory=list)
    count: int = 0

    def add(self, kind: str, start: int, end: int) -> None:
        """By start; what is noticed late goes before what stands behind it."""
        self.count += 1
        place = len(self.changes)
        while place > 0 and self.changes[place - 1].start > start:
            place -= 1
        self.changes.insert(place, Change(kind, start, end))
        del self.changes[self.most :]


class Machine:
    """One value; `run` reads it."""

    def __init__(self, source: Source, at: int, options: Options) -> None:
        self.source, self.text, self.end = source, source.text, source.end
        source.arriving = options.partial
        self.start, self.at = at, at
        self.options = options
        self.out: list[str] = []
        self.stack: list[Open] = []
        self.notes = Notes(options.max_changes)
        self.parens = 0
        self.kinds = {"{": 0, "[": 0, ")": 0}
        self.truncated = self.depth_limited = False
        self.state = "value"
        self.cut = False  # the text ends within a string, a number or a word
        self.pointer = ""

    def run(self) -> Value:
        while not self.truncated:
            if self.state == "value":
                self._value()
            elif self.state == "key":
                self._key()
            elif self.state == "colon":
                self._colon()
            elif self.state == "after":
                if not self.stack:
                    break
                self._after()
        return Value(
            self.start,
            self.at,
            "".join(self.out),
            self.truncated,
            self.depth_limited,
            self.notes.changes,
            self.notes.count,
            bool(self.out),
        )

    def scalar(self, opening: Opening) -> Value:
        """The string that a text without brackets is."""
        written = self._string(opening, "")
        self.truncated = self.cut
        if not self.cut:
            written = self._coerced(written, self.start)
        end = self.at
        return Value(self.start, end, written, self.truncated, False, self.notes.changes, self.notes.count)

    # What stands between tokens.

    def _space(self) -> str:
        """Reads white space, comments and ellipses; the character behind them, "" at the end."""
        text = self.text
        while self.at < self.end:
            at, ch = self.at, text[self.at]
            if ch in " \t\n\r":
                while at < self.end and text[at] in " \t\n\r":
                    at += 1
                self._white(text[self.at : at])
                self.at = at
            elif ch in SPACES or ch in GONE:
                self.notes.add("whitespace", at, at + 1)
                if ch in SPACES:
                    self._white(" ")
                self.at += 1
            elif self.source.comment_at(at):
                self.at = comment_end(text, at, self.end)
                self.notes.add("comment", at, self.at)
                if self.out and self.out[-1] and self.out[-1][0] in " \t\n\r":
                    self.out[-1] = self.out[-1].rstrip(" \t")
                    if not self.out[-1]:
                        self.out.pop()
            elif ch == "\\" and self._escaped_space(at):
                self.notes.add("whitespace", at, at + 2)
                self.at += 2
            elif (size := self.source.ellipsis(at)) > 0:
                self.notes.add("ellipsis", at, at + size)
                self.at += size
            else:
                return ch
        return ""

    def _white(self, white: str) -> None:
        if self.out and self.out[-1] and self.out[-1][0] in " \t\n\r":
            self.out[-1] += white
        else:
            self.out.append(white)

    def _escaped_space(self, at: int) -> bool:
        """A line break or a tab that was escaped together with the quotes."""
        following = self.source.char(at + 2)
        return self.source.char(at + 1) in ("n", "r", "t") and not (following and name_char(following))

    # Containers.

    def _open(self, kind: str, size: int) -> None:
        at = self.at
        if len(self.stack) >= self.options.max_depth:
            self.at = skip_container(self.text, at, self.end)
            self.depth_limited = True
            self.notes.add("depth", at, self.at)
            self._finish("null")
            return
        self.at += size
        if kind == "{" and self._set_follows():
            self.notes.add("set", at, self.at)
            kind = "["
            self.kinds["{"] += 1
            self.stack.append(Open("s", len(self.out), 0))
        else:
            self.stack.append(Open(kind, len(self.out), 0))
            self.kinds[")" if kind in "(w" else kind] += 1
        self.parens += kind in "(w"
        if kind == "(":
            self.notes.add("tuple", at, self.at)
        elif kind == "w":
            self.notes.add("wrapper", at, self.at)
        self.out.append({"{": "{", "w": ""}.get(kind, "["))
        self.stack[-1].settled = len(self.out)
        self.state = "key" if kind == "{" else "value"

    def _set_follows(self) -> bool:
        """Whether the first two items of a `{` are strings or numbers without colons."""
        limit = self.source.limit(self.at)
        at, _ = self.source.peek(self.at, limit)
        after = self._item(at, limit)
        if after < 0:
            return False
        at, _ = self.source.peek(after, limit)
        if at >= limit or self.text[at] not in COMMAS:
            return False
        at, _ = self.source.peek(at + 1, limit)
        after = self._item(at, limit)
        if after < 0:
            return False
        at, _ = self.source.peek(after, limit)
        return at < limit and self.text[at] not in COLONS and self.text[at] != "="

    def _item(self, at: int, limit: int) -> int:
        """Where a short string or number ends, -1 if there is none."""
        if at >= limit:
            return -1
        quote = self.text[at]
        if quote in "\"'`":
            at += 1
            while at < limit and self.text[at] != quote:
                at += 2 if self.text[at] == "\\" else 1
            return at + 1 if at < limit else -1
        start = at
        while at < limit and word_char(self.text[at]):
            at += 1
        word = self.text[start:at]
        return at if word and word not in ("+", "-") and number(word) is not None else -1

    def _finish(self, written: str) -> None:
        """Writes an element that is complete, and goes on behind it."""
        self.out.append(written)
        self._settle()

    def _settle(self) -> None:
        self.state = "after"
        if self.stack:
            top = self.stack[-1]
            top.count += 1
            top.settled = len(self.out)
            top.comma = -1

    def _drop_comma(self, top: Open) -> None:
        if top.comma >= 0:
            del self.out[top.comma]
            top.comma = -1
            if top.comma_at >= 0:
                self.notes.add("comma", top.comma_at, top.comma_at + 1)

    def _close(self, ended: bool) -> None:
        """Closes the innermost container; ended: its closer is missing."""
        top = self.stack.pop()
        if not ended:
            self._drop_comma(top)
        elif top.comma >= 0 and top.comma_at >= 0:
            self.notes.add("comma", top.comma_at, top.comma_at + 1)
        if ended:
            del self.out[top.settled :]
            self.notes.add("unclosed", self.at, self.at)
        self.kinds["{" if top.kind == "s" else ")" if top.kind in "(w" else top.kind] -= 1
        self.parens -= top.kind in "(w"
        if top.kind == "w":
            if top.count == 0 and not (ended and self.options.partial):
                self.out.append("null")
            if top.count > 1:
                self.out[top.opened] = "["
                self.out.append("]")
            if top.count == 0 and ended and self.options.partial:
                del self.out[top.opened :]
                self.state = "after"
                return
        else:
            self.out.append("}" if top.kind == "{" else "]")
        self._settle()

    def _closer(self, ch: str) -> None:
        """Reads a closer in the place of a key, of an element, or behind one."""
        top = self.stack[-1]
        at = self.at
        kind = {"}": "{", "]": "[", ")": ")"}[ch]
        own = "}" if top.kind == "s" else CLOSERS[top.kind]
        if ch == own:
            self.at += 1
            self._close(False)
            return
        if self.kinds[kind] == 0:
            self._stray(ch)
            return
        if self.kinds[kind] == 1 and self._is(self.stack[0], kind) and self._goes_on(at + 1):
            self.notes.add("mismatched", at, at + 1)
            self._missing_value()
            self.at += 1
            self._close(False)
            return
        self.notes.add("mismatched", at, at + 1)
        while not self._is(self.stack[-1], kind):
            self._missing_value()
            self._drop_comma(self.stack[-1])
            self._close(False)
        self._missing_value()
        self.at += 1
        self._close(False)

    def _is(self, opened: Open, kind: str) -> bool:
        return {"s": "{", "(": ")", "w": ")"}.get(opened.kind, opened.kind) == kind

    def _stray(self, ch: str) -> None:
        """A closer that nothing has opened: the right one of the outermost container where nothing goes on."""
        at = self.at
        self.at += 1
        if len(self.stack) > 1 or ch == ")":
            self.notes.add("extra_closer", at, at + 1)
            return
        after, _ = self.source.peek(self.at, self.source.limit(self.at))
        ch = self.source.char(after)
        if ch != "" and (ch in COMMAS or ch in "}])" or ch in QUOTES):
            self.notes.add("extra_closer", at, at + 1)
            return
        self.notes.add("mismatched", at, at + 1)
        self._missing_value()
        self._close(False)

    def _goes_on(self, at: int) -> bool:
        """Whether a comma and a further key or element of the container around this one follow."""
        at, _ = self.source.peek(at, self.source.limit(at))
        if self.source.char(at) not in COMMAS or at >= self.end:
            return False
        at, _ = self.source.peek(at + 1, self.source.limit(at + 1))
        if at >= self.end or self.text[at] in "}])":
            return False
        return self.source.key_at(at, True) if self.stack[-2].kind == "{" else True

    def _missing_value(self) -> None:
        """The value of a key that has none, before what closes its object."""
        if self.stack[-1].kind != "{" or self.state not in ("colon", "value"):
            return
        if self.state == "colon":
            self.notes.add("colon", self.at, self.at)
            self.out.append(":")
        self.notes.add("missing_value", self.at, self.at)
        if self.out[-1] == ":":
            self.out.append(" ")
        self._finish("null")

    def _over(self) -> None:
        """The text has ended inside of the value."""
        self.truncated = True
        self.at = self.end
        self.pointer = self.pointer or self._path()
        partial = self.options.partial
        if self.stack and self.stack[-1].kind == "{" and self.state in ("colon", "value") and not partial:
            while self.out[-1] and self.out[-1][0] in " \t\n\r":
                self.out.pop()
            self._missing_value()
        while self.stack:
            self._close(True)

    def _path(self) -> str:
        parts = []
        for level, opened in enumerate(self.stack):
            inner = level + 1 < len(self.stack)
            if opened.kind == "{" and (inner or self.state == "value"):
                parts.append(pointer_part(opened.key))
            elif opened.kind not in "{w" and (inner or self.cut):
                parts.append(str(opened.count))
        return "".join("/" + part for part in parts)

    # What stands in them.

    def _comma(self, ch: str) -> None:
        """A comma where none belongs."""
        self.notes.add("comma", self.at, self.at + 1)
        self.at += 1

    def _after(self) -> None:
        ch = self._space()
        top = self.stack[-1]
        if ch == "":
            self._over()
        elif ch in COMMAS:
            if ch != ",":
                self.notes.add("comma", self.at, self.at + 1)
            top.comma, top.comma_at = len(self.out), self.at
            self.out.append(",")
            self.at += 1
            self._next(top)
        elif ch in "}])":
            self._closer(ch)
        elif ch in COLONS and top.kind != "{":
            self.notes.add("comma", self.at, self.at + 1)
            top.comma, top.comma_at = len(self.out), self.at
            self.out.append(",")
            self.at += 1
            self._next(top)
        else:
            self.notes.add("missing_comma", self.at, self.at)
            self.out.insert(top.settled, ",")
            top.comma, top.comma_at = top.settled, -1
            self._next(top)

    def _next(self, top: Open) -> None:
        self.state = "key" if top.kind == "{" else "value"

    def _key(self) -> None:
        ch = self._space()
        top = self.stack[-1]
        if ch == "":
            self._over()
        elif ch in COMMAS:
            self._comma(ch)
        elif ch in "}])":
            self._closer(ch)
        elif ch in COLONS or ch == "=":
            self.notes.add("key", self.at, self.at)
            self._keyed('""')
        elif ch in "{[(":
            if top.count == 0:
                self.notes.add("set", self.at, self.at)
                top.kind = "s"
                self.out[top.opened] = "["
                self.state = "value"
            else:
                self.notes.add("key", self.at, self.at)
                self._keyed('""')
        elif (opening := self.source.opening(self.at)) is not None:
            written = self._string(opening, "key")
            if self.cut:
                if not self.options.partial:
                    self._keyed(written)
                self._over()
            else:
                self._keyed(written)
        else:
            self._bare_key()

    def _keyed(self, written: str) -> None:
        self.stack[-1].key = written
        self.out.append(written)
        self.state = "colon"

    def _bare_key(self) -> None:
        start = at = self.at
        while at < self.end and self.text[at] not in ":\uff1a=,\uff0c}{\n\r":
            at += 1
        self.at = at
        if at == self.end and self.options.partial:
            self._over()
            return
        while self.text[at - 1] in WHITE:
            at -= 1
        self._keyed(self._bare_text(start, at, "key"))

    def _bare_text(self, start: int, end: int, kind: str) -> str:
        if end - start > 1 and self.text[end - 1] in "\"'`" and self.text[end - 1] not in self.text[start : end - 1]:
            self.notes.add("missing_quote", start, start)
            end -= 1
        else:
            self.notes.add(kind, start, end)
        return f'"{content(self.text, start, end, "", False, False, False, self.notes.add)}"'

    def _colon(self) -> None:
        key_end = len(self.out)
        ch = self._space()
        if ch == "":
            self._over()
            return
        if ch in COLONS or ch == "=":
            size = 2 if ch == "=" and self.source.char(self.at + 1) == ">" else 1
            if ch != ":":
                self.notes.add("colon", self.at, self.at + size)
            self.out.append(":")
            self.at += size
        elif ch in "}])":
            self._missing_value_at(key_end)
            self._closer(ch)
            return
        elif ch in COMMAS:
            self._missing_value_at(key_end)
            return
        else:
            self.notes.add("colon", self.at, self.at)
            self.out.insert(key_end, ":")
        self.state = "value"

    def _missing_value_at(self, key_end: int) -> None:
        """A colon and a value right behind a key that has neither."""
        del self.out[key_end:]
        self._missing_value()

    def _value(self) -> None:
        ch = self._space()
        top = self.stack[-1] if self.stack else None
        if ch == "":
            self._over()
            return
        if ch in COMMAS and top:
            if top.kind == "{":
                self._missing_value()
            else:
                self._comma(ch)
        elif ch in "}])" and top:
            self._missing_value()
            self._closer(ch)
        elif ch in COLONS and top and top.kind == "{":
            self.notes.add("colon", self.at, self.at + 1)
            self.at += 1
        elif ch in COLONS and top:
            self._comma(ch)
        elif ch in "{[(":
            self._open(ch, 1)
        elif (opening := self.source.opening(self.at)) is not None:
            start = self.at
            written = self._string(opening, self._place())
            if self.cut:
                self.pointer = self._path()
            else:
                written = self._coerced(written, start)
            self._finish(written)
            if self.cut:
                self._over()
        else:
            self._word()

    def _place(self) -> str:
        if not self.stack:
            return ""
        return "{" if self.stack[-1].kind == "{" else "["

    # Scalars.

    def _coerced(self, written: str, start: int) -> str:
        """What a string says in place of it, if that is wanted."""
        if not self.options.coerce:
            return written
        value = coerce_string_type(string_text(written))
        if value.type == "string":
            return written
        self.notes.add("coerced", start, self.at)
        return value.json

    def _string(self, opening: Opening, place: str) -> str:
        """A string and what is joined to it; `cut` says whether the text ends within it."""
        out = ['"']
        while True:
            start = self.at + opening.size
            ending = find_end(self.source, start, opening, place, self.parens > 0)
            if opening.size > 1 or self.text[self.at] != '"':
                self.notes.add("quote", self.at, start)
            stop, resume, self.cut = ending.end, ending.resume, False
            if not ending.closed and not ending.lost:
                stop = self._unclosed(start, stop, place)
                resume, self.cut = stop, stop == self.end
            out.append(self._content(start, stop, opening))
            if ending.lost or not ending.closed:
                self.notes.add("unclosed_string" if self.cut else "missing_quote", resume, resume)
            elif resume > stop and self.text[stop:resume] != '"':
                self.notes.add("quote", stop, resume)
            self.at = resume
            joined = self._joined() if ending.closed and not ending.lost else -1
            following = self.source.opening(joined) if joined >= 0 else None
            if following is None:
                break
            self.notes.add("concat", self.at, joined)
            self.at, opening = joined, following
        out.append('"')
        return "".join(out)

    def _content(self, start: int, stop: int, opening: Opening) -> str:
        cut, partial = self.cut, self.options.partial
        if opening.escaped:
            inner = unescape_once(self.text[start:stop])
            return content(inner, 0, len(inner), "", opening.raw, cut, partial, lambda kind, start, end: None)
        closers = "" if opening.width == 3 else opening.closers
        return content(self.text, start, stop, closers, opening.raw, cut, partial, self.notes.add)

    def _joined(self) -> int:
        """Where the string begins that a plus joins to the one before; -1 without one."""
        at, _ = self.source.peek(self.at, self.source.limit(self.at))
        if self.source.char(at) != "+":
            return -1
        at, _ = self.source.peek(at + 1, self.source.limit(at + 1))
        return at

    def _unclosed(self, start: int, stop: int, place: str) -> int:
        """Where a string without a closing quote ends: before the closers of its containers, at the end."""
        if self.options.partial or place in ("key", ""):
            return stop
        closers = []
        at = stop
        while at > start and (self.text[at - 1] in "}])" or self.text[at - 1] in " \t\n\r"):
            at -= 1
            if self.text[at] in "}])":
                closers.append(self.text[at])
        fitting = 0
        while fitting < len(closers) and fitting < len(self.stack):
            opened = self.stack[len(self.stack) - 1 - fitting]
            if closers[len(closers) - 1 - fitting] != ("}" if opened.kind == "s" else CLOSERS[opened.kind]):
                break
            fitting += 1
        if fitting == 0 or fitting < len(closers):
            return stop
        return at

    def _word(self) -> None:
        text, start = self.text, self.at
        if self._wrapper():
            return
        top = self.stack[-1] if self.stack else None
        if top and top.kind == "{" and self._grouped():
            return
        at = start
        while at < self.end and word_char(text[at]):
            at += 1
        if at > start and at - start <= LOOK:
            word = text[start:at]
            written = literal(word, self.options.non_finite)
            kind = "literal"
            if written is None and at == self.end and not self.options.partial:
                written = cut_literal(word, self.options.non_finite)
            if written is None and (word[0] in "+-." or "0" <= word[0] <= "9"):
                written, kind = number(word), "number"
            if written is not None and self._ends_word(at, word):
                self._write_word(written, kind, start, at)
                return
        elif at > start and number(text[start:at]) == text[start:at] and self._ends_word(at, text[start:at]):
            self._write_word(text[start:at], "number", start, at)
            return
        self._bare_value()

    def _write_word(self, written: str, kind: str, start: int, at: int) -> None:
        self.at = at
        if at == self.end and self.options.partial and kind == "number":
            self.cut = True
            self._over()
            return
        if written != self.text[start:at]:
            self.notes.add(kind, start, at)
        self._finish(written)

    def _ends_word(self, after: int, word: str) -> bool:
        """Whether a number or a literal may end here: what follows begins something else."""
        at, broke = self.source.peek(after, self.source.limit(after))
        if at >= self.source.limit(after) or broke or self.source.comment_at(at) or self.source.ellipsis(at):
            return True
        ch = self.text[at]
        if ch in COMMAS or ch in "}])":
            return True
        if word in ("+", "-"):
            return False
        if self._place() == "{":
            return (at > after and (ch in QUOTES or ch == "\\")) or ch in '{["' or self.source.key_at(at, True)
        if ch in QUOTES or ch in "{[(\\" or ch in COLONS:
            return True
        stop = at
        while stop < self.source.limit(at) and word_char(self.text[stop]):
            stop += 1
        following = self.text[at:stop]
        if following == "":
            return False
        first = following[0] in "+-." or "0" <= following[0] <= "9"
        return literal(following, "null") is not None or (first and number(following) is not None)

    def _grouped(self) -> bool:
        """1,234 in an object: a number with commas between its thousands."""
        text, start = self.text, self.at
        limit = self.source.limit(start)
        at = start + 1 if text[start] == "-" else start
        digits = at
        while at < limit and at < digits + 4 and "0" <= text[at] <= "9":
            at += 1
        if not 1 <= at - digits <= 3 or text[digits] == "0":
            return False
        groups = 0
        while at + 4 <= limit and text[at] == "," and all("0" <= ch <= "9" for ch in text[at + 1 : at + 4]):
            at += 4
            groups += 1
        if groups == 0 or at >= limit or word_char(text[at]) or text[at] in QUOTES:
            return False
        after, _ = self.source.peek(at, limit)
        if after >= limit or self.text[after] not in ",}]":
            return False
        self.at = at
        self.notes.add("number", start, at)
        self._finish(text[start:at].replace(",", ""))
        return True

    def _wrapper(self) -> bool:
        """A name and a parenthesis: what is within counts."""
        text, at = self.text, self.at
        limit = self.source.limit(at)
        if text.startswith("new ", at) and at + 4 <= self.end:
            at += 4
        start = at
        while at < limit and (name_char(text[at]) or text[at] == ".") and text[at] < "\x80" and text[at] != "-":
            at += 1
        if at == start or "0" <= text[start] <= "9" or at >= limit or text[at] != "(":
            return False
        self._open("w", at + 1 - self.at)
        return True

    def _bare_value(self) -> None:
        text, start = self.text, self.at
        at = start + 1
        stops = ",\uff0c}]\n\r" + (")" if self.parens > 0 else "")
        while at < self.end and text[at] not in stops:
            if text[at] in " \t" and self.source.comment_at(at + 1):
                break
            at += 1
        self.at = at
        if at == self.end and self.options.partial:
            self.cut = True
            self._over()
            return
        while at > start + 1 and text[at - 1] in WHITE:
            at -= 1
        self._finish(self._bare_text(start, at, "bare_string"))


def comment_end(text: str, at: int, end: int) -> int:
    """Behind the comment at `at`; the line end stays."""
    if text[at] == "/" and text[at + 1] == "*":
        close = text.find("*/", at + 2, end)
        return end if close < 0 else close + 2
    while at < end and text[at] not in "\n\r":
        at += 1
    return at


def skip_container(text: str, at: int, end: int) -> int:
    """Behind the container that opens at `at`, in whatever shape; strings in double quotes are passed over."""
    depth = 0
    while at < end:
        ch = text[at]
        if ch in "{[(":
            depth += 1
        elif ch in "}])":
            depth -= 1
            if depth == 0:
                return at + 1
        elif ch == '"':
            at += 1
            while at < end and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        at += 1
    return end


def pointer_part(key: str) -> str:
    """A key, written as JSON, as a part of a JSON pointer."""
    return string_text(key).replace("~", "~0").replace("/", "~1")


def string_text(quoted: str) -> str:
    """The text that a JSON string says; a lone surrogate becomes U+FFFD."""
    return as_text(json.loads(quoted))
