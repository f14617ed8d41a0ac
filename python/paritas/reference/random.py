"""Random, as core/include/paritas/base/random.hpp draws it: SplitMix64."""

_MASK = 0xFFFFFFFFFFFFFFFF


class Random:
    """Numbers that look random and are the same everywhere. Not for secrets."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def next(self) -> int:
        """64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1, by the remainder of one draw; 0 for count 0, which draws too."""
        bits = self.next()
        return bits % count if count else 0

    def unit(self) -> float:
        """A float in [0, 1): the upper 53 bits of one draw."""
        return float(self.next() >> 11) * 2.0**-53
