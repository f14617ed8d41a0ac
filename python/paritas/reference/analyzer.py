"""Analyzer, as core/src/retrieve/analyzer.cpp computes it."""

from collections.abc import Callable, Iterable

from paritas.errors import ParitasError
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.stem_english import stem_english
from paritas.reference.stem_light import stem
from paritas.reference.unicode import category, fold, lower, text_class
from paritas.results import Span

STEMMERS: dict[str, Callable[[str], str]] = {"none": str, "light": stem, "english": stem_english}
ENGLISH = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
    ]
)


def invalid(message: str) -> ParitasError:
    return ParitasError("invalid_argument", message)


class Analyzer:
    """Cuts a text into the terms that an index knows it by."""

    def __init__(
        self,
        stemmer: str = "light",
        stopwords: str | Iterable[str] | None = None,
        cjk: str = "bigram",
        fold_accents: bool = True,
        min_length: int = 1,
        max_length: int = 128,
    ) -> None:
        named = as_text(stopwords) if isinstance(stopwords, str) else None
        words = [] if named is not None or stopwords is None else as_texts(stopwords)
        self.stemmer = as_text(stemmer)
        self.cjk = as_text(cjk)
        self.fold_accents = flag(fold_accents)
        self.min_length = whole(min_length)
        self.max_length = whole(max_length)
        self.is_plain = False
        if self.stemmer not in STEMMERS:
            raise invalid('stemmer must be "none", "light" or "english"')
        if self.cjk not in ("bigram", "unigram", "run"):
            raise invalid('cjk must be "bigram", "unigram" or "run"')
        if self.min_length < 1:
            raise invalid("min_length must be at least 1")
        if not self.min_length <= self.max_length <= 2**31 - 1:
            raise invalid("max_length must be from min_length to 2147483647")
        if named is not None and named != "english":
            raise invalid('stopwords must be "english" or a list of words')
        keys = ENGLISH if named is not None else {self._key(word) for word in words}
        self.stopwords = frozenset(keys) - {""}

    @staticmethod
    def plain() -> "Analyzer":
        """Runs of letters, marks and numbers in lower case, and nothing else."""
        made = Analyzer(stemmer="none", cjk="run", fold_accents=False, max_length=2**31 - 1)
        made.is_plain = True
        return made

    def analyze(self, text: str) -> list[str]:
        """The terms of a text, in order."""
        return [term for term, _ in self._terms(as_text(text))]

    def spans(self, text: str) -> list[Span]:
        """Where each term of analyze(text) stands, in code points."""
        return [span for _, span in self._terms(as_text(text))]

    def highlight(self, query_text: str, text: str) -> list[Span]:
        """Where a term of the query stands in a text, in code points and in order; terms that overlap are joined."""
        wanted = set(self.analyze(query_text))
        out: list[Span] = []
        for term, span in self._terms(as_text(text)):
            if term not in wanted:
                continue
            if out and span.start < out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
        return out

    def _key(self, surface: str) -> str:
        key = fold(surface, keep_accents=not self.fold_accents)
        return key.removesuffix("'s").replace("'", "")

    def _terms(self, text: str) -> list[tuple[str, Span]]:
        runs = _plain_runs(text) if self.is_plain else self._runs(text)
        terms = []
        for surface, span in runs:
            key = "".join(map(lower, surface)) if self.is_plain else self._key(surface)
            key = key[: self.max_length]
            if key == "" or len(key) < self.min_length or key in self.stopwords:
                continue
            terms.append((STEMMERS[self.stemmer](key), span))
        return terms

    def _runs(self, text: str) -> list[tuple[str, Span]]:
        """The words and pieces before folding: without transparent characters, apostrophes as '."""
        kinds = [text_class(ch) for ch in text]
        runs = []
        at = 0
        while at < len(text):
            if kinds[at] == "unspaced":
                places = []
                while at < len(text) and kinds[at] in ("unspaced", "transparent"):
                    if kinds[at] == "unspaced":
                        places.append(at)
                    at += 1
                size = {"unigram": 1, "bigram": min(2, len(places)), "run": len(places)}[self.cjk]
                for i in range(len(places) - size + 1):
                    part = places[i : i + size]
                    runs.append(("".join(text[place] for place in part), Span(part[0], part[-1] + 1)))
            elif kinds[at] != "mark" and _goes_on(text[at], kinds[at]):
                start = end = at
                surface = ""
                last = ""
                while at < len(text):
                    if kinds[at] == "apostrophe":
                        joins = last in ("letter", "mark") and kinds[at + 1 : at + 2] == ["letter"]
                        if not joins:
                            break
                        surface += "'"
                    elif _goes_on(text[at], kinds[at]):
                        surface += text[at]
                    elif kinds[at] != "transparent":
                        break
                    if kinds[at] != "transparent":
                        last = kinds[at]
                        end = at + 1
                    at += 1
                runs.append((surface, Span(start, end)))
            else:
                at += 1
        return runs


def _goes_on(ch: str, kind: str) -> bool:
    return kind in ("letter", "mark", "digit") or (kind == "other" and category(ch)[0] == "N")


def _plain_runs(text: str) -> list[tuple[str, Span]]:
    runs = []
    start = -1
    for at, ch in enumerate(text + " "):
        kind = category(ch)[0]
        if kind in "LN" or (kind == "M" and start >= 0):
            if start < 0:
                start = at
        elif start >= 0:
            runs.append((text[start:at], Span(start, at)))
            start = -1
    return runs
