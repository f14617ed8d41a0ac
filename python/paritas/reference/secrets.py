"""scan_secrets and what is built on it: secrets found, set against each other, counted and masked."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from paritas.errors import ParitasError
from paritas.reference import convert
from paritas.reference.secrets_assignments import find_assignments
from paritas.reference.secrets_blocks import find_blocks
from paritas.reference.secrets_lines import find_in_lines
from paritas.reference.secrets_shapes import Found, all_rules, find_shapes
from paritas.results_secrets import SecretMatch, SecretPattern

CLASSES = {"provider": 0, "hash": 0, "pem": 1, "jwt": 2, "url": 3, "header": 4, "assignment": 5}
CONFIDENCES = ("low", "medium", "high")
LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")


class _Asked(NamedTuple):
    """What a search is asked for, checked."""

    least: int  # of the confidences
    placeholders: bool
    wanted: frozenset[int] | None  # places of the rules, None for all

    def admits(self, item: Found) -> bool:
        return (
            CONFIDENCES.index(item.confidence) >= self.least
            and (self.placeholders or not item.placeholder)
            and (self.wanted is None or item.rule in self.wanted)
        )


def _asked(min_confidence: str, include_placeholders: bool, rules: Sequence[str] | None) -> _Asked:
    least, placeholders = convert.text(min_confidence), convert.flag(include_placeholders)
    names = None if rules is None else convert.texts(rules)
    if least not in CONFIDENCES:
        raise ParitasError("invalid_argument", "min_confidence must be low, medium or high")
    if names is None:
        return _Asked(CONFIDENCES.index(least), placeholders, None)
    places = {rule.name: place for place, rule in enumerate(all_rules())}
    for offset, name in enumerate(names):
        if name not in places:
            raise ParitasError("not_found", f"no rule is called {name}: list_secret_patterns() names them", offset)
    return _Asked(CONFIDENCES.index(least), placeholders, frozenset(places[name] for name in names))


def scan_secrets(
    text: str, *, min_confidence: str = "low", include_placeholders: bool = False, rules: Sequence[str] | None = None
) -> list[SecretMatch]:
    """The secrets of a text, by start: what scan_secrets of the native module says."""
    text = convert.text(text)
    return _matches(text, _asked(min_confidence, include_placeholders, rules))


def scan_secrets_batch(
    texts: Sequence[str],
    *,
    min_confidence: str = "low",
    include_placeholders: bool = False,
    rules: Sequence[str] | None = None,
    threads: int = 0,
) -> list[list[SecretMatch]]:
    """scan_secrets of each text."""
    items = convert.texts(texts)
    asked = _asked(min_confidence, include_placeholders, rules)
    _threads(threads)
    return [_matches(text, asked) for text in items]


def has_secrets(
    text: str, *, min_confidence: str = "low", include_placeholders: bool = False, rules: Sequence[str] | None = None
) -> bool:
    """Whether scan_secrets finds any."""
    data = convert.text(text).encode("utf-8")
    return bool(_search(data, _asked(min_confidence, include_placeholders, rules)))


def get_secret_types(
    text: str, *, min_confidence: str = "low", include_placeholders: bool = False, rules: Sequence[str] | None = None
) -> list[str]:
    """The rules that found something, each once, ascending."""
    text = convert.text(text)
    matches = _matches(text, _asked(min_confidence, include_placeholders, rules))
    return sorted({match.secret_type for match in matches})


def list_secret_patterns() -> list[SecretPattern]:
    """Every rule, in the order that decides between equal spans."""
    return [SecretPattern(*rule) for rule in all_rules()]  # type: ignore[arg-type]


def scan_secrets_summary(
    text: str, *, min_confidence: str = "low", include_placeholders: bool = False, rules: Sequence[str] | None = None
) -> dict[str, Any]:
    """How many secrets of which kind, and the lines where they begin."""
    text = convert.text(text)
    matches = _matches(text, _asked(min_confidence, include_placeholders, rules))
    severities = (m.severity for s in ("critical", "high", "medium", "low") for m in matches if m.severity == s)
    confidences = (m.confidence for c in reversed(CONFIDENCES) for m in matches if m.confidence == c)
    return {
        "total_matches": len(matches),
        "has_secrets": bool(matches),
        "by_type": _counted(sorted(match.secret_type for match in matches)),
        "by_severity": _counted(severities),
        "by_confidence": _counted(confidences),
        "lines": sorted({match.line_number for match in matches}),
    }


def mask_secrets(
    text: str,
    mask_char: str = "*",
    visible_chars: int = 4,
    *,
    min_confidence: str = "low",
    include_placeholders: bool = False,
    rules: Sequence[str] | None = None,
) -> str:
    """The text with every secret covered, code point by code point."""
    data = convert.text(text).encode("utf-8")
    asked = _asked(min_confidence, include_placeholders, rules)
    return _masked(data, _search(data, asked), *_mask_options(mask_char, visible_chars))


def mask_secrets_batch(
    texts: Sequence[str],
    mask_char: str = "*",
    visible_chars: int = 4,
    *,
    min_confidence: str = "low",
    include_placeholders: bool = False,
    rules: Sequence[str] | None = None,
    threads: int = 0,
) -> list[str]:
    """mask_secrets of each text."""
    items = [text.encode("utf-8") for text in convert.texts(texts)]
    asked = _asked(min_confidence, include_placeholders, rules)
    mask = _mask_options(mask_char, visible_chars)
    _threads(threads)
    return [_masked(data, _search(data, asked), *mask) for data in items]


def _threads(threads: int) -> None:
    if convert.whole(threads) < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")


def _mask_options(mask_char: str, visible_chars: int) -> tuple[str, int]:
    mask_char = convert.text(mask_char)
    if len(mask_char) != 1 or mask_char in LINE_BREAKS:
        raise ParitasError("invalid_argument", "mask_char must be one code point that is no line break")
    visible = convert.whole(visible_chars)
    if not 0 <= visible <= 64:
        raise ParitasError("invalid_argument", "visible_chars must be 0 to 64")
    return mask_char, visible


def _search(data: bytes, asked: _Asked) -> list[Found]:
    """Every finding that the options admit, not yet set against the others."""
    found = [*find_shapes(data, asked.wanted), *find_blocks(data), *find_in_lines(data), *find_assignments(data)]
    return [item for item in found if asked.admits(item)]


def _matches(text: str, asked: _Asked) -> list[SecretMatch]:
    """What remains of the findings, with the offsets of the text."""
    data = text.encode("utf-8")
    offsets = _Offsets(data)
    matches = []
    for item in _resolved(_search(data, asked)):
        rule = all_rules()[item.rule]
        start, end = offsets.of(item.start), offsets.of(item.end)
        own = [item._replace(start=0, end=item.end - item.start, kept=_moved(item))]
        line = offsets.line(item.start)
        masked = _masked(data[item.start : item.end], own, "*", 4)
        matches.append(
            SecretMatch(
                *(rule.name, rule.severity, item.confidence, start, end, line, item.checksum, item.placeholder),  # type: ignore[arg-type]
                *(text[start:end], masked),
            )
        )
    return matches


def _resolved(found: Iterable[Found]) -> list[Found]:
    """Without what lies within a finding of an equal or higher class, by start."""
    order = sorted(found, key=lambda item: (CLASSES[all_rules()[item.rule].kind], item.start, -item.end, item.rule))
    kept: list[Found] = []
    starts: list[int] = []  # of the kept ones, ascending, and the furthest end up to each
    reach: list[int] = []
    for rank in range(6):
        furthest, fresh = -1, []
        for item in (item for item in order if CLASSES[all_rules()[item.rule].kind] == rank):
            before = bisect_left(starts, item.start + 1)
            if item.end <= furthest or (before and reach[before - 1] >= item.end):
                continue
            furthest = max(furthest, item.end)
            fresh.append(item)
        kept = sorted(kept + fresh, key=lambda item: item.start)
        starts = [item.start for item in kept]
        reach = []
        for item in kept:
            reach.append(max(item.end, reach[-1] if reach else -1))
    return sorted(kept, key=lambda item: (item.start, -item.end, item.rule))


def _moved(item: Found) -> tuple[tuple[int, int], ...]:
    return tuple((start - item.start, end - item.start) for start, end in item.kept)


def _masked(data: bytes, found: Sequence[Found], mask_char: str, visible: int) -> str:
    """Overlapping spans are united and covered at once; a provider's own mark may stay at both ends."""
    pieces = []
    at, place = 0, 0
    order = sorted(found, key=lambda item: (item.start, -item.end))
    while place < len(order):
        start, end, first = order[place].start, order[place].end, place
        while place < len(order) and (order[place].start < end or place == first):
            end = max(end, order[place].end)
            place += 1
        group = order[first:place]
        shows = any(item.shows and item.start == start and item.end == end for item in group)
        kept = sorted(span for item in group for span in item.kept)
        pieces.append(data[at:start].decode("utf-8"))
        inner = start
        for keep_start, keep_end in [*kept, (end, end)]:
            if keep_start >= inner:
                pieces.append(_covered(data[inner:keep_start].decode("utf-8"), mask_char, visible if shows else 0))
                pieces.append(data[keep_start:keep_end].decode("utf-8"))
                inner = keep_end
        at = end
    return "".join([*pieces, data[at:].decode("utf-8")])


def _covered(text: str, mask_char: str, visible: int) -> str:
    stay = min(visible, len(text) // 8)
    last = len(text) - stay
    return "".join(ch if i < stay or i >= last or ch in LINE_BREAKS else mask_char for i, ch in enumerate(text))


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


class _Offsets:
    """Code points and lines of ascending byte offsets."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.points = 0
        self.lines = [-1] + [i for i, byte in enumerate(data) if byte == ord("\n")]

    def of(self, offset: int) -> int:
        if offset < self.at:
            self.at, self.points = 0, 0
        self.points += sum(1 for byte in self.data[self.at : offset] if byte & 0xC0 != 0x80)
        self.at = offset
        return self.points

    def line(self, offset: int) -> int:
        return bisect_left(self.lines, offset)
