"""normalize_block: prose as it is compared with other prose."""

import re
from functools import lru_cache

from paritas.reference.convert import text as as_text
from paritas.reference.unicode import lower
from paritas.reference.white_space import WHITE_SPACE

RUN = re.compile(f"[{WHITE_SPACE}]+")


@lru_cache(maxsize=65536)
def simple_lower(ch: str) -> str:
    """One character for one: the full lower case of U+0130 is two, all others are one."""
    return "i" if ch == "\u0130" else lower(ch)


def lowered(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(simple_lower, text))


def normalize_block(block: str) -> str:
    """Prose as it is compared with other prose: trimmed, every run of white space (Unicode's White_Space) one space,
    simple lower case, without the full stops, commas, semicolons, colons and spaces at its end.

    Idempotent. A lone surrogate becomes U+FFFD. "  Hello,\\n World! " gives "hello, world!", "..." gives nothing.
    """
    words = RUN.sub(" ", as_text(block)).strip(" ")
    return lowered(words).rstrip(".,;: ")
