import type { SelfcheckReport } from "./selfcheck.js";
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

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

export type Outcome<T> = { readonly value: T; readonly error?: undefined } | { readonly error: Failure };

export interface RawModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF64: Float64Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  readonly Random: { create(seed: string): RawRandom };
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
}
