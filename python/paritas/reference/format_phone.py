"""Telephone numbers, as core/src/ocr/format_phone.cpp reads them."""

from paritas.reference.format_text import ASCII_DIGITS, Reading, all_digits

SIGNS = frozenset(" .-/()")


def read_phone(text: str) -> Reading:
    at = next((at for at, ch in enumerate(text) if ch not in ASCII_DIGITS | SIGNS and ch != "+"), len(text))
    extension = ""
    if at < len(text):
        behind = _behind_marker(text[at:])
        if behind is None or any(ch not in ASCII_DIGITS | SIGNS for ch in behind):
            return Reading("phone_chars")
        extension = behind.removeprefix(" ")
        if not all_digits(extension) or len(extension) > 6:
            return Reading("phone_form")
    digits = ""
    plus, depth = False, 0
    for i, ch in enumerate(text[:at]):
        if ch == "+":
            if plus or digits:
                return Reading("phone_form")
            plus = True
        elif ch == "(":
            depth += 1
        elif ch == ")":
            depth -= 1
            if depth < 0:
                return Reading("phone_form")
        elif ch in ASCII_DIGITS:
            # +49 (0)30: the zero is dialled inside the country only.
            trunk = text[max(0, i - 1) : i + 2] == "(0)"
            inside = trunk and (digits != "" if plus else digits[:2] == "00" and len(digits) > 2)
            if not inside:
                digits += ch
    if depth != 0:
        return Reading("phone_form")
    if not plus and digits[:2] == "00":
        plus, digits = True, digits[2:]
    if not 7 <= len(digits) <= 15:
        return Reading("phone_length")
    if len(set(digits)) == 1:
        return Reading("phone_form")
    return Reading("phone_valid", ("+" if plus else "") + digits + (";ext=" + extension if extension else ""), True)


def _behind_marker(text: str) -> str | None:
    """What follows "ext.", "ext", "x" or "#"."""
    for marker in ("ext.", "ext", "x", "#"):
        if "".join(ch.lower() if ch < "\x80" else ch for ch in text[: len(marker)]) == marker:
            return text[len(marker) :]
    return None
