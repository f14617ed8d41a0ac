"""Words and numbers of JSON that is none yet: what they stand for."""

LOOK = 256  # code points of look-ahead at a time

SPACES = frozenset("\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
GONE = frozenset([*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u200b", "\ufeff"]) - set(" \t\n\r\x85")
WHITE = frozenset(" \t\n\r") | SPACES | GONE
DOUBLES = '"\u201c\u201d\u201e\u201f'
SINGLES = "'`\u00b4\u2018\u2019\u201a\u201b"
QUOTES = frozenset(DOUBLES + SINGLES)
COMMAS = frozenset(",;\uff0c")
COLONS = frozenset(":\uff1a")

LITERALS = {
    **dict.fromkeys(("true", "True", "TRUE"), "true"),
    **dict.fromkeys(("false", "False", "FALSE"), "false"),
    **dict.fromkeys(("null", "Null", "NULL", "none", "None", "NONE", "undefined", "nil", "Nil", "NIL"), "null"),
}
NON_FINITE = frozenset(
    sign + word for sign in ("", "-", "+") for word in "NaN nan NAN Infinity infinity INFINITY inf Inf INF".split()
)
# What a word at the very end of a text may have been cut from; a single "I" is too often a word of its own.
CUT = ("true", "false", "null", "True", "False", "None", "TRUE", "FALSE", "NULL", "undefined", "NaN")
CUT_NON_FINITE = ("Infinity", "-Infinity")


def literal(word: str, non_finite: str) -> str | None:
    """The JSON literal of a word."""
    if word in NON_FINITE:
        return "null" if non_finite == "null" else f'"{word}"'
    return LITERALS.get(word)


def cut_literal(word: str, non_finite: str) -> str | None:
    """The JSON literal that a word at the end of the text begins."""
    for whole in CUT:
        if whole.startswith(word):
            return literal(whole, non_finite)
    for whole in CUT_NON_FINITE:
        if len(word) >= 2 and whole.startswith(word):
            return literal(whole, non_finite)
    return None


def _digits(text: str, at: int) -> tuple[str, int]:
    """Digits, with single underscores between them left out."""
    start = at
    while at < len(text) and ("0" <= text[at] <= "9" or (text[at] == "_" and _between(text, at, start))):
        at += 1
    return text[start:at].replace("_", ""), at


def _between(text: str, at: int, start: int) -> bool:
    return at > start and text[at - 1] != "_" and "0" <= text[at + 1 : at + 2] <= "9"


def _radix(sign: str, text: str) -> str | None:
    base = {"x": 16, "o": 8, "b": 2}[text[1].lower()]
    digits = text[2:]
    if not digits or len(digits) > 64 or not all(ch in "0123456789abcdef"[:base] for ch in digits.lower()):
        return None
    value = int(digits, base)
    return f"{sign}{value}" if value < 2**64 else None


def number(text: str) -> str | None:
    """The JSON number of a word; "null" for a sign alone, None where a digit would be lost."""
    sign = "-" if text[0] == "-" else ""
    if text[0] in "+-":
        text = text[1:]
    if text == "":
        return "null"
    if text[0] == "0" and text[1:2] in ("x", "X", "o", "O", "b", "B"):
        return _radix(sign, text)
    whole, at = _digits(text, 0)
    fraction, dot = "", text[at : at + 1] == "."
    if dot:
        fraction, at = _digits(text, at + 1)
    if whole == fraction == "" or (len(whole) > 1 and whole[0] == "0"):
        return None
    exponent = ""
    if text[at : at + 1] in ("e", "E"):
        mark = at
        at += 2 if text[at + 1 : at + 2] in ("+", "-") else 1
        digits = at
        while at < len(text) and "0" <= text[at] <= "9":
            at += 1
        exponent = text[mark:at] if at > digits else ""
    if at < len(text):
        return None
    return sign + (whole or "0") + ("." + (fraction or "0") if dot else "") + exponent
