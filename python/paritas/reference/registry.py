"""PatternRegistry: named literals and regular expressions, found one pattern after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from paritas._lock import SharedLock
from paritas._patterns import definitions_from_json, definitions_to_json, fields_of, replaced
from paritas.errors import ParitasError
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.regex_syntax import compiled, parse_regex
from paritas.reference.regex_tree import INFINITE
from paritas.reference.unicode import simple_fold
from paritas.reference.word_points import is_word_boundary
from paritas.results_registry import PatternDefinition, PatternHit, PatternReport, PatternSummary

SEVERITIES = ("low", "medium", "high", "critical")
OVERLAPS = ("all", "longest", "priority")
KEYWORD_BYTES = 200


class _Hit(NamedTuple):
    start: int
    end: int
    order: int  # of its pattern


def invalid(message: str, offset: int = 0) -> ParitasError:
    return ParitasError("invalid_argument", message, offset)


def _checked(given: PatternDefinition) -> PatternDefinition:
    """A definition that can be used."""
    if not given.name:
        raise invalid("a pattern needs a name")
    if given.kind not in ("literal", "regex"):
        raise invalid('kind must be "literal" or "regex"')
    if given.severity not in SEVERITIES:
        raise invalid('severity must be "low", "medium", "high" or "critical"')
    if "" in given.keywords:
        raise invalid("a keyword must not be empty", given.keywords.index(""))
    groups = 0
    if given.kind == "regex":
        groups = parse_regex(given.pattern, given.case_insensitive).groups
    elif not given.pattern:
        raise ParitasError("pattern_empty", "a pattern must not be empty")
    elif len(given.pattern) > 2**26 and len(given.pattern.encode()) > 2**28:
        raise ParitasError("limit_exceeded", "a literal must have at most 2^28 bytes")
    if not 0 <= given.group <= groups:
        raise invalid(f"group must be from 0 to {groups}, the number of groups in the pattern")
    return given


def _occurrences(given: PatternDefinition, text: str) -> Iterator[tuple[int, int]]:
    """Of one pattern, leftmost, none overlapping the one before."""
    if given.kind == "regex":
        for match in compiled(given.pattern, given.case_insensitive).finditer(text):
            whole_words = is_word_boundary(text, match.start()) and is_word_boundary(text, match.end())
            if match.end(given.group) > match.start(given.group) and (whole_words or not given.whole_words):
                yield match.span(given.group)
        return
    pattern = given.pattern
    if given.case_insensitive:
        pattern, text = ("".join(map(simple_fold, part)) for part in (pattern, text))
    at = text.find(pattern)
    while at >= 0:
        end = at + len(pattern)
        if not given.whole_words or (is_word_boundary(text, at) and is_word_boundary(text, end)):
            yield at, end
            at = text.find(pattern, end)
        else:
            at = text.find(pattern, at + 1)


def _lowered(text: str) -> bytes:
    return text.encode().lower()  # ASCII alone


def _has_keyword(text: str, start: int, end: int, keywords: Sequence[str]) -> bool:
    """Whether one stands in the 200 bytes before the span or after it."""
    before = _lowered(text[max(0, start - KEYWORD_BYTES) : start])[-KEYWORD_BYTES:]
    after = _lowered(text[end : end + KEYWORD_BYTES])[:KEYWORD_BYTES]
    return any(_lowered(keyword) in before or _lowered(keyword) in after for keyword in keywords)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _priority(hits: list[_Hit], severities: list[int]) -> list[_Hit]:
    kept: list[_Hit] = []  # by start; none overlaps another, so the ends ascend too
    for hit in sorted(hits, key=lambda hit: (-severities[hit.order], hit.start - hit.end)):
        place = bisect_right(kept, hit)
        clear = place == 0 or kept[place - 1].end <= hit.start
        if clear and (place == len(kept) or hit.end <= kept[place].start):
            kept.insert(place, hit)
    return kept


class PatternRegistry:
    """Named literals and regular expressions with a category and a severity, all looked for in one pass."""

    def __init__(self) -> None:
        self._entries: dict[str, PatternDefinition] = {}
        self._lock = SharedLock()

    def add(
        self,
        name: str,
        pattern: str,
        *,
        kind: str = "literal",
        category: str = "",
        severity: str = "medium",
        keywords: Sequence[str] = (),
        case_insensitive: bool = False,
        whole_words: bool = False,
        group: int = 0,
        description: str = "",
        enabled: bool = True,
    ) -> None:
        """Adds a pattern, after those that are there."""
        given = PatternDefinition(
            as_text(name), as_text(pattern), as_text(kind), as_text(category), as_text(severity), as_texts(keywords),
            flag(case_insensitive), flag(whole_words), whole(group), as_text(description), flag(enabled),
        )  # fmt: skip
        with self._lock.alone():
            self._put(self._entries, given)

    def add_many(self, patterns: Iterable[Mapping[str, Any]]) -> None:
        """Adds dicts of what add takes, all of them or, after an error, none."""
        given = [PatternDefinition(**_typed(fields_of(item))) for item in patterns]
        with self._lock.alone():
            entries = dict(self._entries)
            for at, item in enumerate(given):
                try:
                    self._put(entries, item)
                except ParitasError as error:
                    raise ParitasError(error.code, f"patterns[{at}]: {error}", error.offset) from None
            self._entries = entries

    @staticmethod
    def _put(entries: dict[str, PatternDefinition], given: PatternDefinition) -> None:
        _checked(given)
        if given.name in entries:
            message = f'there is a pattern "{given.name}" already: remove it first, or choose another name'
            raise ParitasError("duplicate_name", message)
        entries[given.name] = given

    def _known(self, name: str) -> PatternDefinition:
        if name not in self._entries:
            raise ParitasError("not_found", f'there is no pattern "{name}"')
        return self._entries[name]

    def remove(self, name: str) -> None:
        """Removes a pattern. Errors: not_found."""
        name = as_text(name)
        with self._lock.alone():
            self._known(name)
            del self._entries[name]

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Lets scans use a pattern or not. Errors: not_found."""
        name, enabled = as_text(name), flag(enabled)
        with self._lock.alone():
            self._entries[name] = self._known(name)._replace(enabled=enabled)

    def get(self, name: str) -> PatternDefinition:
        """The PatternDefinition of that name. Errors: not_found."""
        name = as_text(name)
        with self._lock.shared():
            return self._known(name)

    def definitions(self) -> list[PatternDefinition]:
        """All of them, in order of adding."""
        with self._lock.shared():
            return list(self._entries.values())

    def names(self) -> list[str]:
        """The names, in order of adding."""
        return [given.name for given in self.definitions()]

    def categories(self) -> list[str]:
        """The categories, in order of adding."""
        return list(dict.fromkeys(given.category for given in self.definitions()))

    def __len__(self) -> int:
        return len(self.definitions())

    def __contains__(self, name: str) -> bool:
        name = as_text(name)
        with self._lock.shared():
            return name in self._entries

    def _found(
        self,
        text: str,
        given: list[PatternDefinition],
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "all",
        limit: int = 0,
    ) -> list[_Hit]:
        if min_severity not in SEVERITIES:
            raise invalid('min_severity must be "low", "medium", "high" or "critical"')
        if overlap not in OVERLAPS:
            raise invalid('overlap must be "all", "longest" or "priority"')
        if limit < 0:
            raise invalid("limit must be at least 0")
        for wanted, what, known in (
            (categories, "there is no pattern of the category", {item.category for item in given}),
            (names, "there is no pattern", {item.name for item in given}),
        ):
            for name in wanted or ():
                if name not in known:
                    raise ParitasError("not_found", f'{what} "{name}"')
        severities = [SEVERITIES.index(item.severity) for item in given]
        hits = []
        for order, item in enumerate(given):
            if not item.enabled or severities[order] < SEVERITIES.index(min_severity):
                continue
            if categories is not None and item.category not in categories:
                continue
            if names is not None and item.name not in names:
                continue
            for start, end in _occurrences(item, text):
                if not item.keywords or _has_keyword(text, start, end, item.keywords):
                    hits.append(_Hit(start, end, order))
        hits.sort(key=lambda hit: (hit.start, -hit.end, hit.order))
        if overlap == "longest":
            hits = _longest(hits)
        if overlap == "priority":
            hits = _priority(hits, severities)
        return hits[:limit] if limit else hits

    def scan(
        self,
        text: str,
        *,
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "all",
        limit: int = 0,
    ) -> list[PatternHit]:
        """The hits: by start, then the longer, then order of adding."""
        options = _options(categories, names, min_severity, overlap, limit)
        return self._scan(as_text(text), self.definitions(), options)

    def _scan(self, text: str, given: list[PatternDefinition], options: dict[str, Any]) -> list[PatternHit]:
        feeds = [at for at, ch in enumerate(text) if ch == "\n"]
        out = []
        for start, end, order in self._found(text, given, **options):
            item, line = given[order], 1 + bisect_right(feeds, start - 1)
            out.append(PatternHit(item.name, item.category, item.severity, start, end, line))
        return out

    def scan_batch(
        self,
        texts: Sequence[str],
        *,
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "all",
        limit: int = 0,
        threads: int = 0,
    ) -> list[list[PatternHit]]:
        """The scan of each text. threads: 0 means all cores; the result is the same."""
        read = as_texts(texts)
        options = _options(categories, names, min_severity, overlap, limit)
        if whole(threads) < 0:
            raise invalid("threads must be at least 0")
        given = self.definitions()
        self._found("", given, **options)  # refuses bad options, without a text too
        return [self._scan(text, given, options) for text in read]

    def contains(
        self,
        text: str,
        *,
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "all",
        limit: int = 0,
    ) -> bool:
        """Whether scan gives a hit."""
        options = _options(categories, names, min_severity, overlap, limit)
        return bool(self._found(as_text(text), self.definitions(), **options))

    def count(
        self,
        text: str,
        *,
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "all",
        limit: int = 0,
    ) -> int:
        """How many hits scan gives."""
        options = _options(categories, names, min_severity, overlap, limit)
        return len(self._found(as_text(text), self.definitions(), **options))

    def summary(self, text: str) -> PatternSummary:
        """How many hits there are by name, category and severity."""
        text, given = as_text(text), self.definitions()
        hits = self._found(text, given)
        out = PatternSummary(len(hits), {}, {}, {})
        for order, item in enumerate(given):
            count = sum(hit.order == order for hit in hits)
            if count:
                out.by_name[item.name] = count
                out.by_category[item.category] = out.by_category.get(item.category, 0) + count
                out.by_severity[item.severity] = out.by_severity.get(item.severity, 0) + count
        return out

    def replace(
        self,
        text: str,
        replacement: str | Callable[[PatternHit], str],
        *,
        categories: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        min_severity: str = "low",
        overlap: str = "longest",
        limit: int = 0,
    ) -> str:
        """The text with each hit replaced by a str, or by what a function makes of it; the rest stays as it is."""
        options = _options(categories, names, min_severity, overlap, limit)
        read = as_text(text)
        if options["overlap"] == "all":
            message = 'hits that overlap cannot all be replaced: overlap must be "longest" or "priority"'
            raise ParitasError("kind_unsupported", message)
        return replaced(text, self._scan(read, self.definitions(), options), replacement)

    @staticmethod
    def validate(pattern: str, kind: str = "regex") -> PatternReport:
        """What there is to say of a pattern, good or bad; raises for another type alone."""
        pattern, kind = as_text(pattern), as_text(kind)
        try:
            if kind not in ("literal", "regex"):
                raise invalid('kind must be "literal" or "regex"')
            if kind == "literal":
                if not pattern:
                    raise ParitasError("pattern_empty", "a pattern must not be empty")
                return PatternReport(True, None, 0, len(pattern), len(pattern), [pattern], True)
            regex = parse_regex(pattern)
        except ParitasError as error:
            return PatternReport(False, f"{error.code}: {error}", error.offset, 0, None, [], False)
        most = None if regex.root.most == INFINITE else regex.root.most
        return PatternReport(True, None, 0, regex.root.least, most, regex.literals, regex.prefiltered)

    def to_json(self) -> str:
        """The definitions in their order, as a JSON object {"patterns": [...]}."""
        return definitions_to_json(self.definitions())

    @classmethod
    def from_json(cls, text: str) -> PatternRegistry:
        """The registry of to_json. Errors: corrupt_data for any other JSON; those of add_many."""
        registry = cls()
        registry.add_many(definitions_from_json(text))
        return registry

    def __reduce__(self) -> tuple[Any, ...]:
        return PatternRegistry.from_json, (self.to_json(),)


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a definition, each of its type."""
    readers: dict[str, Callable[[Any], Any]] = dict.fromkeys(PatternDefinition._fields, as_text)
    readers |= {"keywords": as_texts, "group": whole}
    readers |= dict.fromkeys(("case_insensitive", "whole_words", "enabled"), flag)
    return {key: read(fields[key]) for key, read in readers.items()}


def _options(
    categories: Sequence[str] | None, names: Sequence[str] | None, min_severity: str, overlap: str, limit: int
) -> dict[str, Any]:
    return {
        "categories": None if categories is None else as_texts(categories),
        "names": None if names is None else as_texts(names),
        "min_severity": as_text(min_severity),
        "overlap": as_text(overlap),
        "limit": whole(limit),
    }
