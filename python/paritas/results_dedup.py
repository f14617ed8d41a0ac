"""What deduplication tells, the same classes whichever backend computes."""

from typing import NamedTuple


class DuplicateBlock(NamedTuple):
    """A block of a text that says what an earlier one says: text[start:end]."""

    block_index: int  # among all blocks of the text
    hash: str  # 32 hexadecimal digits of its normal form
    start: int
    end: int
    first_index: int  # of the first block that says it


class HashedBlock(NamedTuple):
    """A block of a text, in order."""

    hash: str  # 32 hexadecimal digits of its normal form, "" for a block too short to be compared
    block: str
    is_duplicate: bool


class Pair(NamedTuple):
    """Two texts that are nearly the same, by their numbers: i < j."""

    i: int
    j: int
    similarity: float  # from 0 to 1
