"""check_halt, as core/src/selfcheck/halt.cpp computes it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.halt import HaltMachine
from paritas.reference.halt_config import FIELDS, HaltConfig
from paritas.reference.halt_state import saved
from paritas.reference.random import Random
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

TOKENS = ("a", " b", ".", '"', " ", "", "é𝔸! ", "x. y")


def random_score(random: Random) -> float:
    turn = random.below(24)
    if turn == 0:
        return math.nan
    if turn == 1:
        return 1.5
    if turn == 2:
        return 0.5 * random.unit()
    return 0.55 + 0.4 * random.unit()


def check_halt(random: Random, digest: Digest) -> None:
    fields: dict[str, Any] = {
        "window_size": 1 + random.below(6),
        "trend_window": 2 + random.below(6),
        "trend_threshold": 0.3 * random.unit(),
        "trend_z": float(random.below(3)),
        "halt_mode": FIELDS["halt_mode"].choices[random.below(2)],
        "soft_tail_max": random.below(4),
        "score_every_n": 1 + random.below(3),
        "adaptive": random.below(2) == 1,
        "on_invalid": FIELDS["on_invalid"].choices[random.below(3)],
        "token_timeout": float(random.below(3)),
        "release": FIELDS["release"].choices[random.below(2)],
    }
    try:
        machine = HaltMachine(HaltConfig(**fields))
    except ParitasError as error:
        digest.add_error(error)
        return
    now = 0.0
    for _ in range(random.below(24)):
        token = TOKENS[random.below(8)]
        score = random_score(random)
        now += random.unit()
        step = machine.step(token, score if machine.wants_score() else None, now)
        digest.add(step.score)
        digest.add(machine.window_mean())
        digest.add(machine.trend())
        digest.add(machine.trend_se())
        digest.add(step.emit)
        digest.add(machine.reason(step.code))
        digest.add(step.warning)
        digest.add(step.soft_pending)
        if step.halted:
            break
    digest.add(xxh3_64(saved(machine)))
    digest.add(machine.finish().emit)
    digest.add(machine.token_start.units)
    digest.add(machine.token_end.code_points)
    digest.add(machine.score_sum / float(machine.scored) if machine.scored else 0.0)
