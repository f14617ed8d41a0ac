"""The blocks of a Markdown text, and the plain words of a title, as core/src/chunk/markdown_blocks.cpp reads them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from paritas.reference.code_regions import FenceTracker

BLANK = " \t\r"
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
# Tags that open an HTML block which a blank line ends.
BLOCK_TAGS = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul""".split()
)
RAW_TAGS = ("script", "pre", "style", "textarea")  # their block ends at the line of the closing tag


class Block(NamedTuple):
    """Whole lines with the blank lines behind them; the blocks of a text cover it."""

    kind: str  # front_matter, heading, code (a fence), indented, table, item, quote, html, rule, paragraph
    start: int
    end: int
    level: int = 0  # of a heading, 1 to 6
    title: str = ""  # of a heading, markup stripped


class _Line(NamedTuple):
    start: int
    end: int  # without the line end
    following: int
    text: str  # from its first character that is no space or tab
    indent: int  # in columns; a tab goes to the next multiple of 4


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    while start < len(text):
        found = text.find("\n", start)
        following = len(text) if found < 0 else found + 1
        end = len(text) if found < 0 else found
        at, indent = start, 0
        while at < end and text[at] in " \t":
            indent += 1 if text[at] == " " else 4 - indent % 4
            at += 1
        while end > at and text[end - 1] in BLANK:
            end -= 1
        yield _Line(start, end, following, text[at:end], indent)
        start = following


def markdown_blocks(text: str) -> list[Block]:
    """The blocks in order; none for a text of white space."""
    return _Reader(text).run()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.kind = ""  # of the block that is open, "" for none
        self.start = 0
        self.level = 0
        self.title = ""
        self.lazy = False  # the next line may go on with the block without being indented: no blank line came
        self.content = 0  # where the text of a list item begins, in columns
        self.closer = ""  # what ends an HTML block, "" for a blank line
        self.first = self.last = 0  # where the first and the last line of the block start

    def run(self) -> list[Block]:
        tracker = FenceTracker()
        lines = list(_lines(self.text))
        first = self._front_matter(lines)
        for line in lines[first:]:
            was_open = tracker.open
            if line.text[:1] in ("`", "~"):
                tracker.feed(self.text[line.start : line.following].removesuffix("\n") + "\n")
            if was_open:
                if not tracker.open:
                    self.lazy = False
                    self.kind = "closed"
            elif tracker.open:
                self._open("code", line)
            elif line.text == "":
                self.lazy = False
                if self.kind == "html" and self.closer == "":
                    self.kind = "closed"
            else:
                self._read(line)
                self.last = line.start
        self._close(len(self.text))
        return self.blocks

    def _front_matter(self, lines: list[_Line]) -> int:
        """How many lines stand between --- lines at the start, with both."""
        if not lines or lines[0].text != "---" or lines[0].indent > 0:
            return 0
        for i in range(1, len(lines)):
            if lines[i].text in ("---", "...") and lines[i].indent == 0:
                self._open("front_matter", lines[0])
                return i + 1
        return 0

    def _open(self, kind: str, line: _Line, level: int = 0, title: str = "") -> None:
        if self.blocks or self.kind:
            self._close(line.start)
            self.start = line.start
        # Blank lines at the start of a text belong to its first block, which begins at 0 as self.start does.
        self.first = line.start
        self.kind, self.named, self.level, self.title = kind, kind, level, title
        self.lazy = kind not in ("heading", "rule", "front_matter", "code")

    def _close(self, end: int) -> None:
        if self.kind and end > self.start:
            self.blocks.append(Block(self.named, self.start, end, self.level, self.title))

    def _read(self, line: _Line) -> None:
        """A line that is not blank, outside of fences."""
        text = line.text
        if self.kind == "html":
            if self.closer != "" and self.closer in text.lower():
                self.kind = "closed"
            return
        within = self.kind == "item" and line.indent >= self.content  # a line of the list item
        if line.indent >= 4 and not within:
            if self.lazy and self.kind in ("paragraph", "quote", "table", "item"):
                if self.kind == "item" and _item(line) > 0:
                    self._item(line)
            elif self.kind == "item" and _item(line) > 0:
                self._item(line)
            elif self.kind != "indented":
                self._open("indented", line)
            return
        if within:
            if _item(line) > 0 and not _rule(text):
                self._item(line)
            else:
                self.lazy = True
            return
        if self.kind == "indented":
            self.kind = "closed"
        if text[0] == "#":
            level = len(text) - len(text.lstrip("#"))
            if level <= 6 and text[level : level + 1] in ("", " ", "\t"):
                self._open("heading", line, level, plain_title(_unclosed(text[level:])))
                return
        in_paragraph = self.kind == "paragraph" and self.lazy
        if in_paragraph and (text.strip("=") == "" or text.strip("-") == ""):
            title = plain_title(self.text[self.start : line.start])
            self.kind, self.named, self.level, self.title = "closed", "heading", 1 if text[0] == "=" else 2, title
            self.lazy = False
            return
        if in_paragraph and _cells(text, True) > 0:
            header = self.text[self.last : line.start].strip(" \t\r\n")
            if _cells(header, False) == _cells(text, True):
                self._table()
                return
        if self.kind == "table" and self.lazy and text[0] == "|":
            return
        if _rule(text):
            self._open("rule", line)
            return
        marker = _item(line)
        if marker > 0 and not (in_paragraph and not _interrupts(text, marker)):
            self._item(line)
            return
        if text[0] == ">":
            if not (self.kind == "quote" and self.lazy):
                self._open("quote", line)
            return
        closer = _html(text, in_paragraph)
        if closer is not None:
            self._open("html", line)
            self.closer = closer
            if closer != "" and closer in text[2:].lower():
                self.kind = "closed"
            return
        if not (self.lazy and self.kind in ("paragraph", "quote", "item", "table")):
            self._open("paragraph", line)

    def _item(self, line: _Line) -> None:
        marker = _item(line)
        self._open("item", line)
        text = line.text[marker:]
        spaces = len(text) - len(text.lstrip(" \t"))
        self.content = line.indent + marker + (spaces if 1 <= spaces <= 4 else 1)

    def _table(self) -> None:
        """The last line of the paragraph was a header row."""
        if self.last > self.first:
            self._close(self.last)
            self.start = self.last
        self.kind = self.named = "table"


def _unclosed(title: str) -> str:
    """An ATX title without the run of # that closes it."""
    title = title.strip(" \t")
    bare = title.rstrip("#")
    return bare if bare == "" or bare[-1] in " \t" else title


def _rule(text: str) -> bool:
    """Three or more of one of - * _ with nothing but spaces between."""
    bare = text.replace(" ", "").replace("\t", "")
    return bare[0] in "-*_" and len(bare) >= 3 and bare.strip(bare[0]) == ""


def _item(line: _Line) -> int:
    """How long the marker of a list item is that begins the line; 0 without one."""
    text = line.text
    at = 0
    if text[0] in "-*+":
        at = 1
    else:
        while at < len(text) and at < 9 and text[at] in "0123456789":
            at += 1
        if at == 0 or text[at : at + 1] not in (".", ")"):
            return 0
        at += 1
    return at if text[at : at + 1] in ("", " ", "\t") else 0


def _interrupts(text: str, marker: int) -> bool:
    """Whether a list item may follow a line of prose: it has words, and is not numbered or has the number 1."""
    return len(text) > marker and (marker == 1 or (marker == 2 and text[0] == "1"))


def _cells(row: str, delimiter: bool) -> int:
    """The cells of a row of a table; 0 where it is none: it has no |, or is no delimiter row where one is asked for."""
    cells, pipes, at = 1, 0, 0
    if delimiter and row.strip("|:- \t") != "":
        return 0
    while at < len(row):
        if row[at] == "\\":
            at += 1
        elif row[at] == "|":
            pipes += 1
            cells += 1
        at += 1
    if pipes == 0:
        return 0
    cells -= row[0] == "|"
    cells -= len(row) > 1 and row[-1] == "|" and row[-2] != "\\"
    if cells < 1:
        return 0
    if delimiter:
        inner = row[row[0] == "|" : len(row) - (len(row) > 1 and row[-1] == "|")]
        if not all(re.fullmatch("[ \t]*:?-+:?[ \t]*", cell) for cell in inner.split("|")):
            return 0
    return cells


def _html(text: str, in_paragraph: bool) -> str | None:
    """What ends the HTML block that begins here, in lower case; "" for a blank line, None where there is none."""
    if text[0] != "<":
        return None
    for opener, closer in (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")):
        if text.startswith(opener):
            return closer
    if re.match("<![A-Za-z]", text):
        return ">"
    found = re.match("</?([A-Za-z][A-Za-z0-9-]{0,15})(?=[ \t>/]|$)", text)
    if found is None:
        return None
    name = found[1].lower()
    if name in RAW_TAGS and text[1] != "/":
        return f"</{name}"
    if name in BLOCK_TAGS:
        return ""
    return "" if not in_paragraph and text[-1] == ">" else None


def plain_title(text: str) -> str:
    """A title without its markup: emphasis, code marks, tags, links but for their text; white space is one space."""
    text = text.strip(" \t\r\n")
    out: list[str] = []
    brackets: list[int] = []  # where in `out` an opening bracket stands
    paren_end = text.rfind(")")
    square_end = text.rfind("]")
    angle_end = text.rfind(">")
    at = 0
    while at < len(text):
        ch, following = text[at], text[at + 1 : at + 2]
        if ch == "\\" and following != "" and following in PUNCTUATION:
            out.append(following)
            at += 2
            continue
        at += 1
        if ch in " \t\r\n":
            if out and out[-1] != " ":
                out.append(" ")
        elif _is_mark(text, at - 1):
            pass
        elif ch == "[":
            brackets.append(len(out))
            out.append(ch)
        elif ch == "]" and brackets:
            opener = brackets.pop()
            if following == "(" and at < paren_end:
                out[opener] = ""
                at = text.index(")", at) + 1
            elif following == "[" and at < square_end:
                out[opener] = ""
                at = text.index("]", at) + 1
            else:
                out.append(ch)
        elif ch == "<" and at < angle_end and (_letter(following) or following == "/"):
            at = text.index(">", at) + 1
        else:
            out.append(ch)
    return "".join(out).strip(" ")


def _is_mark(text: str, at: int) -> bool:
    """Whether a character is markup by itself."""
    ch, before, following = text[at], text[at - 1 : at] if at > 0 else "", text[at + 1 : at + 2]
    if ch == "~":
        return "~" in (before, following)
    if ch == "_":
        return not (_wordy(before) and _wordy(following))
    return ch in "`*" or (ch == "!" and following == "[")


def _letter(ch: str) -> bool:
    return "a" <= ch.lower() <= "z" if ch.isascii() and ch != "" else False


def _wordy(ch: str) -> bool:
    return ch != "" and (not ch.isascii() or ch.isalnum())
