import { ParitasError, ParitasTypeError } from "./module.js";
import { Packer, Unpacker } from "./packed.js";

export type MetadataScalar = string | number | bigint | boolean | null;
/**
 * What is known of a document besides its words: a flat object. A safe integer is a whole number, and so is a bigint, which
 * comes back where a number could not tell it from its neighbours; any other number is a float.
 */
export type Metadata = Readonly<Record<string, MetadataScalar | readonly MetadataScalar[]>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function putText(out: Packer, text: string): void {
  const bytes = encoder.encode(text);
  out.varint(bytes.length).raw(bytes);
}

export function putScalar(out: Packer, item: unknown): void {
  if (item === null) out.u8(0);
  else if (typeof item === "boolean") out.u8(item ? 2 : 1);
  else if (typeof item === "number") {
    if (Number.isSafeInteger(item) && !Object.is(item, -0)) out.u8(3).i64(item);
    else out.u8(4).f64(item);
  } else if (typeof item === "bigint") {
    if (BigInt.asIntN(64, item) !== item) {
      throw new ParitasError("out_of_range", "a whole number must fit into 64 bits");
    }
    out.u8(3).i64(item);
  } else if (typeof item === "string") putText(out.u8(5), item);
  else {
    const needed = "a string, number, bigint, boolean, null or an array of these as metadata";
    throw new ParitasTypeError(`${needed} is needed, not ${typeof item}`);
  }
}

/** The bytes that the core keeps (see metadata.hpp); the core refuses what is not finite. */
export function metadataBytes(metadata: Metadata | undefined): Uint8Array | undefined {
  if (metadata === undefined) return undefined;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) {
    throw new ParitasTypeError(`an object as metadata is needed, not ${metadata === null ? "null" : typeof metadata}`);
  }
  const entries = Object.entries(metadata);
  const out = new Packer().varint(entries.length);
  for (const [key, value] of entries) {
    putText(out, key);
    if (Array.isArray(value)) {
      out.u8(6).varint(value.length);
      for (const item of value) putScalar(out, item);
    } else putScalar(out, value);
  }
  return out.bytes().slice();
}

function take(input: Unpacker, tag: number): MetadataScalar {
  if (tag === 0) return null;
  if (tag < 3) return tag === 2;
  if (tag === 3) {
    const whole = BigInt.asIntN(64, input.u64());
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  if (tag === 4) return input.f64();
  if (tag === 5) return decoder.decode(input.raw(input.varint()));
  throw new ParitasError("corrupt_data", "these bytes are no metadata");
}

export function metadataOf(bytes: Uint8Array): Metadata {
  const input = new Unpacker(bytes);
  const entries: [string, MetadataScalar | MetadataScalar[]][] = [];
  for (let left = input.varint(); left > 0; --left) {
    const key = decoder.decode(input.raw(input.varint()));
    const tag = input.u8();
    if (tag === 6) entries.push([key, Array.from({ length: input.varint() }, () => take(input, input.u8()))]);
    else entries.push([key, take(input, tag)]);
  }
  return Object.fromEntries(entries);
}
