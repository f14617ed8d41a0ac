import { string, whole, withBytes, withText } from "./convert.js";
import { type Matrix, matrix, withFloats } from "./floats.js";
import { Handle } from "./handle.js";
import type { MatrixOptions } from "./matrix.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";

/** How the values of a quantised vector are kept. */
export type QuantizedDtype = "int8" | "float16" | "binary";

function bytesOf(data: Uint8Array): Uint8Array {
  if (data instanceof Uint8Array) return data;
  throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
}

/**
 * Vectors in fewer bits, which `quantize` makes; a corpus of the functions that search. They stay on the heap of the module.
 *
 * - int8: scale = max(abs(v)) / 127 for each vector, q = v / scale to the nearest whole number; dot = t * (scaleA * scaleB)
 *   and cosine = t / sqrt(aa * bb) of exact sums of whole numbers
 * - float16: IEEE half floats, computed as the float32 they are
 * - binary: bit 1 for v > 0, the first value in the top bit of byte 0; cosine = (dim - 2 * h) / dim for h differing bits,
 *   and no other metric
 *
 * A query is quantised as the rows are.
 */
export class QuantizedVectors extends Handle {
  readonly dtype: QuantizedDtype;
  /** Values in a vector. */
  readonly dim: number;
  /** How many vectors there are. */
  readonly count: number;
  /** Bytes of data and scales. */
  readonly nbytes: number;

  /** @internal */
  constructor(raw: number) {
    super(raw, core().quantizedDelete);
    const shape = unwrap(core().quantizedShape(raw));
    [this.dim, this.count, this.nbytes] = [shape.f64(), shape.f64(), shape.f64()];
    this.dtype = shape.text() as QuantizedDtype;
  }

  /** The vectors of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): QuantizedVectors {
    return new QuantizedVectors(
      unwrap(withBytes(bytesOf(data), (at, bytes) => core().quantizedFromBytes(at, bytes))).f64(),
    );
  }

  get length(): number {
    return this.count;
  }

  /** A copy: rows of int8, of halves as their bits, or of (dim + 7) / 8 bytes of bits. */
  get data(): Int8Array | Uint16Array | Uint8Array {
    const bytes = unwrap(core().quantizedData(this.raw)).copy();
    if (this.dtype === "binary") return bytes;
    return this.dtype === "int8" ? new Int8Array(bytes.buffer) : new Uint16Array(bytes.buffer);
  }

  /** A copy: one for each row of int8, none otherwise. */
  get scales(): Float32Array {
    return unwrap(core().quantizedScales(this.raw)).f32s();
  }

  /** The values that the bits stand for, row by row: q * scale, the halves, or 1 and -1. */
  dequantize(): Float32Array {
    return unwrap(core().quantizedValues(this.raw, 0, this.count)).f32s();
  }

  /** One row of dequantize(); a negative index counts from the end. @throws ParitasError `out_of_range` */
  at(index: number): Float32Array {
    const row = whole(index) < 0 ? index + this.count : index;
    if (row < 0 || row >= this.count) throw new ParitasError("out_of_range", `there are ${this.count} vectors`);
    return unwrap(core().quantizedValues(this.raw, row, 1)).f32s();
  }

  /** The same bytes on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().quantizedToBytes(this.raw)).copy();
  }

  /** @internal For the functions that search. */
  get handle(): number {
    return this.raw;
  }
}

/**
 * Vectors in fewer bits: "int8" (a quarter of float32), "float16" (half) or "binary" (1/32).
 *
 * @throws ParitasError `not_finite` for NaN and infinities in int8 and `out_of_range` for 65520 and more in float16, each
 *   naming the row; `invalid_argument` for another dtype or rows without values; `limit_exceeded` for more than 131,072
 *   values in a row
 */
export function quantize(
  vectors: Matrix,
  dtype: QuantizedDtype = "int8",
  { dim }: MatrixOptions = {},
): QuantizedVectors {
  const rows = matrix(vectors, dim);
  const made = withText(string(dtype), (name, bytes) =>
    withFloats(rows.values, (at) => unwrap(core().quantizedCreate(at, rows.rows, rows.dim, name, bytes)).f64()),
  );
  return new QuantizedVectors(made);
}

/** How many bits of two rows of bytes differ. @throws ParitasError `length_mismatch` */
export function hammingDistance(a: Uint8Array, b: Uint8Array): number {
  return withBytes(bytesOf(a), (x, xBytes) =>
    withBytes(bytesOf(b), (y, yBytes) => unwrap(core().hammingDistance(x, xBytes, y, yBytes)).f64()),
  );
}
