"""E-mail addresses, as core/src/ocr/format_email.cpp reads them."""

from paritas.reference.format_text import Reading
from paritas.reference.unicode import category, lower

SPECIALS = frozenset("!#$%&'*+-/=?^_`{|}~")


def read_email(text: str) -> Reading:
    """Of a text that has kept its dashes."""
    reading = _read(text)
    if not reading.valid:
        mended = _read(text.replace(" ", "").replace(",", "."))
        if mended.valid:
            return reading._replace(suggestion=mended.normalized)
    return reading


def _read(text: str) -> Reading:
    local, at, domain = text.partition("@")
    labels = domain.split(".")
    if not at or len(text) > 254 or len(local) > 64 or not all(_is_atom(atom) for atom in local.split(".")):
        return Reading("email_form")
    if len(labels) < 2 or not all(_is_label(label) for label in labels) or not _is_last(labels[-1]):
        return Reading("email_form")
    return Reading("email_valid", local + "@" + "".join(lower(ch) for ch in domain), True)


def _is_word(ch: str) -> bool:
    """A letter or a digit; the marks of scripts that write vowels with them belong to their letters."""
    return category(ch)[0] in "LM" or category(ch) == "Nd"


def _is_atom(atom: str) -> bool:
    return bool(atom) and category(atom[0])[0] != "M" and all(ch in SPECIALS or _is_word(ch) for ch in atom)


def _is_label(label: str) -> bool:
    if not 1 <= len(label) <= 63 or label[0] == "-" or label[-1] == "-" or category(label[0])[0] == "M":
        return False
    return all(ch == "-" or _is_word(ch) for ch in label)


def _is_last(label: str) -> bool:
    return label[:4].lower() == "xn--" or (len(label) >= 2 and all(category(ch)[0] in "LM" for ch in label))
