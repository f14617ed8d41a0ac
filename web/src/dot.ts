import { type Vector, withPair } from "./floats.js";
import { core } from "./module.js";

/**
 * Inner product in float32 over 32 virtual lanes: the same bits on every machine.
 *
 * @returns the float32 result; 0 for no items; the float64 sum rounded when the float32 sum is not finite
 * @throws ParitasError `length_mismatch`, "Vector length mismatch: 3 vs 4"; `out_of_range` for a number that is no float32
 */
export function dotProduct(a: Vector, b: Vector): number {
  return withPair(a, b, (x, y, count) => core().dotProduct(x, y, count));
}
