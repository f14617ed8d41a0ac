"""How likely a source supports what a stretch of a response says."""

from paritas.reference.maths import exp
from paritas.reference.reading import Reading


def support_probability(reading: Reading, first: int, last: int) -> float:
    """From 0.0 to 1.0, for the tokens [first, last) of the response."""
    found = items = 0
    for token in reading.analysis.tokens[first:last]:
        for stem in token.stems:
            items += 1
            found += stem in reading.source.places
    for i in reading.hard:
        if first <= reading.analysis.numbers[i].first < last:
            items += 1
            found += bool(reading.results[i][0])
    share = float(found) / float(items) if items else 0.0
    return 1.0 / (1.0 + exp(4.0 - 8.0 * share))
