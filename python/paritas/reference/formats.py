"""validate_format, as core/src/ocr/formats.cpp computes it: whether a text is a well-formed value of a type.

The readers stand in format_<concept>.py. What the specification leaves open is decided there and shown by
tests/vectors/formats.json.
"""

from collections.abc import Callable, Sequence

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.format_amount import read_amount
from paritas.reference.format_card import read_card
from paritas.reference.format_date import read_date
from paritas.reference.format_email import read_email
from paritas.reference.format_iban import read_iban
from paritas.reference.format_mrz import read_mrz
from paritas.reference.format_names import read_country, read_currency
from paritas.reference.format_phone import read_phone
from paritas.reference.format_text import Reading, clean
from paritas.results_ocr import FormatResult

READERS: dict[str, Callable[[str, bool | None], Reading]] = {
    "date": lambda text, day_first: read_date(clean(text), day_first),
    "amount": lambda text, _: read_amount(clean(text), money=True),
    "number": lambda text, _: read_amount(clean(text), money=False),
    "iban": lambda text, _: read_iban(clean(text)),
    "mrz": lambda text, _: read_mrz(clean(text, keep_breaks=True)),
    "email": lambda text, _: read_email(clean(text, keep_dashes=True)),
    "phone": lambda text, _: read_phone(clean(text)),
    "card": lambda text, _: read_card(clean(text)),
    "country": lambda text, _: read_country(clean(text)),
    "currency": lambda text, _: read_currency(clean(text)),
}


def known_type(type: str, offset: int = 0) -> str:
    if type not in READERS:
        raise ParitasError("invalid_argument", f"type must be one of {', '.join(READERS)}", offset)
    return type


def day_first_of(value: object) -> bool | None:
    if value is not None and value is not True and value is not False:
        raise ParitasTypeError("invalid_argument", f"True, False or None is needed, not {value.__class__.__name__}")
    return value


def checked_format(text: str, type: str, day_first: bool | None) -> FormatResult:
    """validate_format of arguments that are known to be right."""
    reading = READERS[type](text, day_first)
    return FormatResult(
        *(reading.valid, type, reading.normalized, reading.reason, reading.notes),
        *(reading.checks_passed, reading.checks, reading.suggestion),
    )


def validate_format(text: str, type: str, *, day_first: bool | None = None) -> FormatResult:
    """Whether a text is a well-formed value, by its form and its check digits.

    text:      read after NFKC, every decimal digit as ASCII, runs of White_Space as one space, trimmed
    type:      date, amount, number, iban, mrz, email, phone, card, country or currency
    day_first: whether 03/04/2024 is the third of April; None: such a date is ambiguous
    Errors:    invalid_argument for another type
    """
    text, type, day_first = as_text(text), as_text(type), day_first_of(day_first)
    return checked_format(text, known_type(type), day_first)


def validate_format_batch(
    texts: Sequence[str], types: str | Sequence[str], *, day_first: bool | None = None
) -> list[FormatResult]:
    """validate_format for many texts.

    types:  one for all, or one for each text
    Errors: length_mismatch for another number of types; invalid_argument with the index of an unknown one
    """
    texts = as_texts(texts)
    if isinstance(types, str):
        names = [known_type(as_text(types))] * len(texts)
    else:
        names = [known_type(name, at) for at, name in enumerate(as_texts(types))]
    day_first = day_first_of(day_first)
    if len(names) != len(texts):
        raise ParitasError("length_mismatch", "types must be one for all texts or one for each")
    return [checked_format(text, name, day_first) for text, name in zip(texts, names, strict=True)]
