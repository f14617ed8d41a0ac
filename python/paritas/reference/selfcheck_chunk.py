"""The checks of room chunk, as core/src/selfcheck/line_count.cpp draws them."""

from typing import TYPE_CHECKING

from paritas.reference.line_count import count_lines
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_text

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_line_count(random: Random, digest: "Digest") -> None:
    digest.add(count_lines(random_text(random, 12)))
