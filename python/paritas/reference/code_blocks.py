"""Where code may be cut, as core/src/chunk/code_blocks.cpp finds it: brackets in strings and comments do not count."""

from collections.abc import Iterator
from typing import NamedTuple

from paritas.reference.code_languages import Language

OPENERS, CLOSERS = "([{", ")]}"
# Words of a line that goes on with what an earlier one began.
CONTINUED = ("else", "elif", "elsif", "except", "finally", "catch", "rescue", "ensure", "then", "do")
# After one of these a / begins a regular expression; after others it divides.
BEFORE_REGEX = "\n(,=:[!&|?{};+-*%<>~^"
LINE, PARAGRAPH, BLOCK = 1, 2, 3


class _Line(NamedTuple):
    start: int
    indent: int
    blank: bool
    inside: bool  # begins within brackets, a string or a comment
    first: int  # its first character that is no space or tab
    depth: int  # of brackets, at its end


def code_cuts(text: str, language: Language) -> list[tuple[int, int]]:
    """The start of every line that is not blank with what begins there: LINE, PARAGRAPH (after a blank line) or BLOCK.

    A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets;
    comments and decorators right above belong to it.
    """
    lines = list(_Scanner(text, language).lines())
    least = min((line.indent for line in lines if not line.blank and not line.inside), default=0)
    cuts: list[tuple[int, int]] = []
    after_blank = True  # the line before is blank, or there is none
    above = 0  # indentation of the last line that is not blank
    closing = prefix = False  # of it: closes a block; only comments and decorators since the block began
    for line in lines:
        if not line.blank:
            level = PARAGRAPH if after_blank else LINE
            closes = _closes(text, line, language)
            if not line.inside and line.indent == least and not closes and not _continued(text, line.first):
                out = language.dedents and cuts != [] and above > least and text[line.first] not in OPENERS
                if after_blank or (not prefix and (closing or out)):
                    level = BLOCK
                    prefix = True
            if not line.inside:
                prefix = prefix and _is_prefix(text, line.first, language)
            closing = closes and line.depth == 0 and line.indent == least
            above = line.indent
            cuts.append((line.start, level))
        after_blank = line.blank
    return cuts


def _word_at(text: str, at: int) -> str:
    end = at
    while end < len(text) and end - at < 12 and "a" <= text[end] <= "z":
        end += 1
    behind = text[end : end + 1]
    return "" if behind != "" and (behind == "_" or (behind.isascii() and behind.isalnum())) else text[at:end]


def _continued(text: str, at: int) -> bool:
    return _word_at(text, at) in CONTINUED


def _closes(text: str, line: _Line, language: Language) -> bool:
    if language.brackets and text[line.first] in CLOSERS:
        return True
    if not language.brackets and text.startswith("</", line.first):
        return True
    return language.end_words != () and _word_at(text, line.first) in language.end_words


def _is_name(ch: str) -> bool:
    return " " < ch < "\x7f" and ch not in '()\\"'


def _is_prefix(text: str, at: int, language: Language) -> bool:
    """Whether a comment or a decorator begins there."""
    starts = (*language.decorators, *language.line_comments, *(opener for opener, _ in language.block_comments))
    return any(text.startswith(start, at) for start in starts)


class _Scanner:
    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.depth = 0
        self.at = 0
        self.within = ""  # "string", "comment" or "here" where the text stands in one, "" elsewhere
        self.closer = ""
        self.opener = ""  # of a comment that may hold others
        self.nesting = 0
        self.escapes = self.over_lines = False
        self.no_regex = 0  # up to there no / begins a regular expression
        self.here: list[tuple[str, bool]] = []  # delimiters of here documents that the next line begins

    def lines(self) -> Iterator[_Line]:
        text = self.text
        while self.at < len(text):
            start = self.at
            inside = self.within != "" or self.depth > 0
            first, indent = start, 0
            while first < len(text) and text[first] in " \t":
                indent += 1 if text[first] == " " else 4 - indent % 4
                first += 1
            behind = first
            while behind < len(text) and text[behind] == "\r":
                behind += 1
            blank = behind == len(text) or text[behind] == "\n"
            if self.within == "here":
                self._here_line()
            else:
                self._line()
            yield _Line(start, indent, blank, inside, first, self.depth)

    def _here_line(self) -> None:
        end = self.text.find("\n", self.at)
        line = self.text[self.at : len(self.text) if end < 0 else end].removesuffix("\r")
        self.at = len(self.text) if end < 0 else end + 1
        delimiter, indented = self.here[0]
        if (line.lstrip("\t") if indented else line) == delimiter:
            self.here.pop(0)
            if not self.here:
                self.within = ""

    def _line(self) -> None:
        """Reads to the end of the line, with its LF."""
        text = self.text
        line = self.at
        while self.at < len(text):
            ch = text[self.at]
            if ch == "\n":
                self.at += 1
                if self.within == "string" and not self.over_lines:
                    self.within = ""
                if self.within == "" and self.here:
                    self.within = "here"
                return
            if self.within == "string":
                self._in_string(ch)
            elif self.within == "comment":
                self._in_comment()
            else:
                self._plain(ch, line)

    def _in_string(self, ch: str) -> None:
        if ch == "\\" and self.escapes:
            # An escaped end of line is still one; a string that goes over lines goes on behind it anyhow.
            self.at += 1 if self.text[self.at + 1 : self.at + 2] in ("\n", "\r") else 2
        elif self.text.startswith(self.closer, self.at):
            self.at += len(self.closer)
            self.within = ""
        else:
            self.at += 1

    def _in_comment(self) -> None:
        if self.text.startswith(self.closer, self.at):
            self.at += len(self.closer)
            self.nesting -= 1
            if self.nesting == 0:
                self.within = ""
        elif self.language.nested and self.text.startswith(self.opener, self.at):
            self.at += len(self.opener)
            self.nesting += 1
        else:
            self.at += 1

    def _plain(self, ch: str, line: int) -> None:
        text, language, at = self.text, self.language, self.at
        for opener, closer in language.block_comments:
            if text.startswith(opener, at) and (opener[0] != "=" or at == line):
                self.within, self.opener, self.closer, self.nesting = "comment", opener, closer, 1
                self.at += len(opener)
                return
        for opener in language.line_comments:
            if text.startswith(opener, at) and self._is_comment(opener, line):
                end = text.find("\n", at)
                self.at = len(text) if end < 0 else end
                return
        if "R" in language.literals and ch == "R" and self._raw_cpp():
            return
        if "#" in language.literals and ch == "r" and self._raw_rust():
            return
        for quote in language.quotes:
            if text.startswith(quote.opener, at):
                self._open(quote.opener, quote.closer, quote.escapes, quote.lines)
                return
        if ch == "'" and "'" in language.literals:
            self._character()
        elif ch == "/" and "/" in language.literals and at >= self.no_regex and self._before(line) in BEFORE_REGEX:
            self._regex()
        elif text.startswith("<<", at) and "<" in language.literals:
            self._here()
        else:
            if language.brackets and ch in OPENERS:
                self.depth += 1
            elif language.brackets and ch in CLOSERS and self.depth > 0:
                self.depth -= 1
            # What is escaped outside of strings stands for itself: \( in a shell.
            self.at += 2 if ch == "\\" and text[at + 1 : at + 2] not in ("", "\n", "\r") else 1

    def _open(self, opener: str, closer: str, escapes: bool, lines: bool) -> None:
        self.within, self.closer, self.escapes, self.over_lines = "string", closer, escapes, lines
        self.at += len(opener)

    def _is_comment(self, opener: str, line: int) -> bool:
        if opener == "#" and "#[" in self.language.decorators and self.text.startswith("#[", self.at):
            return False
        # Where ^ is said, a comment begins a line or stands behind a space: ${#name} is none, nor is http://.
        return "^" not in self.language.literals or self.at == line or self.text[self.at - 1] in " \t"

    def _raw_cpp(self) -> bool:
        """R"name( to )name", the name with 16 characters at most."""
        if self.text[self.at + 1 : self.at + 2] != '"':
            return False
        end = self.at + 2
        while end < len(self.text) and end - self.at < 19 and _is_name(self.text[end]):
            end += 1
        if self.text[end : end + 1] != "(":
            return False
        name = self.text[self.at + 2 : end]
        self._open(self.text[self.at : end + 1], f'){name}"', False, True)
        return True

    def _raw_rust(self) -> bool:
        """r" to ", r#" to "#, with up to 32 signs."""
        end = self.at + 1
        while end < len(self.text) and end - self.at < 33 and self.text[end] == "#":
            end += 1
        if self.text[end : end + 1] != '"':
            return False
        self._open(self.text[self.at : end + 1], '"' + "#" * (end - self.at - 1), False, True)
        return True

    def _character(self) -> None:
        """'x' and '\\n'; the ' of a lifetime, or between digits, is nothing."""
        text, at = self.text, self.at
        if text[at + 1 : at + 2] == "\\":
            self._open("'", "'", True, False)
        elif text[at + 2 : at + 3] == "'" and text[at + 1] != "\n":
            self.at += 3
        else:
            self.at += 1

    def _regex(self) -> None:
        """To the / that ends it; without one on the line it is a sign like others."""
        at, in_class = self.at + 1, False
        while at < len(self.text) and self.text[at] != "\n":
            ch = self.text[at]
            if ch == "\\" and self.text[at + 1 : at + 2] not in ("", "\n"):
                at += 1
            elif ch == "[":
                in_class = True
            elif ch == "]":
                in_class = False
            elif ch == "/" and not in_class:
                self.at = at + 1
                return
            at += 1
        self.no_regex = at  # what is left of the line is not read again for each / of it
        self.at += 1

    def _before(self, line: int) -> str:
        """The character of the line before the one here that is no space; LF for none."""
        at = self.at
        while at > line and self.text[at - 1] in " \t\r":
            at -= 1
        return self.text[at - 1] if at > line else "\n"

    def _here(self) -> None:
        """<<EOF, <<-EOF, <<'EOF': its lines begin with the next one."""
        text, at = self.text, self.at + 2
        self.at = at
        indented = text[at : at + 1] in ("-", "~")
        at += indented
        quote = text[at : at + 1]
        at += quote in ("'", '"') and quote != ""
        end = at
        while end < len(text) and end - at < 64 and (text[end] == "_" or (text[end].isascii() and text[end].isalnum())):
            end += 1
        if end > at and not text[at].isdigit():
            self.here.append((text[at:end], indented))
            self.at = end + (quote in ("'", '"') and text[end : end + 1] == quote)
