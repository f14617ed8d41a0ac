"""The checks of room repair, as core/src/selfcheck/normalize_block.cpp draws them."""

from typing import TYPE_CHECKING

from paritas.reference.normalize_block import normalize_block
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_text

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_normalize_block(random: Random, digest: "Digest") -> None:
    digest.add(normalize_block(random_text(random, 12)))
