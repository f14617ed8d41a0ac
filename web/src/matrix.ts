import { withText } from "./convert.js";
import { cosineSimilarity } from "./cosine.js";
import { isOne, type Matrix, matrix, oneRow, type Rows, type Vector, withFloats } from "./floats.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import { QuantizedVectors } from "./quantize.js";

/** What nearness means. */
export type Metric =
  "cosine" | "dot" | "euclidean" | "squared_euclidean" | "Cosine" | "DotProduct" | "Euclidean" | "SquaredEuclidean";

export interface MatrixOptions {
  /** The length of a row of a flat `Float32Array`. */
  dim?: number;
}

export interface SimilarityOptions extends MatrixOptions {
  /** true, the default, gives cosines, false dot products. */
  normalize?: boolean;
}

function scores(queries: Rows, corpus: Rows | QuantizedVectors, normalize: boolean): Float32Array {
  if (corpus instanceof QuantizedVectors) {
    return withFloats(queries.values, (x) =>
      unwrap(core().quantizedSimilarities(corpus.handle, x, queries.rows, queries.dim, normalize)).f32s(),
    );
  }
  return withFloats(queries.values, (x) =>
    withFloats(corpus.values, (y) =>
      unwrap(core().similarityMatrix(x, queries.rows, queries.dim, y, corpus.rows, corpus.dim, normalize)).f32s(),
    ),
  );
}

/** Where vectors are searched. */
export type Corpus = Matrix | QuantizedVectors;

/** @internal */
export function corpusOf(corpus: Corpus, dim: number | undefined): Rows | QuantizedVectors {
  return corpus instanceof QuantizedVectors ? corpus : matrix(corpus, dim);
}

/**
 * Every query against every row of the corpus, with the bits of the scalar functions.
 *
 * @returns queries * corpus scores, row by row
 * @throws ParitasError `length_mismatch` for rows of two lengths, `invalid_argument` for ragged rows, `out_of_range`,
 *   naming row and column
 */
export function similarityMatrix(queries: Matrix, corpus: Corpus, options: SimilarityOptions = {}): Float32Array {
  const { dim, normalize = true } = options;
  return scores(matrix(queries, dim), corpusOf(corpus, dim), normalize);
}

/** `similarityMatrix` by its published name. */
export const cosineSimilarityMatrix = similarityMatrix;

/**
 * Cosines by rank: a vector with a matrix gives one score for each row, two matrices all pairs row by row, two vectors one
 * number. An empty array is a matrix without rows.
 */
export function cosineSimilarityBatch(
  a: Vector | Matrix,
  b: Vector | Corpus,
  { dim }: MatrixOptions = {},
): Float32Array | number {
  const oneA = isOne(a) && !(Array.isArray(a) && a.length === 0) && dim === undefined;
  if (b instanceof QuantizedVectors) return scores(oneA ? oneRow(a as Vector) : matrix(a as Matrix, dim), b, true);
  const oneB = isOne(b) && !(Array.isArray(b) && b.length === 0) && dim === undefined;
  if (oneA && oneB) return cosineSimilarity(a as Vector, b as Vector);
  const rows = (value: Vector | Matrix, one: boolean): Rows =>
    one ? oneRow(value as Vector) : matrix(value as Matrix, dim);
  return oneB ? scores(oneRow(b as Vector), rows(a, oneA), true) : scores(rows(a, oneA), rows(b, oneB), true);
}

/** The cosine of one query with every row of the corpus. */
export function batchCosineSimilarity(query: Vector, corpus: Corpus, { dim }: MatrixOptions = {}): Float32Array {
  return scores(oneRow(query), corpusOf(corpus, dim), true);
}

/** dot(normalize(query), row) for every row of a corpus that is trusted to be normalised. */
export function batchCosineSimilarityNormalized(
  query: Vector,
  normalizedCorpus: Matrix,
  { dim }: MatrixOptions = {},
): Float32Array {
  const one = oneRow(query);
  const corpus = matrix(normalizedCorpus, dim);
  return withFloats(one.values, (x) =>
    withFloats(corpus.values, (y) => unwrap(core().normalizedRow(x, one.dim, y, corpus.rows, corpus.dim)).f32s()),
  );
}

/**
 * Every row against every other: rows * rows distances, symmetric, with a diagonal of exactly 0; `cosine` is 1 - cosine,
 * `dot` is -dot.
 *
 * @throws ParitasError `invalid_argument` for another metric
 */
export function pairwiseDistances(
  vectors: Matrix,
  metric: Metric = "cosine",
  { dim }: MatrixOptions = {},
): Float32Array {
  const rows = matrix(vectors, dim);
  return withText(metric, (name, bytes) =>
    withFloats(rows.values, (at) => unwrap(core().pairwiseDistances(at, rows.rows, rows.dim, name, bytes)).f32s()),
  );
}
