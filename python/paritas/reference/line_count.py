"""count_lines."""

from paritas.reference.convert import text as as_text


def count_lines(text: str) -> int:
    """How many lines a text has: 0 if it is empty, else its line breaks (LF) and one."""
    text = as_text(text)
    return text.count("\n") + 1 if text else 0
