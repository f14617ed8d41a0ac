"""The values that functions return, the same classes whichever backend computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


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


class SpaceBoundResult(NamedTuple):
    """The Williams numbers of one count: S = sqrt(t) * log2(t), E = t / S, t, R = ((t - S) / t) * 100."""

    space_bound: float
    efficiency: float
    time_complexity: int
    space_reduction_percent: float

    def __repr__(self) -> str:
        return (
            f"SpaceBoundResult(efficiency={self.efficiency:.2f}x, space_reduction={self.space_reduction_percent:.1f}%)"
        )


class SpaceBoundBatch(NamedTuple):
    """The Williams numbers of many counts, in the shape of the input; None where only the bounds were asked for."""

    space_bound: npt.NDArray[np.float64]
    efficiency: npt.NDArray[np.float64] | None
    space_reduction_percent: npt.NDArray[np.float64] | None
