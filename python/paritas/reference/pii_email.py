"""E-mail addresses in a text, as core/src/match/pii_email.cpp finds them."""

from typing import NamedTuple

from paritas.reference.unicode import category, lower, text_class

SIGNS = frozenset(".!#$%&'*+/=?^_{|}~-`")
# What stands around an address rather than in it: quotes, emphasis, the sign of a URL's parameter.
WRAPPERS = frozenset(".!#$%&'*+/=?^{|}~-`")
LONGEST_LOCAL, LONGEST_LABEL, LONGEST = 64, 63, 254
FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html"})  # icon@2x.png


class Found(NamedTuple):
    start: int
    end: int
    normalized: str
    detail: str = ""


def find_emails(text: str) -> list[Found]:
    found: list[Found] = []
    free = 0
    at = text.find("@")
    while at >= 0:
        email = _around(text, at, free)
        if email is not None:
            found.append(email)
            free = email.end
        at = text.find("@", at + 1)
    return found


def _around(text: str, at: int, free: int) -> Found | None:
    start = _local_start(text, at, free)
    end = _domain_end(text, at)
    if start is None or end is None or end - start > LONGEST:
        return None
    local, domain = text[start:at], text[at + 1 : end]
    if (
        local == "git"
        and text[end : end + 1] in (":", "/")
        and text[end + 1 : end + 2] not in ("", " ", "\t", "\r", "\n")
    ):
        return None  # git@host:path is where a repository is
    return Found(start, end, local + "@" + "".join(lower(ch) for ch in domain))


def _is_word(ch: str) -> bool:
    """A letter, a digit, or a mark that belongs to its letter."""
    return category(ch)[0] in "LM" or category(ch) == "Nd"


def _local_start(text: str, at: int, free: int) -> int | None:
    start = at
    mixed = at > free and text_class(text[at - 1]) == "unspaced"
    while start > free:
        ch = text[start - 1]
        if ch == "." and (start == at or text[start] == "."):
            break
        if ch not in SIGNS and not _is_word(ch):
            break
        if not mixed and text_class(ch) == "unspaced":  # a sentence in Chinese goes on without a space
            break
        start -= 1
        if at - start > LONGEST_LOCAL:
            return None
    while start < at and text[start] in WRAPPERS:
        start += 1
    if start == at or text[at - 1] == "}":  # {name}@example.com shows a form
        return None
    return start


def _domain_end(text: str, at: int) -> int | None:
    end = at + 1
    mixed = text_class(text[end : end + 1] or " ") == "unspaced"
    labels: list[str] = []
    while True:
        first = end
        while end < len(text) and (text[end] == "-" or _is_word(text[end])):
            if not mixed and text_class(text[end]) == "unspaced":
                break
            end += 1
            if end - at > LONGEST:
                return None
        if end == first:
            end -= 1  # the dot before it
            break
        labels.append(text[first:end])
        if text[end : end + 1] != ".":
            break
        end += 1
    if len(labels) < 2:
        return None
    last = labels[-1].rstrip("-")  # an address before a dash
    end -= len(labels[-1]) - len(last)
    labels[-1] = last
    if any(not 1 <= len(label) <= LONGEST_LABEL or label[0] == "-" or label[-1] == "-" for label in labels):
        return None
    small = "".join(ch.lower() if "A" <= ch <= "Z" else ch for ch in last)
    letters = len(last) >= 2 and all(category(ch)[0] in "LM" for ch in last)
    return end if (letters or small.startswith("xn--")) and small not in FILES else None
