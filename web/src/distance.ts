import { type Vector, withPair } from "./floats.js";
import { core } from "./module.js";

/**
 * Sum of the squared differences in float32; in float64 where float32 would overflow or lose bits.
 *
 * @returns 0 for no items or equal vectors; Infinity where the sum is larger than a float32
 * @throws ParitasError `length_mismatch`, `out_of_range`
 */
export function squaredEuclidean(a: Vector, b: Vector): number {
  return withPair(a, b, (x, y, count) => core().squaredEuclidean(x, y, count));
}

/** `squaredEuclidean` by its published name. */
export const squaredEuclideanDistance = squaredEuclidean;

/** Square root of the sum of squared differences; finite where the distance is a float32. */
export function euclideanDistance(a: Vector, b: Vector): number {
  return withPair(a, b, (x, y, count) => core().euclideanDistance(x, y, count));
}
