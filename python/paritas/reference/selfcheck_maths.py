"""One random argument for log, log2 and exp, drawn as core/src/selfcheck/maths.cpp draws it."""

import struct
from typing import TYPE_CHECKING

from paritas.reference.maths import exp, log, log2
from paritas.reference.random import Random

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_maths(random: Random, digest: "Digest") -> None:
    turn = random.below(4)
    if turn == 0:
        x = struct.unpack("<d", struct.pack("<Q", random.next()))[0]  # every sign, exponent and NaN
    elif turn == 1:
        x = 0.5 + 1.5 * random.unit()
    elif turn == 2:
        x = (random.unit() - 0.5) * 1500.0
    else:
        x = float(random.below(2**53))
    digest.add(log(x))
    digest.add(log2(x))
    digest.add(exp(x))
