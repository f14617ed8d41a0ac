"""IBANs and card numbers in batches beside python-stdnum: one run, the same texts.

stdnum's functions are called once for each text, because that is all they offer. They say yes or no; an invalid text
costs Paritas more, because it looks for what was meant. Times are of the processor, on all cores together.
"""

import random
import statistics
import time

import paritas
from stdnum import iban, luhn

COUNT, ROUNDS = 20_000, 9


def nanoseconds(*calls):
    """Medians a text over rounds in which the calls take turns, so that a busy machine slows all of them."""
    times = [[] for _ in calls]
    for _ in range(ROUNDS):
        for taken, call in zip(times, calls, strict=True):
            start = time.process_time()
            call()
            taken.append((time.process_time() - start) / COUNT * 1e9)
    return [statistics.median(taken) for taken in times]


def texts(draws: random.Random) -> tuple[list[str], list[str]]:
    """IBANs and card numbers in groups of four."""
    ibans, cards = [], []
    for _ in range(COUNT):
        bank = "".join(draws.choice("0123456789") for _ in range(18))
        number = f"DE{98 - int(bank + '131400') % 97:02}{bank}"
        digits = "4" + "".join(draws.choice("0123456789") for _ in range(14))
        digits += luhn.calc_check_digit(digits)
        ibans.append(" ".join(number[at : at + 4] for at in range(0, 22, 4)))
        cards.append(" ".join(digits[at : at + 4] for at in range(0, 16, 4)))
    return ibans, cards


def broken(valid: list[str]) -> list[str]:
    """The last digit changed."""
    return [text[:-1] + str((int(text[-1]) + 1) % 10) for text in valid]


def without_spaces(grouped: list[str]) -> list[str]:
    return [text.replace(" ", "") for text in grouped]


def main() -> None:
    ibans, cards = texts(random.Random(1))
    plain = without_spaces(cards)
    rows = (
        ("iban", "iban.is_valid", ibans, ibans, iban.is_valid),
        ("iban, invalid", "iban.is_valid", broken(ibans), broken(ibans), iban.is_valid),
        ("card", "luhn.is_valid", plain, plain, luhn.is_valid),
        ("card, invalid", "luhn.is_valid", broken(plain), broken(plain), luhn.is_valid),
        ("card, in groups", "luhn.is_valid", cards, plain, luhn.is_valid),
    )
    print(f"nanoseconds a text, {COUNT} texts in a batch\n")
    print(f"{'':16}{'paritas':>9}{'one by one':>12}   {'python-stdnum':15}{'':8}{'ratio':>7}")
    for name, peer, mine, theirs, check in rows:
        type = name[:4]
        valid = [result.valid for result in paritas.validate_format_batch(mine, type)]
        assert valid == [check(text) for text in theirs], name
        batch, single, other = nanoseconds(
            lambda mine=mine, type=type: paritas.validate_format_batch(mine, type),
            lambda mine=mine, type=type: [paritas.validate_format(text, type) for text in mine],
            lambda theirs=theirs, check=check: [check(text) for text in theirs],
        )
        print(f"{name:16}{batch:9.0f}{single:12.0f}   {peer:15}{other:8.0f}{other / batch:7.1f}")


if __name__ == "__main__":
    main()
