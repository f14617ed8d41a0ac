"""Judges, finds and repairs text, with the same bits on server and page."""

from typing import TYPE_CHECKING

from paritas._backend import api, backend
from paritas._version import __version__
from paritas.errors import ParitasError

if TYPE_CHECKING:  # the reference has the signatures of both backends
    from paritas.reference import selfcheck, selfcheck_report, stem, trend_drop
else:
    selfcheck = api.selfcheck
    selfcheck_report = api.selfcheck_report
    stem = api.stem
    trend_drop = api.trend_drop

__all__ = [
    "ParitasError",
    "__version__",
    "backend",
    "selfcheck",
    "selfcheck_report",
    "stem",
    "trend_drop",
]
