"""The checks of room repair, as core/src/selfcheck draws them."""

from typing import TYPE_CHECKING, Any

from paritas.reference.coerce import coerce_string_type
from paritas.reference.content_hasher import ContentHasher
from paritas.reference.dedup import StreamingDeduplicator, hashed_blocks
from paritas.reference.json_extract import extract_json_objects
from paritas.reference.minhash import MinHash, MinHashLSH, jaccard_of
from paritas.reference.near_duplicates import near_duplicates
from paritas.reference.normalize_block import normalize_block
from paritas.reference.normalize_text import TextNormalizer, normalize_text_mapped
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_bytes, random_text, random_word
from paritas.reference.simhash import SimHash, SimHashIndex
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


STROKES = ("0", "1", "7", "9", "5", "25", ".", "-", "e", "E+", "000", " ", "[", "]", "{}", ",")
LITERALS = ("true", "None", "False ", "null", "\u2003True", "1e400", "9007199254740993")
# fmt: off
BRACKETS = (
    "{", "}", "[", "]", '"', "'", ":", ",", "\n", "\\", '{"a": 1}', "[1]", "[1, 2]", '"b": ', "1", "-2.5", "true",
    "None", "{'c': ", "}",
)
SPOILT = (
    " ", "  ", "\t", "\n", "\r\n", "\n\n\n", "\u201c", "\u2019", "e\u0301", "\u200b", "\u00a0", "\u2028", "\n```\n",
    "`", "\ufb01", "\u2026", "\u1112\u1161\u11ab", "\u0316", "\u2014", "\x07",
)
CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("form", ("NFC", "NFKC", "none", "")),
    ("newlines", ("lf", "keep", "", "")),
    ("controls", ("remove", "space", "keep", "")),
    ("zero_width", ("remove", "keep", "", "")),
    ("spaces", ("ascii", "keep", "", "")),
    ("collapse", ("none", "spaces", "lines", "all")),
    ("quotes", ("keep", "straight", "", "")),
    ("dashes", ("keep", "ascii", "", "")),
    ("ellipsis", ("keep", "dots", "", "")),
)
# fmt: on


def check_coerce(random: Random, digest: "Digest") -> None:
    if random.below(4) == 0:
        s = random_text(random, 2)
    elif random.below(4) == 0:
        s = LITERALS[random.below(len(LITERALS))]
    else:
        s = "".join(STROKES[random.below(len(STROKES))] for _ in range(random.below(12)))
    value = coerce_string_type(s)
    digest.add(value.type)
    digest.add(value.json)
    digest.add(value.exact)


def check_json_extract(random: Random, digest: "Digest") -> None:
    text = random_text(random, 3)
    for _ in range(random.below(20)):
        text += BRACKETS[random.below(len(BRACKETS))]
        if random.below(8) == 0:
            text += random_word(random)
    repair = random.below(4) != 0
    arrays = random.below(4) != 0
    for value in extract_json_objects(text, repair=repair, arrays=arrays):
        digest.add(Span(value.start, value.end))
        digest.add(value.json)
        digest.add(value.repaired)


def check_normalize_text(random: Random, digest: "Digest") -> None:
    options: dict[str, Any] = {}
    for name, words in CHOICES:
        word = words[random.below(4)]
        if word != "":
            options[name] = word
    options["max_blank_lines"] = random.below(3)
    options["trim"] = random.below(2) != 0
    options["respect_code"] = random.below(4) != 0
    spoilt = b""
    for _ in range(random.below(6)):
        spoilt += random_bytes(random, 3)
        for _ in range(random.below(4)):
            spoilt += SPOILT[random.below(len(SPOILT))].encode()
    text = spoilt.decode("utf-8", "replace")
    result, offsets = normalize_text_mapped(text, **options)
    digest.add(result)
    for edit in offsets.edits:
        digest.add(Span(edit.start, edit.end))
        digest.add(Span(edit.source_start, edit.source_end))
    stream = TextNormalizer(**options)
    random.below(20)  # the size of the pieces in bytes; here each has one character
    digest.add("".join(stream.feed(ch) for ch in text) + stream.finish() == result)


def check_normalize_block(random: Random, digest: "Digest") -> None:
    digest.add(normalize_block(random_text(random, 12)))


BETWEEN = (b"\n\n", b"\n\n", b"\n", b"\r\n \r\n", b"\n```\n", b"\n~~~ x\n", b"\n\n", b"``")


def check_dedup(random: Random, digest: "Digest") -> None:
    block = random_bytes(random, 2)
    data = b""
    for _ in range(random.below(9)):
        data += block
        data += BETWEEN[random.below(8)]
        if random.below(3) == 0:
            block = random_bytes(random, 2)
    window = random.below(4)
    least = random.below(8)
    most = 1 + random.below(60)
    code = random.below(4) > 0
    random.below(30)  # how the core cuts the stream
    text = data.decode("utf-8", "replace")
    stream = StreamingDeduplicator(window, least, max_block=most, code=code)
    digest.add((stream.add_chunk(text) or "") + stream.flush())
    stats = stream.get_stats()
    digest.add(stats["total_blocks"])
    digest.add(stats["unique_count"])
    for key, _, _, first in hashed_blocks(text, least):
        digest.add(key)
        digest.add(first)
    flags = random.below(8)
    digest.add(ContentHasher(flags & 1 != 0, flags & 2 != 0, 32, flags & 4 != 0).hash(text))


def check_minhash(random: Random, digest: "Digest") -> None:
    num_perm = 1 + random.below(40)
    seed = random.next()
    k = 1 + random.below(4)
    shingle = "char" if random.below(3) == 0 else "word"
    one_bytes = random_bytes(random, 8)
    other_bytes = one_bytes + random_bytes(random, 2) if random.below(2) == 0 else random_bytes(random, 8)
    one, other = one_bytes.decode("utf-8", "replace"), other_bytes.decode("utf-8", "replace")
    made = MinHash(num_perm, seed - 2**64 if seed >= 2**63 else seed, k, shingle)
    a, b = made._places(one), made._places(other)
    for place in a:
        digest.add(place)
    digest.add(jaccard_of(a, b))
    index = MinHashLSH(0.5, num_perm)
    index.insert(1, a)
    digest.add(len(index.query(b)))
    digest.add(len(index.to_bytes()))
    method = "minhash" if random.below(2) == 0 else "simhash"
    kind = "word" if method == "simhash" else shingle
    pairs = near_duplicates(
        [one, other, one], 0.5, method, num_perm=num_perm, seed=made._seed, k=k, shingle=kind, threads=1
    )
    for pair in pairs:
        digest.add(pair.j)
        digest.add(pair.similarity)


def check_simhash(random: Random, digest: "Digest") -> None:
    made = SimHash(1 + random.below(3))
    found = made.hash(random_text(random, 12))
    digest.add(found)
    index = SimHashIndex(random.below(9))
    for number in range(3):
        near = found
        for _ in range(random.below(10)):
            near ^= 1 << random.below(64)
        index.insert(number, near)
    for number in index.query(found):
        digest.add(number)
