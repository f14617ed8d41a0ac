import assert from "node:assert/strict";
import test from "node:test";
import {
  chunkByChars,
  chunkByParagraphs,
  chunkBySentences,
  chunkId,
  chunkWithOverlap,
  contextWindow,
  createChunks,
  expandToParent,
  findLineBoundaries,
  getChunker,
  HierarchicalChunker,
  init,
  lineAtOffset,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const levels = (text) => new HierarchicalChunker({ sizes: [80, 30], overlaps: [0, 0] }).chunk(text);
const CALLS = {
  chunk_with_overlap: ({ text, chunk_size, overlap }) =>
    chunkWithOverlap(text, chunk_size, overlap).map((chunk) => [
      [chunk.startOffset, chunk.endOffset],
      chunk.startLine,
      chunk.endLine,
      chunk.overlapPrev,
    ]),
  find_line_boundaries: ({ text }) => findLineBoundaries(text),
  line_at_offset: ({ text, offset }) => lineAtOffset(text, offset),
  chunk_id: ({ source_id, index, text }) => chunkId(source_id, index, text),
  chunk_by_sentences: ({ text, chunk_size, overlap }) => chunkBySentences(text, chunk_size, overlap),
  chunk_by_chars: ({ text, chunk_size, overlap }) => chunkByChars(text, chunk_size, overlap),
  chunk_by_paragraphs: ({ text, chunk_size, overlap }) => chunkByParagraphs(text, chunk_size, overlap),
  create_chunks: ({ text, source_id, custom }) =>
    createChunks(text, source_id, custom).map((chunk) => [
      chunk.chunkId,
      chunk.sourceId,
      chunk.chunkIndex,
      chunk.totalChunks,
      chunk.text,
      chunk.startLine,
      chunk.endLine,
      chunk.headings,
      chunk.custom,
    ]),
  get_chunker: ({ name, options, text }) => {
    const camel = Object.entries(options).map(([key, value]) => [
      key.replace(/_[a-z]/g, (end) => end[1].toUpperCase()),
      value,
    ]);
    return getChunker(name, Object.fromEntries(camel)).splitText(text);
  },
  expand_to_parent: ({ text, index }) => expandToParent(levels(text), index).index,
  context_window: ({ text, index, before, after }) => contextWindow(levels(text), index, before, after),
};

for (const { id, given, expect } of loadVectors("line_chunks")) {
  test(`${given.call}: ${id}`, () => {
    assert.deepEqual(
      outcome(() => CALLS[given.call](given)),
      expect,
    );
  });
}
