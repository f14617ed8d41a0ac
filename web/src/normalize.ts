import { type Matrix, matrix, type Rows, type Vector, vector, withFloats } from "./floats.js";
import { core, ParitasError } from "./module.js";
import { unwrap } from "./packed.js";

/** The scaled rows and the norms that they had. */
function scaled({ values, rows, dim }: Rows): { values: Float32Array; norms: Float32Array } {
  return withFloats(values, (at) => {
    const norms = unwrap(core().normalizeRows(at, rows, dim)).f32s();
    return { values: core().HEAPF32.slice(at / 4, at / 4 + values.length), norms };
  });
}

/** Euclidean length of a vector, float32; 0 for no items. */
export function norm(v: Vector): number {
  const values = vector(v);
  return withFloats(values, (at) => core().norm(at, values.length));
}

/** The vector scaled to length 1, as a new array; zeros stay zeros, a vector of zeros is no error. */
export function normalize(v: Vector): Float32Array {
  const values = vector(v);
  return scaled({ values, rows: 1, dim: values.length }).values;
}

/**
 * Scales a `Float32Array` to length 1 where it lies.
 *
 * @returns the norm that it had
 * @throws ParitasError `invalid_argument` for anything else
 */
export function normalizeInplace(v: Float32Array): number {
  if (!(v instanceof Float32Array)) throw new ParitasError("invalid_argument", "a Float32Array is needed");
  const { values, norms } = scaled({ values: v, rows: 1, dim: v.length });
  v.set(values);
  return norms[0]!;
}

/** Every row scaled to length 1: rows one after the other. */
export function normalizeBatch(m: Matrix, { dim }: { dim?: number } = {}): Float32Array {
  return scaled(matrix(m, dim)).values;
}

/** `normalizeBatch` by its published name. */
export const batchNormalizeVectors = normalizeBatch;

/**
 * Scales every row of a flat `Float32Array` to length 1 where it lies.
 *
 * @returns the norms that the rows had
 * @throws ParitasError `invalid_argument` for anything else
 */
export function normalizeBatchInplace(m: Float32Array, { dim }: { dim: number }): Float32Array {
  if (!(m instanceof Float32Array)) throw new ParitasError("invalid_argument", "a Float32Array is needed");
  const { values, norms } = scaled(matrix(m, dim));
  m.set(values);
  return norms;
}
