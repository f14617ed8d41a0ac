"""The bytes of a halt monitor, as core/src/stream/halt_state.cpp writes them.

magic "PHM1", u32 version; seven f64, then u16 and u32 whole numbers, then one byte for each choice and the flags of the
configuration; u16 flags and u8 code of the state; f64 sums and last values; varints of the counters; detail, held text;
the scores; XXH3-64 of all before.
"""

from __future__ import annotations

import math
import struct
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.halt import CODES, HaltMachine, Lengths
from paritas.reference.halt_config import FIELDS, HaltConfig, checked
from paritas.reference.metadata import Damaged, Reader, varint
from paritas.reference.xxh3 import xxh3_64

MAGIC, VERSION = b"PHM1", 1
REALS = [name for name, field in FIELDS.items() if field.kind in ("real", "above")]
WHOLES = [name for name, field in FIELDS.items() if field.kind == "whole"]
CHOICES = [name for name, field in FIELDS.items() if field.kind == "choice"]
FLAGS = [name for name, field in FIELDS.items() if field.kind == "flag"]
STATES = ("stopped", "halted", "finished", "pending", "soft_halted")
SUMS = ("before_sum", "all_sum", "score_sum", "score_min", "now", "value")
COUNTERS = ("count", "accepted", "scored", "next_due", "cadence", "invalid_run", "warnings", "invalids", "unchecked")
LONGEST = 2**53


def saved(machine: HaltMachine) -> bytes:
    config = machine.config
    out = MAGIC + struct.pack("<I", VERSION)
    out += b"".join(struct.pack("<d", getattr(config, name)) for name in REALS)
    out += b"".join(varint(getattr(config, name)) for name in WHOLES)
    out += bytes(FIELDS[name].choices.index(getattr(config, name)) for name in CHOICES)
    out += bytes([sum(getattr(config, name) << i for i, name in enumerate(FLAGS))])
    states = sum(getattr(machine, name) << i for i, name in enumerate(STATES))
    out += bytes([states | machine.sentence << 6, CODES.index(machine.code)])
    out += b"".join(struct.pack("<d", getattr(machine, name)) for name in SUMS)
    out += struct.pack("<d", machine.last)
    out += b"".join(varint(getattr(machine, name)) for name in COUNTERS)
    out += varint(machine.halt_index + 1) + varint(machine.tail) + b"".join(varint(n) for n in machine.lengths)
    for text in (machine.detail, machine.held):
        data = text.encode()
        out += varint(len(data)) + data
    out += b"".join(struct.pack("<d", score) for score in machine.recent)
    return out + struct.pack("<Q", xxh3_64(out))


def restored(data: bytes) -> HaltMachine:
    if len(data) < 16 or data[:4] != MAGIC:
        raise corrupt("they do not begin with PHM1", 0)
    if struct.unpack("<Q", data[-8:])[0] != xxh3_64(data[:-8]):
        raise corrupt("they are damaged or cut off", 0)
    version = struct.unpack("<I", data[4:8])[0]
    if version != VERSION:
        message = f"this halt monitor has format {version}: this Paritas reads format 1"
        raise ParitasError("corrupt_data", message, 4)
    try:
        return read(Reader(data[8:-8]))
    except (Damaged, ParitasError):
        raise corrupt("they are damaged or cut off", 8) from None


def corrupt(what: str, offset: int) -> ParitasError:
    return ParitasError("corrupt_data", f"these bytes are no state of a halt monitor: {what}", offset)


def read(reader: Reader) -> HaltMachine:
    values: dict[str, Any] = {name: reader.unpack("d") for name in REALS}
    values.update((name, reader.varint()) for name in WHOLES)
    for name in CHOICES:
        choices = FIELDS[name].choices
        number = reader.take(1)[0]
        if number >= len(choices):
            raise Damaged
        values[name] = choices[number]
    bits = reader.take(1)[0]
    if bits >> len(FLAGS):
        raise Damaged
    values.update((name, bool(bits >> i & 1)) for i, name in enumerate(FLAGS))
    if any(math.copysign(1.0, values[name]) < 0.0 for name in REALS):  # -0.0 is another form of the same
        raise Damaged
    checked(values)
    config = HaltConfig(**values)
    machine = HaltMachine(config)
    bits, code = reader.take(2)
    machine.sentence = bits >> 6
    if bits & 0x20 or machine.sentence > 2 or code >= CODES.index("closed"):
        raise Damaged
    for i, name in enumerate(STATES):
        setattr(machine, name, bool(bits >> i & 1))
    machine.code = CODES[code]
    for name in (*SUMS, "last"):
        data = reader.take(8)
        number = struct.unpack("<d", data)[0]
        if math.isnan(number) and data != struct.pack("<d", math.nan):  # another form of the same
            raise Damaged
        setattr(machine, name, number)
    for name in COUNTERS:
        setattr(machine, name, reader.varint())
    machine.halt_index = reader.varint() - 1
    machine.tail = reader.varint()
    machine.lengths = Lengths(reader.varint(), reader.varint(), reader.varint())
    machine.token_start = machine.token_end = machine.lengths
    machine.detail, machine.held = reader.text(), reader.text()
    machine.recent = [reader.unpack("d") for _ in range(min(machine.scored, machine.capacity))]
    reader.end()
    if not plausible(machine):
        raise Damaged
    return machine


def plausible(machine: HaltMachine) -> bool:
    """Whether a monitor could have come to this state, as far as its rules rely on it."""
    counts = [getattr(machine, name) for name in COUNTERS] + list(machine.lengths) + [machine.halt_index + 1]
    ended = machine.halted or machine.pending
    sums = (machine.before_sum, machine.all_sum, machine.score_sum)
    return (
        max(counts) <= LONGEST
        and machine.accepted <= machine.count
        and machine.scored <= machine.count
        and machine.halt_index < machine.count + 1
        and ended == (machine.code != "")
        and ended == (machine.halt_index >= 0)
        and not (machine.halted and machine.pending)
        and not (machine.soft_halted and not machine.halted)
        and machine.tail <= machine.config.soft_tail_max
        and machine.cadence >= 1
        and all(0.0 <= total < math.inf for total in sums)
        and 0.0 <= machine.score_min <= 1.0
        and math.isfinite(machine.now)
        and (0.0 <= machine.last <= 1.0 if machine.scored else math.isnan(machine.last))
        and all(0.0 <= score <= 1.0 for score in machine.recent)
        and (machine.config.release == "sentence" or machine.held == "")
    )
