"""FactStore: texts that answers may lean on, by tenant, ranked by BM25 over what verify knows a text by."""

import os
import struct
import sys
from typing import Any

from paritas._files import read_whole, write_whole
from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.analysis import Analysis
from paritas.reference.analyzer import Analyzer, invalid
from paritas.reference.bm25 import BM25, DocId, as_id, counted
from paritas.reference.bm25_file import key_of, read_id
from paritas.reference.convert import text as as_text
from paritas.reference.convert import whole
from paritas.reference.metadata import Damaged, Reader, checked, decoded, decoded_text, encoded, varint
from paritas.reference.metadata import counted as with_size
from paritas.reference.xxh3 import xxh3_64
from paritas.results import Fact, Metadata

HEADER = 32


def fact_terms(text: str) -> list[str]:
    """The content stems of a text and a term for each of its numbers, in the order in which they begin."""
    analysis = Analysis(text)
    begins = {amount.first: amount for amount in analysis.numbers}
    terms = []
    for at, token in enumerate(analysis.tokens):
        amount = begins.get(at)
        if amount is None:
            terms += token.stems
        elif amount.kind == "date":
            terms.append(f"#{amount.year}-{amount.month}-{amount.day}")
        else:
            value = amount.value * amount.factor + 0.0  # never -0.0
            terms.append(f"#{value!r}{amount.dimension}")
    return terms


class _Index(BM25):
    """The facts of one tenant. An answer may have more different terms than a query of the user's own."""

    most_terms = sys.maxsize


class FactStore:
    """Facts by tenant, found by BM25 over content stems and numbers; a tenant never sees or influences another."""

    def __init__(self, k1: float = 1.2, b: float = 0.75) -> None:
        first = _Index(k1, b, analyzer=Analyzer.plain(), store_text=True)
        self.k1, self.b = first.k1, first.b
        self._tenants: dict[str, _Index] = {}

    def _of(self, tenant_id: str) -> _Index:
        return self._tenants.get(tenant_id) or _Index(self.k1, self.b, analyzer=Analyzer.plain(), store_text=True)

    def add(self, fact_id: DocId, text: str, tenant_id: str = "", metadata: Metadata | None = None) -> bool:
        """Adds a fact, or replaces the one of that id, which moves to the end. True if the id is new."""
        fact_id, text, tenant_id = as_id(fact_id), as_text(text), as_text(tenant_id)
        known = None if metadata is None else checked(metadata)
        return self._put(tenant_id, fact_id, text, known)

    def _put(self, tenant_id: str, fact_id: DocId, text: str, metadata: Metadata | None) -> bool:
        index = self._tenants.setdefault(tenant_id, self._of(tenant_id))
        return index._add(fact_id, counted(fact_terms(text)), text, metadata)

    def remove(self, fact_id: DocId, tenant_id: str = "") -> bool:
        """Removes a fact. True if there was one."""
        fact_id, tenant_id = as_id(fact_id), as_text(tenant_id)
        removed = self._of(tenant_id).remove(fact_id)
        if removed and self._of(tenant_id).count() == 0:
            del self._tenants[tenant_id]
        return removed

    def get(self, fact_id: DocId, tenant_id: str = "") -> Fact | None:
        """The Fact of that id with score 0.0, or None."""
        fact_id, tenant_id = as_id(fact_id), as_text(tenant_id)
        return self._fact(self._of(tenant_id), fact_id, 0.0)

    @staticmethod
    def _fact(index: _Index, fact_id: DocId, score: float) -> Fact | None:
        found = index.get(fact_id)
        return None if found is None else Fact(found.id, found.text or "", score, found.metadata)

    def count(self, tenant_id: str = "") -> int:
        """How many facts a tenant has."""
        return self._of(as_text(tenant_id)).count()

    def clear(self, tenant_id: str = "") -> None:
        """Removes all facts of a tenant."""
        self._tenants.pop(as_text(tenant_id), None)

    def tenants(self) -> list[str]:
        """The tenants that have facts, sorted by code points."""
        return sorted(self._tenants)

    def query(self, text: str, k: int = 5, tenant_id: str = "") -> list[Fact]:
        """The best facts of a tenant: score descending, then order of adding; none that shares no term."""
        text, k, tenant_id = as_text(text), whole(k), as_text(tenant_id)
        if k < 0:
            raise invalid("k must be at least 0")
        index = self._of(tenant_id)
        facts = [
            self._fact(index, fact_id, score)
            for fact_id, score in index._best(fact_terms(text), k, 0.0, lambda _: True)
        ]
        return [fact for fact in facts if fact is not None]

    def retrieve_context(self, query: str, top_k: int = 5, tenant_id: str = "") -> str | None:
        """The texts of the best facts joined by "; ", or None when there is none."""
        query, top_k, tenant_id = as_text(query), whole(top_k), as_text(tenant_id)
        if top_k < 0:
            raise invalid("top_k must be at least 0")
        facts = self.query(query, top_k, tenant_id)
        return "; ".join(fact.text for fact in facts) if facts else None

    # ---- files

    def to_bytes(self) -> bytes:
        """The store in one form: equal facts in equal order give equal bytes, on every target."""
        body = struct.pack("<dd", self.k1, self.b) + varint(len(self._tenants))
        for tenant_id in self.tenants():
            facts = self._tenants[tenant_id].documents.values()
            body += with_size(tenant_id.encode()) + varint(len(facts))
            for fact in facts:
                metadata = None if fact.metadata is None else encoded(fact.metadata)
                body += with_size(key_of(fact.id)) + with_size((fact.text or "").encode()) + optional(metadata)
        header = b"PFS1" + struct.pack("<IQQ", 1, HEADER + len(body), xxh3_64(body))
        return header + struct.pack("<Q", xxh3_64(header)) + body

    @staticmethod
    def from_bytes(data: bytes) -> "FactStore":
        """The store of to_bytes; reads every text again. Errors: corrupt_data for any other bytes."""
        try:
            view = memoryview(data).cast("B")
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        return _read(bytes(view))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes to_bytes() to a file, which is replaced at once or not at all."""
        write_whole(path, self.to_bytes())

    @staticmethod
    def load(path: str | os.PathLike[str]) -> "FactStore":
        """The store that save wrote. Errors: OSError, corrupt_data."""
        return FactStore.from_bytes(read_whole(path))

    def __reduce__(self) -> tuple[Any, ...]:
        return FactStore.from_bytes, (self.to_bytes(),)


GroundTruthStore = FactStore


def _corrupt(what: str, offset: int) -> ParitasError:
    return ParitasError("corrupt_data", f"these bytes are no fact store of version 1: {what}", offset)


def _read(data: bytes) -> FactStore:
    if len(data) < HEADER or data[:4] != b"PFS1":
        raise _corrupt("they do not begin with PFS1", 0)
    version, size, body_sum, header_sum = struct.unpack("<IQQQ", data[4:HEADER])
    if header_sum != xxh3_64(data[: HEADER - 8]):
        raise _corrupt("the header is damaged", 0)
    if version != 1:
        message = f"this fact store has format {version}: this Paritas reads format 1"
        raise ParitasError("corrupt_data", message, 4)
    if size != len(data):
        raise _corrupt("they are cut off, or something follows", len(data))
    if body_sum != xxh3_64(data[HEADER:]):
        raise _corrupt("the facts are damaged", HEADER)
    try:
        return _read_facts(Reader(data[HEADER:]))
    except Damaged:
        raise _corrupt("the facts are damaged", HEADER) from None


def _read_facts(reader: Reader) -> FactStore:
    k1, b = reader.unpack("d"), reader.unpack("d")
    try:
        store = FactStore(k1, b)
    except ParitasError:
        raise Damaged from None
    before: bytes | None = None
    for _ in range(reader.varint()):
        name = reader.counted()
        if before is not None and name <= before:
            raise Damaged
        before = name
        tenant_id, count = decoded_text(name), reader.varint()
        if count == 0:
            raise Damaged
        for _ in range(count):
            fact_id, text = read_id(reader.counted()), reader.text()
            metadata = read_optional(reader)
            known = None if metadata is None else decoded(metadata)
            if not store._put(tenant_id, fact_id, text, known):
                raise Damaged
    reader.end()
    return store


def optional(data: bytes | None) -> bytes:
    return b"\x00" if data is None else varint(len(data) + 1) + data


def read_optional(reader: Reader) -> bytes | None:
    size = reader.varint()
    return None if size == 0 else reader.take(size - 1)
