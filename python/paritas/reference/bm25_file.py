"""The bytes of a BM25 index, as core/src/retrieve/bm25_snapshot.cpp writes them; the layout stands there."""

import struct
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.metadata import Damaged, Reader, counted, decoded, decoded_text, encoded, varint
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.analyzer import Analyzer
    from paritas.reference.bm25 import BM25, DocId

NAMES = ("options", "ids", "lengths", "vocabulary", "postings", "metadata", "texts")
VARIANTS = ("lucene", "okapi", "robertson", "atire", "bm25l", "bm25+")
STEMMERS = ("none", "light", "english")
CUTS = ("bigram", "unigram", "run")
HEADER, ENTRY, ALIGN = 64, 32, 64


def written(index: "BM25") -> bytes:
    place = {doc_id: i for i, doc_id in enumerate(index.documents)}
    documents = index.documents.values()
    terms = sorted(index.postings, key=str.encode)
    sections = [
        written_options(index),
        varint(len(index.documents)) + b"".join(counted(key_of(doc_id)) for doc_id in index.documents),
        b"".join(struct.pack("<I", document.length) for document in documents),
        varint(len(terms)) + b"".join(counted(term.encode()) for term in terms),
        b"".join(
            written_postings(sorted((place[doc_id], tf) for doc_id, tf in index.postings[term].items()))
            for term in terms
        ),
        b"".join(optional(None if document.metadata is None else encoded(document.metadata)) for document in documents),
        b"".join(optional(None if document.text is None else document.text.encode()) for document in documents),
    ]
    table = b""
    body = b""
    start = HEADER + len(sections) * ENTRY
    end = start
    for number, section in enumerate(sections):
        body += bytes(-end % ALIGN) + section
        end += -end % ALIGN
        table += struct.pack("<IIQQQ", number, 0, end, len(section), xxh3_64(section))
        end += len(section)
    header = b"PBM1" + struct.pack("<IIIQQ", 1, 0, len(sections), end, xxh3_64(table)) + bytes(24)
    return header + struct.pack("<Q", xxh3_64(header)) + table + body


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


def written_postings(postings: list[tuple[int, int]]) -> bytes:
    out = varint(len(postings))
    following = 0
    for place, tf in postings:
        out += varint((place - following) * 4 + min(tf - 1, 3))
        if tf > 3:
            out += varint(tf - 4)
        following = place + 1
    return out


def key_of(doc_id: "DocId") -> bytes:
    return b"\x01" + struct.pack("<q", doc_id) if isinstance(doc_id, int) else b"\x00" + doc_id.encode()


def optional(data: bytes | None) -> bytes:
    return b"\x00" if data is None else varint(len(data) + 1) + data


def read(data: bytes, make_index: "type[BM25]", make_analyzer: "type[Analyzer]") -> "BM25":
    sections, starts = opened(data)
    readers = dict(zip(NAMES, map(Reader, sections), strict=True))
    at = "options"
    try:
        index = read_options(sections[0], make_index, make_analyzer)
        ids: list[DocId] = []
        lengths = []
        at = "ids"
        count = readers["ids"].varint()
        if count > len(sections[1]):
            raise Damaged
        at = "lengths"
        if len(sections[2]) != 4 * count:
            raise Damaged
        known = []
        for _ in range(count):
            at = "ids"
            ids.append(read_id(readers["ids"].counted()))
            lengths.append(readers["lengths"].unpack("I"))
            at = "metadata"
            data_of = read_optional(readers["metadata"])
            metadata = None if data_of is None else decoded(data_of)
            at = "texts"
            body = read_optional(readers["texts"])
            if body is not None and not index.store_text:
                raise Damaged
            known.append((None if body is None else decoded_text(body), metadata))
        at = "ids"
        if len(set(ids)) != len(ids):
            raise Damaged
        for at in ("ids", "metadata", "texts"):
            readers[at].end()
        at = "vocabulary"
        words: list[str] = []
        counts: list[dict[str, int]] = [{} for _ in ids]
        left = list(lengths)  # occurrences that no posting has told of yet
        for _ in range(readers["vocabulary"].varint()):
            at = "vocabulary"
            word = readers["vocabulary"].text()
            if words and word.encode() <= words[-1].encode():
                raise Damaged
            words.append(word)
            at = "postings"
            for place, tf in read_postings(readers["postings"], count):
                if tf > left[place]:
                    raise Damaged
                left[place] -= tf
                counts[place][word] = tf
        for at in ("vocabulary", "postings"):
            readers[at].end()
        at = "lengths"
        if any(left):
            raise Damaged
    except Damaged:
        raise corrupt(f"section {at} is damaged", starts[NAMES.index(at)]) from None
    for doc_id, count_of, (text, metadata) in zip(ids, counts, known, strict=True):
        index._add(doc_id, count_of, text, metadata)
    return index


def corrupt(what: str, offset: int) -> ParitasError:
    return ParitasError("corrupt_data", f"these bytes are no BM25 index of version 1: {what}", offset)


def opened(data: bytes) -> tuple[list[bytes], list[int]]:
    """The sections whose sums are right, and where they start."""
    if len(data) < HEADER or data[:4] != b"PBM1":
        raise corrupt("they do not begin with PBM1", 0)
    version, flags, count, size, table_sum = struct.unpack("<IIIQQ", data[4:32])
    if struct.unpack("<Q", data[HEADER - 8 : HEADER])[0] != xxh3_64(data[: HEADER - 8]):
        raise corrupt("the header is damaged", 0)
    if version != 1:
        message = f"this BM25 index has format {version}: this Paritas reads format 1"
        raise ParitasError("corrupt_data", message, 4)
    if flags != 0 or count != len(NAMES) or any(data[32:56]):
        raise corrupt("the header is damaged", 0)
    if size != len(data):
        raise corrupt("they are cut off, or something follows", len(data))
    end = HEADER + count * ENTRY
    table = data[HEADER:end]
    if xxh3_64(table) != table_sum:
        raise corrupt("the table of sections is damaged", HEADER)
    sections = []
    starts = []
    for i, name in enumerate(NAMES):
        number, zero, offset, length, total = struct.unpack_from("<IIQQQ", table, i * ENTRY)
        start = end + -end % ALIGN
        if number != i or zero != 0 or offset != start or length > len(data) - start:
            raise corrupt("the table of sections is damaged", HEADER + i * ENTRY)
        if any(data[end:start]):
            raise corrupt("there is something between the sections", end)
        end = start + length
        sections.append(data[start:end])
        starts.append(start)
        if xxh3_64(sections[-1]) != total:
            raise corrupt(f"section {name} is damaged", start)
    if end != len(data):
        raise corrupt("something follows the last section", end)
    return sections, starts


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


def read_optional(reader: Reader) -> bytes | None:
    size = reader.varint()
    return None if size == 0 else reader.take(size - 1)


def read_postings(reader: Reader, count: int) -> list[tuple[int, int]]:
    holders = reader.varint()
    if not 0 < holders <= count:
        raise Damaged
    out = []
    following = 0
    for _ in range(holders):
        code = reader.varint()
        tf = code % 4 + 1 + (reader.varint() if code % 4 == 3 else 0)
        if code // 4 >= count - following or tf > 2**32:
            raise Damaged
        place = following + code // 4
        out.append((place, tf))
        following = place + 1
    return out
