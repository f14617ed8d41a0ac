"""Chunks as documents of frameworks: what create_documents and split_documents do, on both backends."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.results_chunk import ChunkDocument

if TYPE_CHECKING:
    from paritas.reference.recursive import RecursiveChunker


def create_documents(
    chunker: RecursiveChunker, texts: Iterable[str], metadatas: Iterable[dict[str, Any]] | None = None
) -> list[ChunkDocument]:
    if isinstance(texts, str | bytes):
        raise ParitasTypeError("invalid_argument", f"a sequence of str is needed, not {type(texts).__name__}")
    all_texts = list(texts)
    all_metadatas = [{}] * len(all_texts) if metadatas is None else list(metadatas)
    if len(all_texts) != len(all_metadatas):
        message = f"metadatas must be as many as texts, not {len(all_metadatas)} of {len(all_texts)}"
        raise ParitasError("length_mismatch", message)
    documents = []
    for chunks, metadata in zip(chunker.chunk_batch(all_texts, 1), all_metadatas, strict=True):
        for chunk in chunks:
            fields = copy.deepcopy(metadata)
            if chunker._add_start_index:
                fields["start_index"] = chunk.start
            documents.append(ChunkDocument(chunk.text, fields))
    return documents


def split_documents(chunker: RecursiveChunker, docs: Iterable[Any]) -> list[ChunkDocument]:
    texts: list[str] = []
    metadatas: list[dict[str, Any]] = []
    for doc in docs:
        if isinstance(doc, dict):
            text, metadata = doc.get("text", doc.get("page_content")), doc.get("metadata")
        else:
            text, metadata = getattr(doc, "page_content", None), getattr(doc, "metadata", None)
        if not isinstance(text, str):
            needed = "a dict with text, or an object with page_content"
            raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(doc).__name__}")
        texts.append(text)
        metadatas.append(metadata or {})
    return create_documents(chunker, texts, metadatas)
