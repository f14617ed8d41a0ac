"""Paritas in plain Python: the specification to read, and what runs where no native module fits."""

from paritas.reference.selfcheck import selfcheck, selfcheck_report
from paritas.reference.stem_light import stem
from paritas.reference.trend import trend_drop

__all__ = ["selfcheck", "selfcheck_report", "stem", "trend_drop"]
