import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { searchUrl } from "./part_search.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-search.wasm`. */
  search?: WasmSource | undefined;
}

/**
 * For search by words, by vectors and by both.
 *
 * Loads `paritas.wasm` and `paritas-search.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { search: searchUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { Analyzer, type AnalyzerOptions } from "./analyzer.js";
export {
  BM25,
  type AddOptions,
  type Bm25Options,
  type Bm25Rows,
  type Bm25Settings,
  type Bm25Stats,
  type Document,
  type Explanation,
  type Hit,
  type QueryOptions,
  type TermScore,
} from "./bm25.js";
export { EmbeddingIndex } from "./embedding_index.js";
export { matchesFilter, type Filter, type FilterCondition, type FilterOperators } from "./filter.js";
export { rrf, weightedFusion, type FusionOptions, type Ranked, type RrfOptions, type Scored } from "./fusion.js";
export { HNSWIndex, type HnswAddOptions, type HnswOptions, type HnswSearchOptions, type HnswStats } from "./hnsw.js";
export {
  HybridIndex,
  type Embed,
  type HybridOptions,
  type HybridQuery,
  type HybridQueryOptions,
  type HybridResult,
} from "./hybrid.js";
export { type Metadata, type MetadataScalar } from "./metadata.js";
export { type DocId } from "./packed.js";
export { hammingDistance, quantize, QuantizedVectors, type QuantizedDtype } from "./quantize.js";
export { type AnyFilter } from "./selection.js";
export type { Span } from "./span.js";
export {
  VectorIndex,
  type VectorAddOptions,
  type VectorBatchOptions,
  type VectorDocument,
  type VectorHit,
  type VectorIndexOptions,
  type VectorIndexStats,
  type VectorQueryOptions,
  type VectorRows,
} from "./vector_index.js";
export type { Matrix, Vector } from "./floats.js";
