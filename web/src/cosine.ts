import { type Vector, withPair } from "./floats.js";
import { core } from "./module.js";

/**
 * Cosine of the angle between two vectors, in [-1, 1]; the same bits on every machine.
 *
 * @returns exactly 1 for equal vectors, -1 for opposite ones; 0 when one has only zeros or no items; NaN when a value is
 *   NaN or infinite
 * @throws ParitasError `length_mismatch`, `out_of_range`
 */
export function cosineSimilarity(a: Vector, b: Vector): number {
  return withPair(a, b, (x, y, count) => core().cosineSimilarity(x, y, count));
}

/** 1 - cosine, in [0, 2], rounded once; 1 when one vector has only zeros. Throws as `cosineSimilarity`. */
export function cosineDistance(a: Vector, b: Vector): number {
  return withPair(a, b, (x, y, count) => core().cosineDistance(x, y, count));
}
