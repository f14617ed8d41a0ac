"""The bytes of a BM25 index, as core/src/retrieve/segment.cpp writes them; the layout stands there."""

import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference import sections
from paritas.reference.metadata import Damaged, Reader, counted, decoded, decoded_text, encoded, varint
from paritas.reference.postings import read_list, written_list
from paritas.reference.sections import FileKind
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.analyzer import Analyzer
    from paritas.reference.bm25 import BM25, DocId

NAMES = [
    "options",
    "counts",
    "id_ends",
    "ids",
    "id_slots",
    "lengths",
    "term_ends",
    "vocabulary",
    "term_slots",
    "lists",
    "postings",
    "metadata_ends",
    "metadata",
    "text_ends",
    "texts",
]
KIND = FileKind(b"PBM1", 2, "BM25 index", NAMES)
VARIANTS = ("lucene", "okapi", "robertson", "atire", "bm25l", "bm25+")
STEMMERS = ("none", "light", "english")
CUTS = ("bigram", "unigram", "run")


def written(index: "BM25") -> bytes:
    place = {doc_id: i for i, doc_id in enumerate(index.documents)}
    documents = list(index.documents.values())
    lengths = [document.length for document in documents]
    keys = [key_of(doc_id) for doc_id in index.documents]
    terms = sorted(index.postings, key=str.encode)
    words = [term.encode() for term in terms]
    lists = b""
    postings = bytearray()
    for term in terms:
        rows = sorted((place[doc_id], tf) for doc_id, tf in index.postings[term].items())
        lists += struct.pack("<II", len(rows), len(postings) // 4)
        postings += written_list(rows, lengths)
    longest = max(lengths, default=0)
    width = width_of(longest)
    count = sum(map(len, index.postings.values()))
    metadata = kept(None if document.metadata is None else encoded(document.metadata) for document in documents)
    texts = kept(None if document.text is None else document.text.encode() for document in documents)
    parts = [
        written_options(index),
        struct.pack("<5Q", len(documents), len(terms), count, sum(lengths), longest),
        ends(keys, "I"),
        b"".join(keys),
        slots(keys),
        b"".join(length.to_bytes(width, "little") for length in lengths),
        ends(words, "I"),
        b"".join(words),
        slots(words),
        lists,
        bytes(postings) + bytes(16),
        *metadata,
        *texts,
    ]
    return sections.written(KIND, parts)


def width_of(longest: int) -> int:
    """Bytes of each length, when the longest document has so many terms."""
    return 1 if longest < 2**8 else 2 if longest < 2**16 else 4


def ends(items: Iterable[bytes], form: str) -> bytes:
    """Where each string ends when they stand one behind the other."""
    out = b""
    end = 0
    for item in items:
        end += len(item)
        out += struct.pack(f"<{form}", end)
    return out


def kept(items: Iterable[bytes | None]) -> tuple[bytes, bytes]:
    """Ends and bytes of what some documents have; nothing when none has any."""
    marked = [b"" if item is None else b"\x01" + item for item in items]
    body = b"".join(marked)
    return (ends(marked, "Q"), body) if body else (b"", b"")


def slots(keys: list[bytes]) -> bytes:
    """A table with linear probing: from the low bits of the XXH3 of a key, its number + 1; 0 is free."""
    table = [0] * slot_count(len(keys))
    for number, key in enumerate(keys):
        at = xxh3_64(key) % len(table)
        while table[at] != 0:
            at = (at + 1) % len(table)
        table[at] = number + 1
    return struct.pack(f"<{len(table)}I", *table)


def slot_count(keys: int) -> int:
    """The power of two that is at most 3/4 full."""
    return 0 if keys == 0 else 1 << (keys * 4 // 3).bit_length()


def read(data: bytes, make_index: "type[BM25]", make_analyzer: "type[Analyzer]") -> "BM25":
    opened = sections.opened(KIND, data)
    parts = {section.name: section.data for section in opened}
    at = "options"
    try:
        index = read_options(parts["options"], make_index, make_analyzer)
        at = "counts"
        if len(parts["counts"]) != 40:
            raise Damaged
        docs, terms, _, _, longest = struct.unpack("<5Q", parts["counts"])
        if max(docs, terms, longest) >= 2**32 - 1:
            raise Damaged
        for at, size in (
            ("id_ends", docs * 4),
            ("id_slots", slot_count(docs) * 4),
            ("lengths", docs * width_of(longest)),
            ("term_ends", terms * 4),
            ("term_slots", slot_count(terms) * 4),
            ("lists", terms * 8),
        ):
            if len(parts[at]) != size:
                raise Damaged
        at = "postings"
        if len(parts[at]) < 16 or len(parts[at]) % 4 != 0:
            raise Damaged
        for at in ("metadata", "text"):
            body = parts["metadata" if at == "metadata" else "texts"]
            at = f"{at}_ends"
            if (parts[at] and len(parts[at]) != docs * 8) or (not parts[at] and body):
                raise Damaged
        at = "ids"
        ids = [read_id(key) for key in cut(parts["id_ends"], parts["ids"], "I")]
        at = "metadata"
        known = [None if item is None else decoded(item) for item in read_kept(parts, "metadata_ends", at, docs)]
        at = "texts"
        texts = [None if item is None else decoded_text(item) for item in read_kept(parts, "text_ends", at, docs)]
        at = "vocabulary"
        words = [decoded_text(word) for word in cut(parts["term_ends"], parts["vocabulary"], "I")]
        at = "postings"
        counts: list[dict[str, int]] = [{} for _ in ids]
        for number, word in enumerate(words):
            count, start = struct.unpack_from("<II", parts["lists"], number * 8)
            for place, tf in read_list(parts["postings"][start * 4 : -16], count, docs):
                counts[place][word] = tf
    except Damaged:
        raise sections.damaged(KIND, opened[NAMES.index(at)]) from None
    for doc_id, count_of, text, metadata in zip(ids, counts, texts, known, strict=True):
        index._add(doc_id, count_of, text, metadata)
    return index


def cut(section: bytes, body: bytes, form: str) -> list[bytes]:
    """The strings whose ends a section holds."""
    out = []
    start = 0
    for (end,) in struct.iter_unpack(f"<{form}", section):
        if not start <= end <= len(body):
            raise Damaged
        out.append(body[start:end])
        start = end
    return out


def read_kept(parts: dict[str, bytes], ends_of: str, name: str, docs: int) -> list[bytes | None]:
    if not parts[ends_of]:
        return [None] * docs
    return [item[1:] if item else None for item in cut(parts[ends_of], parts[name], "Q")]


def written_options(index: "BM25") -> bytes:
    words = index.analyzer
    stopwords = sorted(words.stopwords, key=str.encode)
    return (
        struct.pack("<ddd", index.k1, index.b, index.delta)
        + bytes([VARIANTS.index(index.variant), index.store_text, words.is_plain])
        + bytes([STEMMERS.index(words.stemmer), CUTS.index(words.cjk), words.fold_accents])
        + struct.pack("<II", words.min_length, words.max_length)
        + varint(len(stopwords))
        + b"".join(counted(word.encode()) for word in stopwords)
    )


def key_of(doc_id: "DocId") -> bytes:
    return b"\x01" + struct.pack("<q", doc_id) if isinstance(doc_id, int) else b"\x00" + doc_id.encode()


def read_options(section: bytes, make_index: "type[BM25]", make_analyzer: "type[Analyzer]") -> "BM25":
    reader = Reader(section)
    k1, b, delta = (reader.unpack("d") for _ in range(3))
    variant, store_text, plain, stemmer, cut, fold_accents = reader.take(6)
    if (
        variant >= len(VARIANTS)
        or stemmer >= len(STEMMERS)
        or cut >= len(CUTS)
        or max(store_text, plain, fold_accents) > 1
    ):
        raise Damaged
    min_length, max_length = reader.unpack("I"), reader.unpack("I")
    words = [reader.text() for _ in range(reader.varint())]
    reader.end()
    names: dict[str, Any] = {"stemmer": STEMMERS[stemmer], "cjk": CUTS[cut], "fold_accents": bool(fold_accents)}
    try:
        analyzer = (
            make_analyzer.plain()
            if plain
            else make_analyzer(stopwords=words, min_length=min_length, max_length=max_length, **names)
        )
        index = make_index(k1, b, delta, VARIANTS[variant], analyzer, bool(store_text))
    except ParitasError:
        raise Damaged from None
    if written_options(index) != section:  # another form of the same
        raise Damaged
    return index


def read_id(key: bytes) -> "DocId":
    if key[:1] == b"\x00":
        return decoded_text(key[1:])
    if key[:1] == b"\x01" and len(key) == 9:
        number: int = struct.unpack("<q", key[1:])[0]
        return number
    raise Damaged
