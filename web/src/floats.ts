import { withHeap } from "./convert.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";

/** One vector of numbers; they are rounded to float32, to the nearest, ties to even. */
export type Vector = Float32Array | Float64Array | readonly number[];
/** Rows of equal length, or one flat `Float32Array` together with the option `dim`. */
export type Matrix = readonly Vector[] | Float32Array;

/** Rows as they lie on the heap: float32, one after the other. */
export interface Rows {
  readonly values: Float32Array;
  readonly rows: number;
  readonly dim: number;
}

const isVector = (value: unknown): value is Vector =>
  value instanceof Float32Array ||
  value instanceof Float64Array ||
  (Array.isArray(value) && (value.length === 0 || typeof value[0] !== "object" || value[0] === null));

function described(value: unknown): string {
  return value === null ? "null" : typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
}

/** A vector as float32. A `Float32Array` is taken as it is. */
export function vector(value: Vector, row?: number): Float32Array {
  if (value instanceof Float32Array) return value;
  if (!isVector(value)) {
    if (Array.isArray(value)) {
      throw new ParitasError("invalid_argument", "a vector of 1 dimension is needed, not a matrix");
    }
    throw new ParitasTypeError(
      `a Float32Array, a Float64Array or an array of numbers is needed, not ${described(value)}`,
    );
  }
  const out = new Float32Array(value.length);
  for (let i = 0; i < value.length; i += 1) {
    const item: unknown = value[i];
    if (typeof item !== "number") throw new ParitasTypeError(`a real number is needed, not ${described(item)}`);
    out[i] = item;
    if (!Number.isFinite(out[i]!) && Number.isFinite(item)) {
      const where = row === undefined ? `column ${i}` : `row ${row}, column ${i}`;
      throw new ParitasError("out_of_range", `${where} must fit into a 32-bit float`, row ?? i);
    }
  }
  return out;
}

/** A matrix as float32 rows. */
export function matrix(value: Matrix, dim?: number): Rows {
  if (value instanceof Float32Array) {
    if (dim === undefined || !Number.isInteger(dim) || dim < 1 || value.length % dim !== 0) {
      throw new ParitasError("invalid_argument", `a flat matrix needs a dim that divides its ${value.length} values`);
    }
    return { values: value, rows: value.length / dim, dim };
  }
  if (!Array.isArray(value)) {
    throw new ParitasTypeError(`an array of vectors is needed, not ${described(value)}`);
  }
  const lines = value as readonly Vector[];
  if (lines.length === 0) return { values: new Float32Array(0), rows: 0, dim: 0 };
  if (typeof lines[0] === "number") {
    throw new ParitasError("invalid_argument", "a matrix of 2 dimensions is needed, not a vector");
  }
  const first = isVector(lines[0]) ? lines[0].length : 0;
  const values = new Float32Array(lines.length * first);
  lines.forEach((line, i) => {
    if (!isVector(line)) throw new ParitasError("invalid_argument", `row ${i} must be a vector`, i);
    if (line.length !== first) {
      const message = `row ${i} must have ${first} values as row 0 has, not ${line.length}`;
      throw new ParitasError("invalid_argument", message, i);
    }
    values.set(vector(line, i), i * first);
  });
  return { values, rows: lines.length, dim: first };
}

/** A vector counts as one row; an empty array is a matrix without rows where it must be one. */
export function isOne(value: Vector | Matrix): value is Vector {
  return isVector(value);
}

export function oneRow(value: Vector): Rows {
  const values = vector(value);
  return { values, rows: 1, dim: values.length };
}

/** Lends float32 values to one call, by one copy. */
export function withFloats<T>(values: Float32Array, call: (at: number) => T): T {
  return withHeap(values.byteLength, (at) => {
    core().HEAPF32.set(values, at / 4);
    return call(at);
  });
}

/** Lends two vectors of equal length to one call. */
export function withPair(a: Vector, b: Vector, call: (a: number, b: number, count: number) => number): number {
  const x = vector(a);
  const y = vector(b);
  const count = x.length;
  if (count !== y.length) unwrap(core().sameLength(count, y.length));
  return withHeap(count * 8, (at) => {
    const heap = core().HEAPF32;
    heap.set(x, at / 4);
    heap.set(y, at / 4 + count);
    return call(at, at + count * 4, count);
  });
}
