import { type BatchSizeOptions, flag } from "./batch_size.js";
import { number, settle, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { copyOut, type Integer, type Integers, withIntegers, words } from "./integers.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

// The Williams numbers: S = sqrt(t) * log2(t) and what is computed from it. They keep published OCR back ends running. They
// look at a count and never at a text, so they say nothing about whether a field was read correctly.

/** The published leverages by regime; any other regime has 1. */
export const TSP_LEVERAGE_MULTIPLIERS = Object.freeze({ support: 32.1, exploration: 26.8, balance: 11.5 });
/** Published, not used. */
export const MATHALIVE_GRAVITY_P = 3.86e-48;

/** What is said of one count. */
export interface SpaceBoundResult {
  /** S = sqrt(t) * log2(t); above t for t = 5 to 15. */
  spaceBound: number;
  /** E = t / S; below 1 for t = 5 to 15. */
  efficiency: number;
  /** t as it was given. */
  timeComplexity: Integer;
  /** R = ((t - S) / t) * 100; negative for t = 5 to 15. */
  spaceReductionPercent: number;
}

/** What is said of many counts; null where only the bounds were asked for. */
export interface SpaceBoundBatch {
  spaceBound: Float64Array;
  efficiency: Float64Array | null;
  spaceReductionPercent: Float64Array | null;
}

export interface SpaceBoundBatchOptions {
  /** S alone. */
  boundsOnly?: boolean;
}

/** What an optimizer has recorded, each number rounded to two decimals. */
export interface OptimizationStats {
  averageEfficiency: number;
  maxEfficiency: number;
  operationCount: number;
  /** The sum of E - 1. */
  totalSpaceSaved: number;
}

function result(t: Integer, reply: Reply): SpaceBoundResult {
  const input = unwrap(reply);
  return {
    spaceBound: input.f64(),
    efficiency: input.f64(),
    timeComplexity: t,
    spaceReductionPercent: input.f64(),
  };
}

const defaultRegime = (): string => unwrap(core().defaultRegime()).text();

/** S, E and R of a count; 1, 1 and 0 for counts up to 1. */
export function spaceBound(t: Integer): SpaceBoundResult {
  return result(t, core().spaceBound(...words(t)));
}

/**
 * `spaceBound` for many counts, item for item the same bits.
 *
 * @throws ParitasError as for one count, with the index of the item
 */
export function spaceBoundBatch(t: Integers, options: SpaceBoundBatchOptions = {}): SpaceBoundBatch {
  const boundsOnly = flag(options, "boundsOnly", false);
  return withIntegers(t, boundsOnly ? 1 : 3, (at, count, bound) => {
    const [second, third] = boundsOnly ? [0, 0] : [bound + 8 * count, bound + 16 * count];
    core().spaceBoundBatch(at, count, bound, second, third);
    return {
      spaceBound: copyOut(bound, count),
      efficiency: boundsOnly ? null : copyOut(second, count),
      spaceReductionPercent: boundsOnly ? null : copyOut(third, count),
    };
  });
}

/**
 * The published factor for n extracted fields, from 0.85 to 1: below 1 for 2 to 226,000 fields, so it lowers a score.
 *
 * @param regime "support", "exploration" or "balance"; any other name has the leverage 1
 * @returns exactly 1 for n up to 1
 */
export function confidenceMultiplier(n: Integer, regime: string = defaultRegime()): number {
  const [high, low] = words(n);
  return withText(regime, (at, bytes) => core().confidenceMultiplier(high, low, at, bytes));
}

/** `confidenceMultiplier` for many counts, item for item the same bits. */
export function confidenceMultiplierBatch(n: Integers, regime: string = defaultRegime()): Float64Array {
  return withIntegers(n, 1, (at, count, out) =>
    withText(regime, (name, bytes) => {
      core().confidenceMultiplierBatch(at, count, name, bytes, out);
      return copyOut(out, count);
    }),
  );
}

/** S cut to a whole number; 1 for a target up to 1. The memory is ignored, as published. */
export function calculateOptimalTestDataSize(targetCoverage: Integer, memoryConstraintMb: number = 100): number {
  number(memoryConstraintMb);
  return williamsOptimalBatchSize(targetCoverage);
}

/** S = sqrt(t) * log2(t); 1 for t up to 1. */
export function williamsSpaceBound(t: Integer): number {
  return core().williamsSpaceBound(...words(t));
}

/** S cut to a whole number; 1 for t up to 1. */
export function williamsOptimalBatchSize(t: Integer): number {
  return core().williamsOptimalBatchSize(...words(t));
}

/** E = t / S; 1 for t up to 1. */
export function williamsEfficiencyMultiplier(t: Integer): number {
  return core().williamsEfficiencyMultiplier(...words(t));
}

/** R = ((t - S) / t) * 100; 0 for t up to 1. Nothing is saved by computing it. */
export function williamsSpaceSavedPercent(t: Integer): number {
  return core().williamsSpaceSavedPercent(...words(t));
}

/** 0.85 + 0.15 * min(1, E(n) / 30); 1 for n up to 1. The base is ignored, as published. */
export function williamsConfidenceMultiplier(n: Integer, base: number): number {
  return core().williamsConfidenceMultiplier(...words(n), number(base));
}

/** Computes the Williams numbers and remembers the efficiencies. */
export class WilliamsSpaceOptimizer extends Handle {
  /**
   * @param options.historyLimit how many of the last efficiencies are kept, 8 bytes each; the statistics cover all of them
   * @throws ParitasError `invalid_argument` for a negative limit
   */
  constructor(options: { historyLimit?: number } = {}) {
    const { historyLimit } = settle({ historyLimit: core().defaultHistoryLimit() }, options);
    words(historyLimit);
    super(unwrap(core().optimizerCreate(historyLimit)).f64(), core().optimizerDelete);
  }

  /** S, E and R of a count; records E for counts from 2 on. */
  calculateSpaceBound(timeComplexity: Integer): SpaceBoundResult {
    return result(timeComplexity, core().optimizerSpaceBound(this.raw, ...words(timeComplexity)));
  }

  /** `optimalBatchSize`, with its errors; records E for two items or more. */
  optimizeBatchSize(
    totalItems: Integer,
    availableMemoryMb: number,
    memoryPerItemMb: number = core().defaultMemoryPerItemMb(),
    options: BatchSizeOptions = {},
  ): number {
    const strict = flag(options, "strictMemory", core().defaultStrictMemory() !== 0);
    const memory = [number(availableMemoryMb), number(memoryPerItemMb)] as const;
    return unwrap(core().optimizerBatchSize(this.raw, ...words(totalItems), ...memory, strict)).f64();
  }

  /** `confidenceMultiplier`; records E for two fields or more. The base confidence is ignored, as published. */
  calculateConfidenceMultiplier(
    numFieldsExtracted: Integer,
    baseConfidence: number = core().defaultBaseConfidence(),
    regime: string = defaultRegime(),
  ): number {
    const [high, low] = words(numFieldsExtracted);
    const base = number(baseConfidence);
    return withText(regime, (at, bytes) => core().optimizerMultiplier(this.raw, high, low, base, at, bytes));
  }

  /** 1, 1, 0 and 0 when nothing was recorded. */
  getOptimizationStats(): OptimizationStats {
    const input = unwrap(core().optimizerStats(this.raw));
    return {
      averageEfficiency: input.f64(),
      maxEfficiency: input.f64(),
      operationCount: input.f64(),
      totalSpaceSaved: input.f64(),
    };
  }

  /** Forgets everything that was recorded. */
  resetStats(): void {
    core().optimizerReset(this.raw);
  }

  /** The last `historyLimit` efficiencies, oldest first: a copy. */
  get spaceEfficiencyHistory(): Float64Array {
    return unwrap(core().optimizerHistory(this.raw)).f64s();
  }

  /** The largest efficiency so far; 1 at first. */
  get maxEfficiencyAchieved(): number {
    return core().optimizerMaxEfficiency(this.raw);
  }
}

export { WilliamsSpaceOptimizer as WilliamsSpaceOptimizerFFI };
