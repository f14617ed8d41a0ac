"""IBANs and card numbers in batches beside python-stdnum: one run, the same texts.

stdnum's functions are called once for each text, because that is all they offer. Its iban.is_valid also knows the
structure of the national part; mod_97_10.is_valid of the compact number is the check that both have.
"""

import random
import statistics
import time

import paritas
from stdnum import iban, luhn
from stdnum.iso7064 import mod_97_10

COUNT, ROUNDS = 20_000, 9


def nanoseconds(*calls):
    """Medians a text over rounds in which the calls take turns, so that a busy machine slows all of them."""
    times = [[] for _ in calls]
    for _ in range(ROUNDS):
        for taken, call in zip(times, calls, strict=True):
            start = time.perf_counter()
            call()
            taken.append((time.perf_counter() - start) / COUNT * 1e9)
    return [statistics.median(taken) for taken in times]


def texts(draws: random.Random) -> tuple[list[str], list[str]]:
    """IBANs and card numbers in groups of four, half of them with a digit changed."""
    ibans, cards = [], []
    for i in range(COUNT):
        bank = "".join(draws.choice("0123456789") for _ in range(18))
        number = f"DE{98 - int(bank + '131400') % 97:02}{bank}"
        digits = "4" + "".join(draws.choice("0123456789") for _ in range(14))
        digits += luhn.calc_check_digit(digits)
        if i % 2:
            number, digits = number[:-1] + str(9 - int(number[-1])), digits[:-1] + str(9 - int(digits[-1]))
        ibans.append(" ".join(number[at : at + 4] for at in range(0, 22, 4)))
        cards.append(" ".join(digits[at : at + 4] for at in range(0, 16, 4)))
    return ibans, cards


def main() -> None:
    ibans, cards = texts(random.Random(1))
    compact = [text.replace(" ", "") for text in ibans]
    plain = [text.replace(" ", "") for text in cards]
    assert [r.valid for r in paritas.validate_format_batch(ibans, "iban")] == [iban.is_valid(t) for t in ibans]
    assert [r.valid for r in paritas.validate_format_batch(cards, "card")] == [luhn.is_valid(t) for t in plain]
    rows = (
        ("iban", "iban.is_valid", ibans, ibans, iban.is_valid),
        ("iban, compact", "mod_97_10.is_valid", compact, [t[4:] + t[:4] for t in compact], mod_97_10.is_valid),
        ("card", "luhn.is_valid", cards, plain, luhn.is_valid),
        ("card, compact", "luhn.is_valid", plain, plain, luhn.is_valid),
    )
    print(f"nanoseconds a text, {COUNT} texts in a batch, half of them invalid\n")
    print(f"{'':16}{'paritas':>9}{'one by one':>12}   {'python-stdnum':22}{'':8}{'ratio':>7}")
    for name, peer, mine, theirs, check in rows:
        type = name.split(",")[0]
        batch, single, other = nanoseconds(
            lambda mine=mine, type=type: paritas.validate_format_batch(mine, type),
            lambda mine=mine, type=type: [paritas.validate_format(text, type) for text in mine],
            lambda theirs=theirs, check=check: [check(text) for text in theirs],
        )
        print(f"{name:16}{batch:9.0f}{single:12.0f}   {peer:22}{other:8.0f}{other / batch:7.1f}")


if __name__ == "__main__":
    main()
