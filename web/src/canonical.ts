import { withBytes } from "./convert.js";
import { ParitasError, ParitasTypeError } from "./errors.js";

/** What takes the place of a value that has no form in JSON; asked once for each such value. */
export type Mapper = (value: unknown) => unknown;

const encoder = new TextEncoder();
const MAX_DEPTH = 1000; // nothing is walked below: the core refuses it
const MAX_BYTES = 2 ** 29; // no text of at most 256 MiB needs more

// The parts of a value, as targets/wasm/canonical.cpp reads them.
const [NULL, FALSE, TRUE, NUMBER, TEXT, WHOLE, NEGATIVE, OBJECT, ARRAY, SET, END, UNSUPPORTED] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const;

interface Open {
  kind: number;
  items: readonly unknown[] | Iterator<unknown>; // keys, items, or the entries of a Map and the items of a Set
  at: number;
  source: Record<string, unknown> | undefined; // of keys
}

/** Walks values into one block of bytes, without recursion. */
export class CanonicalPacker {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;
  readonly #map: Mapper | undefined;

  constructor(map: Mapper | undefined) {
    if (map !== undefined && typeof map !== "function") {
      throw new ParitasTypeError(`a function as default is needed, not ${typeof map}`);
    }
    this.#map = map;
  }

  /** Lends the block to one call. */
  lend<T>(call: (at: number, bytes: number) => T): T {
    return withBytes(this.#bytes.subarray(0, this.#size), call);
  }

  #room(count: number): void {
    const needed = this.#size + count;
    if (needed <= this.#bytes.length) return;
    if (needed > MAX_BYTES) throw new ParitasError("limit_exceeded", "canonical JSON must be at most 268435456 bytes");
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, needed));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #tag(tag: number): void {
    this.#room(1);
    this.#bytes[this.#size++] = tag;
  }

  text(text: string): void {
    this.#words(TEXT, text);
  }

  #words(tag: number, text: string): void {
    this.#room(5 + 3 * text.length);
    const bytes = this.#bytes;
    bytes[this.#size] = tag;
    const start = this.#size + 5;
    let at = start;
    let i = 0;
    if (text.length < 48) {
      // The call of an encoder costs more than a few letters of ASCII.
      for (let unit; i < text.length && (unit = text.charCodeAt(i)) < 0x80; i++) bytes[at++] = unit;
    }
    if (i < text.length) at = start + encoder.encodeInto(text, bytes.subarray(start)).written;
    this.#view.setUint32(this.#size + 1, at - start, true);
    this.#size = at;
  }

  /** A tool call: its name and arguments as an array. */
  call(name: unknown, args: unknown): void {
    if (typeof name !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof name}`);
    this.#tag(ARRAY);
    this.text(name);
    if (this.value(args, 1)) this.#tag(END);
  }

  /** False where it went too deep: the block ends there. */
  value(value: unknown, depth = 0): boolean {
    const open: Open[] = [];
    this.#start(value, open, false);
    while (open.length > 0) {
      if (open.length + depth > MAX_DEPTH) return false;
      const top = open[open.length - 1]!;
      if (!this.#next(top, open)) {
        this.#tag(END);
        open.pop();
      }
    }
    return true;
  }

  #next(top: Open, open: Open[]): boolean {
    const { items, source } = top;
    if (!Array.isArray(items)) {
      const step = (items as Iterator<unknown>).next();
      if (step.done === true) return false;
      if (top.kind === OBJECT) {
        const [key, item] = step.value as [unknown, unknown];
        if (!this.#scalar(key)) this.#words(UNSUPPORTED, typeName(key));
        this.#start(item, open, false);
      } else this.#start(step.value, open, false);
      return true;
    }
    if (source === undefined) {
      if (top.at >= items.length) return false;
      this.#start(items[top.at++], open, false);
      return true;
    }
    while (top.at < items.length) {
      const key = items[top.at++] as string;
      const item = source[key];
      if (item === undefined) continue; // as in JSON
      this.text(key);
      this.#start(item, open, false);
      return true;
    }
    return false;
  }

  #start(value: unknown, open: Open[], mapped: boolean): void {
    if (this.#scalar(value)) return;
    if (typeof value === "object" && value !== null) {
      if (Array.isArray(value)) {
        this.#tag(ARRAY);
        open.push({ kind: ARRAY, items: value, at: 0, source: undefined });
        return;
      }
      if (value instanceof Map || value instanceof Set) {
        const kind = value instanceof Map ? OBJECT : SET;
        this.#tag(kind);
        open.push({ kind, items: value[Symbol.iterator](), at: 0, source: undefined });
        return;
      }
      if (Object.prototype.toString.call(value) === "[object Object]") {
        this.#tag(OBJECT);
        open.push({ kind: OBJECT, items: Object.keys(value), at: 0, source: value as Record<string, unknown> });
        return;
      }
    }
    if (this.#map === undefined || mapped) this.#words(UNSUPPORTED, typeName(value));
    else this.#start(this.#map(value), open, true);
  }

  #scalar(value: unknown): boolean {
    if (typeof value === "string") this.text(value);
    else if (typeof value === "number") {
      this.#room(9);
      this.#bytes[this.#size] = NUMBER;
      this.#view.setFloat64(this.#size + 1, value, true);
      this.#size += 9;
    } else if (typeof value === "boolean") this.#tag(value ? TRUE : FALSE);
    else if (value === null) this.#tag(NULL);
    else if (typeof value === "bigint") {
      this.#words(value < 0n ? NEGATIVE : WHOLE, (value < 0n ? -value : value).toString(16));
    } else return false;
    return true;
  }
}

function typeName(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}
