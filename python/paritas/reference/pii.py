"""Personal data in a text, as core/src/match/pii.cpp finds and masks it.

How each kind is found stands in pii_email.py, pii_numbers.py and pii_ip.py.
"""

from collections.abc import Callable, Sequence

from paritas.errors import ParitasError
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.convert import whole
from paritas.reference.pii_email import Found, find_emails
from paritas.reference.pii_ip import find_ips
from paritas.reference.pii_numbers import find_cards, find_ibans, find_phones, find_ssns
from paritas.results_validate import PiiMatch

FINDERS: dict[str, Callable[[str], list[Found]]] = {
    "email": find_emails,
    "credit_card": find_cards,
    "iban": find_ibans,
    "ssn": find_ssns,
    "phone": find_phones,
    "ip": find_ips,
}
PII_KINDS = ("email", "credit_card", "iban", "ssn", "phone", "ip")
# Where kinds overlap the one with more proof stays.
PROOF = ("iban", "credit_card", "email", "ip", "ssn", "phone")
MOST_VISIBLE = 64


def known_kinds(kinds: Sequence[str]) -> set[str]:
    names = as_texts(kinds)
    for at, name in enumerate(names):
        if name not in FINDERS:
            raise ParitasError("invalid_argument", f"kinds must be among {', '.join(PII_KINDS)}", at)
    return set(names)


def find_all(text: str, kinds: set[str]) -> list[PiiMatch]:
    """Of each kind, also where kinds overlap."""
    return [PiiMatch(kind, *found) for kind in PROOF if kind in kinds for found in FINDERS[kind](text)]


def resolved(found: list[PiiMatch]) -> list[PiiMatch]:
    kept: list[PiiMatch] = []
    for match in found:
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def scan_pii(text: str, kinds: Sequence[str] = PII_KINDS) -> list[PiiMatch]:
    """Personal data in a text, in its order; no two overlap.

    kinds:  which to look for, of email, credit_card, iban, ssn, phone and ip
    Errors: invalid_argument with the index of an unknown kind
    """
    text = as_text(text)
    return resolved(find_all(text, known_kinds(kinds)))


def scan_pii_batch(texts: Sequence[str], kinds: Sequence[str] = PII_KINDS, *, threads: int = 0) -> list[list[PiiMatch]]:
    """scan_pii for many texts.

    threads: 0 for all cores
    Errors:  as scan_pii; invalid_argument for threads below 0
    """
    texts = as_texts(texts)
    known = known_kinds(kinds)
    check_threads(whole(threads))
    return [resolved(find_all(text, known)) for text in texts]


def mask_pii(text: str, mask_char: str = "*", visible_chars: int = 0, kinds: Sequence[str] = PII_KINDS) -> str:
    """The text with its personal data masked, one mask_char for each code point.

    visible_chars: how many code points stay at each end of a finding, but at most an eighth of it; 0 to 64
    Errors:        as scan_pii; invalid_argument for other visible_chars, and for a mask_char that is not one code point
                   or breaks a line
    """
    text = as_text(text)
    mask_char, visible, known = as_text(mask_char), whole(visible_chars), known_kinds(kinds)
    check_mask(mask_char, visible)
    return masked(text, mask_char, visible, known)


def mask_pii_batch(
    texts: Sequence[str],
    mask_char: str = "*",
    visible_chars: int = 0,
    kinds: Sequence[str] = PII_KINDS,
    *,
    threads: int = 0,
) -> list[str]:
    """mask_pii for many texts.

    threads: 0 for all cores
    Errors:  as mask_pii; invalid_argument for threads below 0
    """
    texts = as_texts(texts)
    mask_char, visible, known, threads = as_text(mask_char), whole(visible_chars), known_kinds(kinds), whole(threads)
    check_mask(mask_char, visible)
    check_threads(threads)
    return [masked(text, mask_char, visible, known) for text in texts]


def masked(text: str, mask_char: str, visible: int, kinds: set[str]) -> str:
    out: list[str] = []
    done = 0
    for start, end, alone in united([(match.start, match.end) for match in find_all(text, kinds)]):
        shown = min(visible, (end - start) // 8) if alone else 0
        out += [text[done : start + shown], mask_char * (end - start - 2 * shown)]
        done = end - shown
    return "".join(out) + text[done:]


def united(spans: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Spans that overlap as one, and whether one finding covers it."""
    out: list[tuple[int, int, bool]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if out and start < out[-1][1]:
            first, last, alone = out[-1]
            out[-1] = (first, max(last, end), alone and end <= last)
        else:
            out.append((start, end, True))
    return out


def check_mask(mask_char: str, visible: int) -> None:
    if len(mask_char) != 1 or mask_char in "\n\v\f\r\x85\u2028\u2029":
        raise ParitasError("invalid_argument", "mask_char must be one character that breaks no line")
    if not 0 <= visible <= MOST_VISIBLE:
        raise ParitasError("invalid_argument", "visible_chars must be from 0 to 64")


def check_threads(threads: int) -> None:
    if threads < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
