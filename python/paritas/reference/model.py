"""How likely a source supports some claims of a response."""

from collections.abc import Sequence

from paritas.reference.features import Counts, features
from paritas.reference.maths import exp
from paritas.reference.model_table import CLIP, CONSTANT, FEATURES, PLATT_SHIFT, PLATT_SLOPE


def support_probability(counts: Sequence[Counts], sentences: int) -> float:
    """From 0.0 to 1.0; `sentences`: how many the source has. tools/verify/train.py found the constants."""
    values = features(counts, sentences)
    odds = 0.0  # added in the order of the table
    for name, mean, deviation, weight in FEATURES:
        odds += weight * min(max((values[name] - mean) / deviation, -CLIP), CLIP)
    return 1.0 / (1.0 + exp(-(PLATT_SLOPE * (odds + CONSTANT) + PLATT_SHIFT)))
