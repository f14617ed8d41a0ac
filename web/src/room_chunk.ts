import { load, type WasmSource } from "./module.js";
import { chunkUrl } from "./part_chunk.js";
import { firstUrl } from "./part_first.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-chunk.wasm`. */
  chunk?: WasmSource | undefined;
}

/**
 * For cutting texts: what an index is made of.
 *
 * Loads `paritas.wasm` and `paritas-chunk.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { chunk: chunkUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { type Chunk, Chunker, type ChunkSpans, type Length } from "./chunk.js";
export {
  chunkByChars,
  chunkByParagraphs,
  chunkBySentences,
  type ChunkerName,
  contextWindow,
  createChunks,
  expandToParent,
  getChunker,
  type SourceChunk,
} from "./chunking.js";
export { CodeChunker, type CodeChunkerOptions, detectDocType, type DocType } from "./code.js";
export { HierarchicalChunker, type HierarchicalChunkerOptions } from "./hierarchical.js";
export { chunkId, type ChunkInfo, chunkWithOverlap, findLineBoundaries, lineAtOffset } from "./line_chunks.js";
export { countLines } from "./line_count.js";
export { MarkdownChunker, type MarkdownChunkerOptions } from "./markdown.js";
export {
  FixedChunker,
  type PackedChunkerOptions,
  ParagraphChunker,
  SentenceChunker,
  type SentenceChunkerOptions,
  TokenChunker,
} from "./packed_chunkers.js";
export {
  type ChunkDocument,
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
  RecursiveChunker,
  type RecursiveChunkerOptions,
} from "./recursive.js";
export { SemanticChunker, type SemanticChunkerOptions } from "./semantic.js";
export { countTokens, countTokensApprox, countTokensBatch } from "./sizer.js";
