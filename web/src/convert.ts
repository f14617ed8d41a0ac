import { core, ParitasTypeError } from "./module.js";

// Heap views are made anew inside each call: memory growth detaches a kept one.
const encoder = new TextEncoder();

/** Lends the UTF-8 of `text` to one call; a lone surrogate becomes U+FFFD. */
export function withText<T>(text: string, call: (at: number, bytes: number) => T): T {
  if (typeof text !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof text}`);
  const room = text.length * 3;
  return withHeap(room, (at) => call(at, encoder.encodeInto(text, core().HEAPU8.subarray(at, at + room)).written));
}

/** Lends a copy of some bytes to one call. */
export function withBytes<T>(data: Uint8Array, call: (at: number, bytes: number) => T): T {
  return withHeap(data.length, (at) => {
    core().HEAPU8.set(data, at);
    return call(at, data.length);
  });
}

/** Lends the items of `values` as float64 to one call. */
export function withDoubles<T>(values: ArrayLike<number>, call: (at: number, count: number) => T): T {
  const items = Float64Array.from(values, number);
  return withHeap(items.byteLength, (at) => {
    core().HEAPF64.set(items, at / 8);
    return call(at, items.length);
  });
}

/** Lends some bytes of the heap, aligned to 8, to one call. */
export function withHeap<T>(bytes: number, call: (at: number) => T): T {
  const at = core().malloc(Math.max(bytes, 1));
  if (at === 0) throw new RangeError(`no memory for ${bytes} bytes`);
  try {
    return call(at);
  } finally {
    core().free(at);
  }
}

// Wrong types are TypeErrors here, as they are in Python; wrong values are the core's to refuse.
export function number(value: unknown): number {
  if (typeof value !== "number") throw new ParitasTypeError(`a number is needed, not ${typeof value}`);
  return value;
}

export function whole(value: unknown): number {
  const count = number(value);
  if ((count | 0) !== count) throw new ParitasTypeError(`a whole number below 2^31 is needed, not ${count}`);
  return count;
}

export function truth(value: unknown): boolean {
  if (typeof value !== "boolean") throw new ParitasTypeError(`a boolean is needed, not ${typeof value}`);
  return value;
}

export function string(value: unknown): string {
  if (typeof value !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof value}`);
  return value;
}

/** The core's defaults with the caller's values over them; each must be of the type of its default. */
export function settle<T extends object>(defaults: T, options: { [Key in keyof T]?: T[Key] | undefined }): T {
  const settled = { ...defaults };
  for (const [key, value] of Object.entries(options)) {
    if (!(key in defaults))
      throw new ParitasTypeError(`unknown option ${key}; known: ${Object.keys(defaults).join(", ")}`);
    if (value === undefined) continue;
    const standard: unknown = defaults[key as keyof T];
    const check = typeof standard === "boolean" ? truth : typeof standard === "string" ? string : number;
    settled[key as keyof T] = check(value) as T[keyof T];
  }
  return settled;
}
