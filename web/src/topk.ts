import { number, whole, withDoubles, withHeap, withText } from "./convert.js";
import { isOne, type Matrix, matrix, oneRow, type Rows, type Vector, withFloats } from "./floats.js";
import { type Corpus, corpusOf, type MatrixOptions, type Metric } from "./matrix.js";
import { core, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";
import { QuantizedVectors } from "./quantize.js";

/** The row of the corpus and its score. */
export type Neighbour = [index: number, score: number];

export interface TopKOptions extends MatrixOptions {
  /** Keeps scores >= it; none keeps all. */
  threshold?: number | null;
  /** Row numbers, or a boolean for each row: only these are looked at. */
  filterIds?: ArrayLike<number> | readonly boolean[] | null;
  /**
   * For QuantizedVectors, the vectors that were quantised: the best k * oversample rows are ranked anew by exact scores, to
   * which the threshold then applies.
   */
  rescore?: Matrix | null;
  oversample?: number;
}

interface Ask extends TopKOptions {
  normalized?: boolean;
}

function withFilter<T>(ids: TopKOptions["filterIds"], call: (kind: number, at: number, count: number) => T): T {
  if (ids === undefined || ids === null) return call(0, 0, 0);
  if (typeof ids[0] !== "boolean") {
    const numbers = Array.from(ids as ArrayLike<number>, whole);
    return withDoubles(numbers, (at, count) => call(1, at, count));
  }
  const mask = Uint8Array.from(ids as ArrayLike<boolean>, (item) => {
    if (typeof item !== "boolean") throw new ParitasTypeError(`a boolean is needed, not ${typeof item}`);
    return Number(item);
  });
  return withHeap(mask.length, (at) => {
    core().HEAPU8.set(mask, at);
    return call(2, at, mask.length);
  });
}

/** The hits at `at` of a flat answer, and where the next ones begin. */
export function hitsAt(flat: Float64Array, at: number): { hits: Neighbour[]; next: number } {
  const next = at + 1 + 2 * flat[at]!;
  const hits: Neighbour[] = [];
  for (let i = at + 1; i < next; i += 2) hits.push([flat[i]!, flat[i + 1]!]);
  return { hits, next };
}

function flatHits(queries: Rows, corpus: Rows, k: number, metric: string, ask: Ask): Float64Array {
  const { threshold = null, normalized = false } = ask;
  if (ask.rescore) unwrap(core().rescoreNeedsQuantized());
  return withText(metric, (name, bytes) =>
    withFloats(queries.values, (x) =>
      withFloats(corpus.values, (y) =>
        withFilter(ask.filterIds, (filter, filterAt, count) => {
          const limited = threshold !== null;
          const least = limited ? number(threshold) : 0;
          return unwrap(
            core().topK(
              ...([x, queries.rows, queries.dim, y, corpus.rows, corpus.dim, name, bytes] as const),
              ...([whole(k), normalized, limited, least, filter, filterAt, count] as const),
            ),
          ).f64s();
        }),
      ),
    ),
  );
}

function quantizedHits(queries: Rows, corpus: QuantizedVectors, k: number, metric: string, ask: Ask): Float64Array {
  const { threshold = null, oversample = core().oversampleDefault() } = ask;
  const exact = ask.rescore ? matrix(ask.rescore, ask.dim) : undefined;
  const lendExact = <T>(call: (at: number) => T): T => (exact ? withFloats(exact.values, call) : call(0));
  return withText(metric, (name, bytes) =>
    withFloats(queries.values, (x) =>
      lendExact((y) =>
        withFilter(ask.filterIds, (filter, filterAt, count) => {
          const limited = threshold !== null;
          const least = limited ? number(threshold) : 0;
          return unwrap(
            core().quantizedTopK(
              ...([corpus.handle, x, queries.rows, queries.dim, name, bytes, whole(k), limited, least] as const),
              ...([filter, filterAt, count, y, exact?.rows ?? 0, exact?.dim ?? 0, whole(oversample)] as const),
            ),
          ).f64s();
        }),
      ),
    ),
  );
}

function search(queries: Rows, corpus: Rows | QuantizedVectors, k: number, metric: string, ask: Ask): Neighbour[][] {
  const flat =
    corpus instanceof QuantizedVectors
      ? quantizedHits(queries, corpus, k, metric, ask)
      : flatHits(queries, corpus, k, metric, ask);
  const out: Neighbour[][] = [];
  for (let at = 0; at < flat.length;) {
    const { hits, next } = hitsAt(flat, at);
    out.push(hits);
    at = next;
  }
  return out;
}

/**
 * The k best rows of the corpus: score descending, ties to the lower index, NaN last.
 *
 * @param query a vector, or an array of vectors, which gives a list for each
 * @param metric "cosine" and "dot" score as they are, "euclidean" and "squared_euclidean" as -distance
 * @param corpus a matrix, or QuantizedVectors: then the query is quantised as they are
 * @throws ParitasError `invalid_argument` for k below 0, another metric or a threshold of NaN, and for rescore of what is
 *   not quantised; `length_mismatch`; `out_of_range`; `not_finite` for a query of int8 vectors
 */
export function topKSimilar(
  query: Vector,
  corpus: Corpus,
  k?: number,
  metric?: Metric,
  options?: TopKOptions,
): Neighbour[];
export function topKSimilar(
  query: readonly Vector[],
  corpus: Corpus,
  k?: number,
  metric?: Metric,
  options?: TopKOptions,
): Neighbour[][];
export function topKSimilar(
  query: Vector | readonly Vector[],
  corpus: Corpus,
  k: number = core().topKDefault(),
  metric: Metric = "cosine",
  options: TopKOptions = {},
): Neighbour[] | Neighbour[][] {
  return ranked(query, corpus, k, metric, options);
}

function ranked(query: Vector | readonly Vector[], corpus: Corpus, k: number, metric: Metric, ask: Ask) {
  const one = isOne(query);
  const found = search(one ? oneRow(query) : matrix(query), corpusOf(corpus, ask.dim), k, metric, ask);
  return one ? found[0]! : found;
}

/** Row numbers and scores of all queries, k for each, padded with -1 and NaN: no object for each hit. */
export interface TopKArrays {
  indices: Int32Array;
  scores: Float32Array;
}

/** `topKSimilar` for many queries as flat arrays. */
export function topKArrays(
  queries: Vector | Matrix,
  corpus: Corpus,
  k: number = core().topKDefault(),
  metric: Metric = "cosine",
  options: TopKOptions = {},
): TopKArrays {
  const flat = isOne(queries) && options.dim === undefined;
  const rows = flat ? oneRow(queries as Vector) : matrix(queries as Matrix, options.dim);
  const found = search(rows, corpusOf(corpus, options.dim), k, metric, options);
  const indices = new Int32Array(found.length * k).fill(-1);
  const scores = new Float32Array(found.length * k).fill(NaN);
  found.forEach((hits, i) =>
    hits.forEach(([index, score], j) => {
      indices[i * k + j] = index;
      scores[i * k + j] = score;
    }),
  );
  return { indices, scores };
}

/** `topKSimilar` with cosines, by its published name. */
export function batchCosineSimilarityTopk(
  query: Vector,
  corpus: Corpus,
  k: number = core().topKDefault(),
  options: MatrixOptions = {},
): Neighbour[] | Neighbour[][] {
  return ranked(query, corpus, k, "cosine", options);
}

/** `topKSimilar` by dot(normalize(query), row) over a corpus that is trusted to be normalised. */
export function topKSimilarNormalized(
  query: Vector,
  normalizedCorpus: Matrix,
  k: number = core().topKDefault(),
  options: MatrixOptions = {},
): Neighbour[] | Neighbour[][] {
  return ranked(query, normalizedCorpus, k, "cosine", { ...options, normalized: true });
}
