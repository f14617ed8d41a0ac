"""What Unicode 14 says of a character, and fold(), as core/src/text computes them.

Never the host's unicodedata: its version would change the results. The tables are read when they are first asked for.
"""

from functools import cache, lru_cache

from paritas.reference import unicode_tables as tables

TRANSPARENT = frozenset("\u00ad\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10))))
APOSTROPHES = frozenset("'‘’ʼ＇`´")
HYPHENS = frozenset("-\u2010\u2011\ufe63\uff0d")
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)


@cache
def _ranges(table: str) -> list[tuple[int, int, str]]:
    """First and last code point of each range, sorted, and what they have."""
    ranges = []
    for line in getattr(tables, table).split():
        name, spans = line.split(":")
        for span in spans.split(","):
            first, _, last = span.partition("-")
            ranges.append((int(first, 16), int(last or first, 16), name))
    return sorted(ranges)


def _in_ranges(table: str, ch: str, otherwise: str) -> str:
    c = ord(ch)
    ranges = _ranges(table)
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        first, last, name = ranges[middle]
        if c < first:
            high = middle
        elif c > last:
            low = middle + 1
        else:
            return name
    return otherwise


@cache
def _mapping(table: str) -> dict[str, str]:
    found = {}
    for item in getattr(tables, table).split():
        source, _, target = item.partition(":")
        found[chr(int(source, 16))] = "".join(chr(int(part, 16)) for part in target.split("+"))
    return found


@cache
def _composites() -> dict[str, str]:
    canonical = _mapping("CANONICAL")
    return {canonical[ch]: ch for ch in (chr(int(item, 16)) for item in tables.COMPOSITE.split())}


@cache
def _digits() -> dict[str, int]:
    return {chr(int(zero, 16) + value): value for zero in tables.ZERO.split() for value in range(10)}


@lru_cache(maxsize=65536)  # a text of every character there is costs no more
def category(ch: str) -> str:
    """General category: "Lu"; "Cn" for what is not assigned."""
    return _in_ranges("CATEGORY", ch, "Cn")


def digit_value(ch: str) -> int:
    """0 to 9 for a decimal digit of any script, else -1."""
    return _digits().get(ch, -1)


def lower(ch: str) -> str:
    """The full lower-case mapping of one character, without context."""
    return _mapping("LOWER").get(ch, ch)


@lru_cache(maxsize=65536)
def text_class(ch: str) -> str:
    """What a character is to a reader of words: the first class that fits."""
    kind = category(ch)
    if kind[0] == "Z" or "\t" <= ch <= "\r" or ch in "\x85\u200b":
        return "space"
    if ch in TRANSPARENT:
        return "transparent"
    if kind[0] in "LM" and any(first <= ord(ch) <= last for first, last in UNSPACED):
        return "unspaced"
    if ch in APOSTROPHES:
        return "apostrophe"
    if kind[0] == "L":
        return "letter"
    if kind[0] == "M":
        return "mark"
    if kind == "Nd":
        return "digit"
    if ch in HYPHENS:
        return "hyphen"
    return "dash" if "\u2012" <= ch <= "\u2015" else "other"


@lru_cache(maxsize=65536)
def combining(ch: str) -> int:
    """Canonical combining class."""
    return int(_in_ranges("COMBINING", ch, "0"))


@lru_cache(maxsize=65536)
def _decomposed(ch: str, compatible: bool) -> str:
    if "\uac00" <= ch <= "\ud7a3":  # Hangul syllables, by arithmetic
        index = ord(ch) - 0xAC00
        trail = index % 28
        return chr(0x1100 + index // 588) + chr(0x1161 + index % 588 // 28) + (chr(0x11A7 + trail) if trail else "")
    step = _mapping("CANONICAL").get(ch) or (_mapping("COMPATIBLE").get(ch) if compatible else None)
    return ch if step is None else "".join(_decomposed(part, compatible) for part in step)


def _in_order(text: str) -> str:
    """Each run of combining characters sorted by class, equal ones as they stood."""
    out: list[str] = []
    run: list[str] = []
    for ch in text:
        if combining(ch) != 0:
            run.append(ch)
            continue
        out += sorted(run, key=combining)
        out.append(ch)
        run = []
    return "".join(out + sorted(run, key=combining))


def _composed(text: str) -> str:
    """Composes a text that is decomposed and in order."""
    out: list[str] = []
    starter = -1
    for ch in text:
        if starter >= 0:
            between = combining(out[-1])
            if len(out) == starter + 1 or 0 < between < combining(ch):
                composite = _composite(out[starter], ch)
                if composite:
                    out[starter] = composite
                    continue
        if combining(ch) == 0:
            starter = len(out)
        out.append(ch)
    return "".join(out)


def _composite(a: str, b: str) -> str | None:
    if "\u1100" <= a <= "\u1112" and "\u1161" <= b <= "\u1175":
        return chr(0xAC00 + ((ord(a) - 0x1100) * 21 + ord(b) - 0x1161) * 28)
    if "\uac00" <= a <= "\ud7a3" and (ord(a) - 0xAC00) % 28 == 0 and "\u11a8" <= b <= "\u11c2":
        return chr(ord(a) + ord(b) - 0x11A7)
    return _composites().get(a + b)


def nfd(text: str) -> str:
    return _in_order("".join(_decomposed(ch, False) for ch in text))


def nfc(text: str) -> str:
    return _composed(nfd(text))


def nfkd(text: str) -> str:
    return _in_order("".join(_decomposed(ch, True) for ch in text))


def nfkc(text: str) -> str:
    return _composed(nfkd(text))


def casefold(text: str) -> str:
    folds = _mapping("CASEFOLD")
    return "".join(folds.get(ch, ch) for ch in text)


@lru_cache(maxsize=65536)
def simple_fold(ch: str) -> str:
    """Simple case folding (status C and S of CaseFolding.txt): one character to one character, "İ" to itself."""
    full = casefold(ch)
    if len(full) == 1:
        return full
    small = lower(ch)  # status S: what folds to several in full folds to its lower case alone
    return small if len(small) == 1 else ch


def fold(text: str, keep_accents: bool = False) -> str:
    """The form in which two spellings of one word are equal; a lone surrogate counts as U+FFFD."""
    if text.isascii():  # what follows, for the characters that everything else leaves alone
        return text.lower().replace("`", "'")
    text = "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text if ch not in TRANSPARENT)
    text = nfd(casefold(nfkc(text)))
    if not keep_accents:
        text = "".join(ch for ch in text if not "\u0300" <= ch <= "\u036f")
    text = nfc(text)
    return "".join("'" if ch in APOSTROPHES else "-" if ch in HYPHENS else ch for ch in text)
