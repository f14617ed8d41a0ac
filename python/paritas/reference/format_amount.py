"""Amounts of money and numbers, as core/src/ocr/format_amount.cpp reads them."""

from paritas.reference.format_names import CURRENCY_CODES
from paritas.reference.format_text import Reading, all_digits, digits_for, upper
from paritas.reference.unicode import category, lower

WORDS = frozenset(("kr", "zł", "kč", "ft", "lei", "rs"))
POINTED = frozenset(("kr", "rs"))  # also written with a point behind them
SEPARATORS = frozenset(".,' ")


def read_amount(text: str, money: bool) -> Reading:
    negative, body = _peeled(text, money)
    reading = _read(body, negative, money)
    if not reading.valid:
        mended = _read(digits_for(body), negative, money)
        if mended.valid:
            return reading._replace(suggestion=mended.normalized)
    return reading


def _peeled(text: str, money: bool) -> tuple[bool, str]:
    """Whether it is negative, and what is left without one sign, or a pair of parentheses, and one currency."""
    negative, signed = False, False
    while True:
        text = text.strip(" ")
        if not signed and text[:1] in ("-", "+"):
            negative, signed, text = text[0] == "-", True, text[1:]
        elif not signed and text[-1:] == "-":
            negative, signed, text = True, True, text[:-1]
        elif not signed and len(text) >= 2 and text[0] == "(" and text[-1] == ")":
            negative, signed, text = True, True, text[1:-1]
        else:
            rest = _without_currency(text) if money else text
            if rest == text:
                return negative, text
            money, text = False, rest


def _without_currency(text: str) -> str:
    """Without a symbol or a word of money at the front, or else at the end."""
    if text and category(text[0]) == "Sc":
        return text[1:]
    if text and category(text[-1]) == "Sc":
        return text[:-1]
    end = 0
    while end < len(text) and _in_word(text[end]):
        end += 1
    if _is_currency(text[:end]):
        return text[end + 1 :] if _lower(text[:end]) in POINTED and text[end : end + 1] == "." else text[end:]
    end = len(text)
    point = text[-1:] == "."
    end -= point
    start = end
    while start > 0 and _in_word(text[start - 1]):
        start -= 1
    word = text[start:end]
    return text[:start] if _is_currency(word) and (not point or _lower(word) in POINTED) else text


def _in_word(ch: str) -> bool:
    return category(ch)[0] in "LM"


def _lower(word: str) -> str:
    return "".join(lower(ch) for ch in word)


def _is_currency(word: str) -> bool:
    return len(word) <= 3 and (upper(word) in CURRENCY_CODES or _lower(word) in WORDS)


def _read(body: str, negative: bool, money: bool) -> Reading:
    body = body.replace("\u2019", "'")
    signs = [at for at, ch in enumerate(body) if ch in SEPARATORS]
    whole, decimals = body, ""
    ambiguous = False
    if signs and body[signs[-1]] in ".,":
        last = signs[-1]
        before, after = body[:last], body[last + 1 :]
        if len(signs) == 1:
            if len(after) != 3 or len(before) > 3 or before == "0":
                whole, decimals = before, after
                if not 1 <= len(after) <= 4:
                    return Reading("amount_form")
            else:
                ambiguous = True
        elif body[last] not in before:
            whole, decimals = before, after
            if not 1 <= len(after) <= 4:
                return Reading("amount_form")
    digits = _without_groups(whole)
    if digits is None or (decimals and not all_digits(decimals)):
        return Reading("amount_form")
    normalized = (digits.lstrip("0") or "0") + ("." + decimals if decimals else "")
    if negative and normalized.strip("0."):  # never -0
        normalized = "-" + normalized
    reason = "amount_ambiguous" if ambiguous else "amount_valid" if money else "number_valid"
    return Reading(reason, normalized, True)


def _without_groups(text: str) -> str | None:
    """The digits of a whole number in groups of 3, or of Indian 2-2-3, cut by one sign; None for anything else."""
    sign = next((ch for ch in text if ch in SEPARATORS), None)
    groups = [text] if sign is None else text.split(sign)
    if not all(all_digits(group) for group in groups):
        return None
    if len(groups) > 1:
        threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        indian = sign == "," and len(groups[0]) <= 2 and len(groups[-1]) == 3
        indian = indian and all(len(group) == 2 for group in groups[1:-1])
        if not threes and not indian:
            return None
    return "".join(groups)
