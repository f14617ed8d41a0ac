import { number } from "./convert.js";
import { type Integer, words } from "./integers.js";
import { core, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";

export interface BatchSizeOptions {
  /** Never more items than the memory holds. */
  strictMemory?: boolean;
}

/**
 * The published batch size: what the memory holds, times sqrt(E(totalItems)). It may ask for more than the memory it was
 * given: 1000 items, 500 MB and 5 MB an item give 178 items, which need 890 MB. With `strictMemory` it does not.
 *
 * @returns from 1 to `totalItems`; 1 for no memory or no items; the nearest double above 2^53
 * @throws ParitasError `invalid_argument` for an available memory that is not finite, or a memory per item that is not a
 *   finite number above 0
 */
export function optimalBatchSize(
  totalItems: Integer,
  availableMemoryMb: number,
  memoryPerItemMb: number = core().defaultMemoryPerItemMb(),
  options: BatchSizeOptions = {},
): number {
  const strict = flag(options, "strictMemory", core().defaultStrictMemory() !== 0);
  return unwrap(
    core().optimalBatchSize(...words(totalItems), number(availableMemoryMb), number(memoryPerItemMb), strict),
  ).f64();
}

/** The one option of `options`, which must be true or false. */
export function flag(options: object, name: string, byDefault: boolean): boolean {
  let value: unknown = byDefault;
  for (const [key, item] of Object.entries(options)) {
    if (key !== name) throw new ParitasTypeError(`unknown option ${key}; known: ${name}`);
    if (item !== undefined) value = item;
  }
  if (typeof value !== "boolean") throw new ParitasTypeError(`true or false is needed, not ${typeof value}`);
  return value;
}
