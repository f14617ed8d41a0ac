import type { Bm25Rows, Bm25Stats, Explanation } from "./bm25.js";
import type { Entity } from "./entities.js";
import type { NumberInText } from "./numbers.js";
import type { Cue } from "./polarity.js";
import type { SelfcheckReport } from "./selfcheck.js";
import type { Span } from "./span.js";
import type { Term } from "./terms.js";
import type { OptimizationStats } from "./williams.js";

/** The wasm module as embind shows it; checked against the real one when it loads. */
export interface RawHandle {
  delete(): void;
}

/** Numbers of 64 bits cross as 16 hexadecimal digits. */
export interface RawRandom extends RawHandle {
  next(): string;
  below(count: number): number;
  unit(): number;
}

export interface RawWilliamsSpaceOptimizer extends RawHandle {
  calculateSpaceBound(high: number, low: number, out: number): void;
  optimizeBatchSize(
    high: number,
    low: number,
    availableMemoryMb: number,
    memoryPerItemMb: number,
    strictMemory: boolean,
  ): Outcome<number>;
  calculateConfidenceMultiplier(high: number, low: number, base: number, regime: number, bytes: number): number;
  spaceEfficiencyHistory(): Float64Array;
  maxEfficiencyAchieved(): number;
  getOptimizationStats(): OptimizationStats;
  resetStats(): void;
}

export interface RawAnalyzerOptions {
  stemmer: string;
  cjk: string;
  foldAccents: boolean;
  minLength: number;
  maxLength: number;
}

/** Lists come as the blocks of packed.ts. */
export interface RawAnalyzer extends RawHandle {
  analyze(at: number, bytes: number): Uint8Array;
  spans(at: number, bytes: number): Uint8Array;
}

export interface RawBm25Options {
  k1: number;
  b: number;
  delta: number;
  variant: string;
  storeText: boolean;
}

export interface RawBm25 extends RawHandle {
  addDocument(at: number, bytes: number): Outcome<boolean>;
  addTokens(at: number, bytes: number): Outcome<boolean>;
  addDocuments(at: number, bytes: number, modeAt: number, modeBytes: number): Outcome<number>;
  remove(at: number, bytes: number): boolean;
  removeMany(at: number, bytes: number): number;
  clear(): void;
  query(at: number, bytes: number, nResults: number, minScore: number): Outcome<Uint8Array>;
  queryTokens(at: number, bytes: number, nResults: number, minScore: number): Outcome<Uint8Array>;
  queryBatch(at: number, bytes: number, nResults: number, minScore: number): Outcome<Uint8Array>;
  queryBatchArrays(at: number, bytes: number, nResults: number, minScore: number): Outcome<Bm25Rows>;
  getScores(at: number, bytes: number): Outcome<Float64Array>;
  explain(at: number, bytes: number): Outcome<Explanation>;
  count(): number;
  contains(at: number, bytes: number): boolean;
  get(at: number, bytes: number): Uint8Array;
  ids(): Uint8Array;
  stats(): Bm25Stats;
  toBytes(): Uint8Array;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

export type Outcome<T> = { readonly value: T; readonly error?: undefined } | { readonly error: Failure };

export interface RawEmbeddingIndex extends RawHandle {
  add(at: number, rows: number, dim: number, labels: number): Outcome<boolean>;
  query(at: number, dim: number, k: number, threshold: number): Outcome<Float64Array>;
  similarities(at: number, dim: number): Outcome<Float32Array>;
  size(): number;
  dim(): number;
}

/** `filter`: 0 none, 1 row numbers as float64, 2 a byte for each row. */
export interface RawTopKAsk {
  k: number;
  normalized: boolean;
  limited: boolean;
  threshold: number;
  filter: number;
}

export interface RawModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  readonly Random: { create(seed: string): RawRandom };
  analyzerDefaults(): RawAnalyzerOptions;
  readonly Analyzer: {
    create(options: RawAnalyzerOptions, named: string | undefined, at: number, bytes: number): Outcome<RawAnalyzer>;
    plain(): RawAnalyzer;
  };
  bm25Defaults(): RawBm25Options;
  bm25CallDefaults(): { nResults: number; minScore: number; onDuplicate: string };
  readonly Bm25: {
    create(options: RawBm25Options, analyzer: RawAnalyzer): Outcome<RawBm25>;
    fromBytes(at: number, bytes: number): Outcome<RawBm25>;
  };
  exp(x: number): number;
  log(x: number): number;
  log2(x: number): number;
  xxh3_64(at: number, bytes: number, seed: string): string;
  xxh3_128(at: number, bytes: number, seed: string): string;
  fold(at: number, bytes: number, keepAccents: boolean): string;
  stem(at: number, bytes: number): string;
  selfcheck(cases: number): Outcome<string>;
  selfcheckCases(): number;
  selfcheckReport(cases: number): Outcome<SelfcheckReport>;
  terms(at: number, bytes: number): Term[];
  sentences(at: number, bytes: number): Span[];
  splitClaims(at: number, bytes: number, atomic: boolean): Float64Array;
  extractNumbers(at: number, bytes: number): NumberInText[];
  extractEntities(at: number, bytes: number): Entity[];
  extractCues(at: number, bytes: number): Cue[];
  entityOverlap(a: number, aBytes: number, b: number, bBytes: number): number;
  /** 1, 0, or -1 for nothing to compare. */
  numericalConsistency(a: number, aBytes: number, b: number, bBytes: number): number;
  negationFlip(a: number, aBytes: number, b: number, bBytes: number): boolean;
  traceability(a: number, aBytes: number, b: number, bBytes: number): number;
  signals(a: number, aBytes: number, b: number, bBytes: number): Float64Array;
  signalsBatch(a: number, aBytes: number, b: number, bBytes: number): Outcome<Float64Array>;
  trendDrop(values: number, count: number): number;
  batchSizeDefaults(): { memoryPerItemMb: number; strictMemory: boolean };
  optimalBatchSize(
    high: number,
    low: number,
    availableMemoryMb: number,
    memoryPerItemMb: number,
    strictMemory: boolean,
  ): Outcome<number>;
  defaultRegime(): string;
  defaultBaseConfidence(): number;
  defaultHistoryLimit(): number;
  spaceBound(high: number, low: number, out: number): void;
  spaceBoundBatch(t: number, count: number, bound: number, efficiency: number, reduction: number): void;
  confidenceMultiplier(high: number, low: number, regime: number, bytes: number): number;
  confidenceMultiplierBatch(n: number, count: number, regime: number, bytes: number, out: number): void;
  williamsSpaceBound(high: number, low: number): number;
  williamsOptimalBatchSize(high: number, low: number): number;
  williamsEfficiencyMultiplier(high: number, low: number): number;
  williamsSpaceSavedPercent(high: number, low: number): number;
  williamsConfidenceMultiplier(high: number, low: number, base: number): number;
  readonly WilliamsSpaceOptimizer: { create(historyLimit: number): Outcome<RawWilliamsSpaceOptimizer> };
  sameLength(a: number, b: number): Outcome<boolean>;
  dotProduct(a: number, b: number, count: number): number;
  cosineSimilarity(a: number, b: number, count: number): number;
  cosineDistance(a: number, b: number, count: number): number;
  squaredEuclidean(a: number, b: number, count: number): number;
  euclideanDistance(a: number, b: number, count: number): number;
  norm(at: number, count: number): number;
  normalizeRows(at: number, rows: number, dim: number): Outcome<Float32Array>;
  similarityMatrix(
    queries: number,
    height: number,
    queryDim: number,
    corpus: number,
    rows: number,
    dim: number,
    normalize: boolean,
  ): Outcome<Float32Array>;
  normalizedRow(query: number, queryDim: number, corpus: number, rows: number, dim: number): Outcome<Float32Array>;
  pairwiseDistances(at: number, rows: number, dim: number, metric: number, bytes: number): Outcome<Float32Array>;
  topK(
    queries: number,
    height: number,
    queryDim: number,
    corpus: number,
    rows: number,
    dim: number,
    metric: number,
    metricBytes: number,
    ask: RawTopKAsk,
    filter: number,
    filterCount: number,
  ): Outcome<Float64Array>;
  topKDefault(): number;
  readonly EmbeddingIndex: { create(): RawEmbeddingIndex };
}
