"""The values that functions return, the same classes whichever backend computes."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points: text[span.start:span.end] is what was meant."""

    start: int
    end: int


class FeatureDigest(NamedTuple):
    """The digest of the cases that fell to one feature."""

    feature: str
    cases: int
    digest: str


class SelfcheckReport(NamedTuple):
    """One digest of everything and one for each feature, in alphabetical order."""

    digest: str
    features: list[FeatureDigest]
