import { withBytes } from "./convert.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import type { Reply } from "./raw.js";
import type { Span } from "./span.js";

// Lists of texts and of ids cross as one block of bytes; targets/wasm/convert.hpp and packed.hpp read and write the same.

/** What a caller calls a document: a string or a safe integer; 1 and "1" differ. */
export type DocId = string | number;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export class Packer {
  #bytes = new Uint8Array(256);
  #size = 0;

  #room(count: number): DataView {
    if (this.#size + count > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#size + count));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#size += count;
    return new DataView(this.#bytes.buffer, this.#size - count, count);
  }
  u8(value: number): this {
    this.#room(1).setUint8(0, value);
    return this;
  }
  u32(value: number): this {
    this.#room(4).setUint32(0, value, true);
    return this;
  }
  i64(value: number | bigint): this {
    this.#room(8).setBigInt64(0, BigInt(value), true);
    return this;
  }
  f64(value: number): this {
    this.#room(8).setFloat64(0, value, true);
    return this;
  }
  varint(value: number): this {
    for (; value >= 0x80; value = Math.floor(value / 0x80)) this.u8((value % 0x80) + 0x80);
    return this.u8(value);
  }
  raw(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#size - bytes.length);
    return this;
  }
  text(value: unknown): this {
    if (typeof value !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof value}`);
    this.#room(4 + 3 * value.length);
    const start = this.#size - 3 * value.length;
    const { written } = encoder.encodeInto(value, this.#bytes.subarray(start));
    new DataView(this.#bytes.buffer).setUint32(start - 4, written, true);
    this.#size = start + written;
    return this;
  }
  optional(bytes: Uint8Array | undefined): this {
    return bytes === undefined ? this.u32(0) : this.u32(bytes.length + 1).raw(bytes);
  }
  id(value: unknown): this {
    if (typeof value === "string") return this.u8(0).text(value);
    if (typeof value !== "number" || !Number.isSafeInteger(value)) {
      throw new ParitasTypeError(`a string or a safe integer as id is needed, not ${String(value)}`);
    }
    return this.u8(1).i64(value);
  }
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }
  /** Lends the block to one call. */
  lend<T>(call: (at: number, bytes: number) => T): T {
    return withBytes(this.bytes(), call);
  }
}

export class Unpacker {
  #view: DataView;
  #at = 0;
  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  get done(): boolean {
    return this.#at === this.bytes.length;
  }
  u8(): number {
    return this.#view.getUint8(this.#at++);
  }
  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }
  u64(): bigint {
    this.#at += 8;
    return this.#view.getBigUint64(this.#at - 8, true);
  }
  i64(): number {
    this.#at += 8;
    // Not through BigInt, which takes longer than all the rest of a result.
    const value = this.#view.getInt32(this.#at - 4, true) * 2 ** 32 + this.#view.getUint32(this.#at - 8, true);
    if (Number.isSafeInteger(value)) return value;
    throw new ParitasError("out_of_range", "this whole number is beyond 2^53, where JavaScript cannot tell them apart");
  }
  f64(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
  raw(count: number): Uint8Array {
    this.#at += count;
    return this.bytes.subarray(this.#at - count, this.#at);
  }
  text(): string {
    const size = this.u32();
    const end = this.#at + size;
    if (size <= 24) {
      // The call of a decoder costs more than a few letters of ASCII.
      let text = "";
      let at = this.#at;
      for (let code; at < end && (code = this.bytes[at]!) < 0x80; ++at) text += String.fromCharCode(code);
      if (at === end) {
        this.#at = end;
        return text;
      }
    }
    return decoder.decode(this.raw(size));
  }
  optional(): Uint8Array | undefined {
    const size = this.u32();
    return size === 0 ? undefined : this.raw(size - 1);
  }
  id(): DocId {
    return this.u8() === 0 ? this.text() : this.i64();
  }
  truth(): boolean {
    return this.u8() !== 0;
  }
  span(): Span {
    return { start: this.u32(), end: this.u32() };
  }
  /** As many items as the number before them says. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.u32() }, item);
  }
  /** Items until the end. */
  all<T>(item: () => T): T[] {
    const items = [];
    while (!this.done) items.push(item());
    return items;
  }
  /** All that is left, as a copy. */
  f32s(): Float32Array {
    return new Float32Array(this.#rest());
  }
  u32s(): Uint32Array {
    return new Uint32Array(this.#rest());
  }
  u64s(): BigUint64Array {
    return new BigUint64Array(this.#rest());
  }
  f64s(): Float64Array {
    return new Float64Array(this.#rest());
  }
  copy(): Uint8Array {
    return new Uint8Array(this.#rest());
  }
  #rest(): ArrayBuffer {
    return this.raw(this.bytes.length - this.#at).slice().buffer;
  }
}

/** A reader of what a call has left, good until the next call; the error of one that failed is thrown. */
export function unwrap(reply: Reply): Unpacker {
  const { HEAPU8, HEAPU32 } = core();
  const at = HEAPU32[reply / 4]!;
  const answer = new Unpacker(HEAPU8.subarray(at, at + HEAPU32[reply / 4 + 1]!));
  if (HEAPU8[reply + 8] === 0) return answer;
  throw new ParitasError(answer.text(), answer.text(), answer.f64());
}

/** Texts in one block; a string alone is refused, not taken for its letters. */
export function packedTexts(texts: Iterable<string>): Packer {
  if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  const out = new Packer();
  for (const text of texts) out.text(text);
  return out;
}

export function packedIds(ids: Iterable<DocId>): Packer {
  if (typeof ids === "string") throw new ParitasTypeError("an array of ids is needed, not string");
  const out = new Packer();
  for (const id of ids) out.id(id);
  return out;
}
