import { withHeap } from "./convert.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";

/** A count: a safe integer, or a BigInt that fits into 64 bits. */
export type Integer = number | bigint;

/** Many counts. */
export type Integers = BigInt64Array | ArrayLike<number>;

const TWO_32 = 2 ** 32;

/** The upper and the lower 32 bits: the module takes no whole number of 64 bits. */
export function words(value: Integer, offset = 0): [high: number, low: number] {
  if (typeof value === "bigint") {
    if (BigInt.asIntN(64, value) !== value) throw tooLarge(offset);
    return [Number(value >> 32n), Number(BigInt.asUintN(32, value))];
  }
  if (typeof value !== "number") throw new ParitasTypeError(`a whole number is needed, not ${typeof value}`);
  if (Number.isSafeInteger(value)) return [Math.floor(value / TWO_32), value >>> 0];
  if (!Number.isInteger(value))
    throw new ParitasError("invalid_argument", "a number without a fraction is needed", offset);
  if (Math.abs(value) >= 2 ** 63) throw tooLarge(offset);
  throw new ParitasError("invalid_argument", "a whole number from 2^53 on must be a BigInt", offset);
}

function tooLarge(offset: number): ParitasError {
  return new ParitasError("out_of_range", "a whole number must fit into 64 bits", offset);
}

/** Lends whole numbers of 64 bits to one call, and room for `outputs` results for each of them behind them. */
export function withIntegers<T>(
  values: Integers,
  outputs: number,
  call: (at: number, count: number, results: number) => T,
): T {
  if (values === null || typeof values !== "object" || typeof values.length !== "number")
    throw new ParitasTypeError(`an array or a sequence of whole numbers is needed, not ${typeof values}`);
  const count = values.length;
  return withHeap(8 * count * (1 + outputs), (at) => {
    if (values instanceof BigInt64Array) {
      new BigInt64Array(core().HEAPU8.buffer, at, count).set(values);
    } else {
      const halves = new Int32Array(core().HEAPU8.buffer, at, 2 * count);
      for (let i = 0; i < count; i++) {
        const [high, low] = words(values[i] as Integer, i);
        halves[2 * i] = low;
        halves[2 * i + 1] = high;
      }
    }
    return call(at, count, at + 8 * count);
  });
}

/** Copies float64 results out of the module. */
export function copyOut(at: number, count: number): Float64Array {
  return new Float64Array(core().HEAPU8.buffer, at, count).slice();
}
