import type { Reply } from "./raw.js";

/** What paritas-chunk.wasm exports. */
export interface RawChunk {
  countLines(at: number, bytes: number): number;

  chunkCodeDefaults(): Reply;
  chunkCodeCreate(at: number, bytes: number): Reply;
  chunkDocType(at: number, bytes: number): Reply;

  chunkHierarchicalDefaults(): Reply;
  chunkHierarchicalCreate(at: number, bytes: number): Reply;

  chunkLinesDefaults(): Reply;
  chunkLines(at: number, bytes: number, chunkSize: number, overlap: number): Reply;
  chunkLineBoundaries(at: number, bytes: number): Reply;
  chunkLineAtOffset(at: number, bytes: number, offset: number): Reply;
  chunkId(source: number, sourceBytes: number, index: number, at: number, bytes: number): Reply;

  chunkMarkdownDefaults(): Reply;
  chunkMarkdownCreate(at: number, bytes: number): Reply;
  chunkMarkdownContextual(at: number, bytes: number): Reply;

  chunkSemanticDefaults(): Reply;
  chunkSemanticCreate(at: number, bytes: number): Reply;
  chunkSemanticDelete(self: number): void;
  chunkSemanticTokens(self: number): number;
  chunkSemanticChunk(self: number, at: number, bytes: number, floats: number, rows: number, dim: number): Reply;
  chunkSemanticMissing(): Reply;
  chunkSemanticBatch(rows: number, dim: number, sentences: number, before: number): Reply;
}
