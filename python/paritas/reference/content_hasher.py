"""ContentHasher, as core/src/repair/content_hasher.cpp computes it."""

from __future__ import annotations

from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.canonical_json import canonical_json
from paritas.reference.convert import flag, text, whole
from paritas.reference.dedup import at_least, one_spaced
from paritas.reference.normalize_block import lowered
from paritas.reference.unicode import category
from paritas.reference.xxh3 import xxh3_128


class ContentHasher:
    """Hashes of contents that are equal in a chosen way."""

    def __init__(
        self,
        normalize_whitespace: bool = True,
        case_insensitive: bool = False,
        hash_length: int = 16,
        remove_punctuation: bool = False,
    ) -> None:
        self._one_space, self._lower = flag(normalize_whitespace), flag(case_insensitive)
        self._digits = whole(hash_length)
        self._words_alone = flag(remove_punctuation)
        if not 8 <= self._digits <= 32:
            raise ParitasError("invalid_argument", f"hash_length must be from 8 to 32, not {self._digits}")

    @staticmethod
    def text_fuzzy() -> ContentHasher:
        return ContentHasher(True, True, 16, True)

    @staticmethod
    def query_semantic() -> ContentHasher:
        return ContentHasher(True, True, 16, True)

    @staticmethod
    def text_strict() -> ContentHasher:
        return ContentHasher()

    @staticmethod
    def exact_match() -> ContentHasher:
        return ContentHasher(False, False, 16, False)

    def normalize(self, content: str) -> str:
        """The text that is hashed."""
        out = text(content)
        if self._words_alone:
            out = "".join(ch for ch in out if category(ch)[0] != "P")
        if self._one_space:
            out = one_spaced(out)
        return lowered(out) if self._lower else out

    def hash(self, content: str) -> str:
        return self._hex(self.normalize(content))

    def hash_block(self, block: str, min_length: int = 0) -> str | None:
        """None for a normalised text of fewer than min_length characters."""
        form = self.normalize(block)
        return None if len(form) < at_least("min_length", min_length, 0) else self._hex(form)

    def hash_dict(self, data: dict[Any, Any]) -> str:
        """Of the canonical JSON, to which the options do nothing."""
        if not isinstance(data, dict):
            raise ParitasTypeError("invalid_argument", f"a dict is needed, not {type(data).__name__}")
        return self._hex(canonical_json(data))

    def hash_list(self, items: list[Any]) -> str:
        if not isinstance(items, list | tuple):
            raise ParitasTypeError("invalid_argument", f"a list is needed, not {type(items).__name__}")
        return self._hex(canonical_json(items))

    def _hex(self, form: str) -> str:
        return f"{xxh3_128(form.encode()):032x}"[: self._digits]
