import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
}

/**
 * For vectors as plain arrays; indexes and quantised ones are in `paritas/search`.
 *
 * Loads `paritas.wasm` alone, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, {});
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { cosineDistance, cosineSimilarity } from "./cosine.js";
export { euclideanDistance, squaredEuclidean, squaredEuclideanDistance } from "./distance.js";
export { dotProduct } from "./dot.js";
export type { Matrix, Vector } from "./floats.js";
export {
  batchCosineSimilarity,
  batchCosineSimilarityNormalized,
  cosineSimilarityBatch,
  cosineSimilarityMatrix,
  type MatrixOptions,
  type Metric,
  pairwiseDistances,
  type SimilarityOptions,
  similarityMatrix,
} from "./matrix.js";
export {
  batchNormalizeVectors,
  norm,
  normalize,
  normalizeBatch,
  normalizeBatchInplace,
  normalizeInplace,
} from "./normalize.js";
export {
  batchCosineSimilarityTopk,
  type Neighbour,
  type TopKArrays,
  topKArrays,
  type TopKOptions,
  topKSimilar,
  topKSimilarNormalized,
} from "./topk.js";
