import { Chunker, type Length, unitOf } from "./chunk.js";
import { number, settle, whole } from "./convert.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

export interface HierarchicalChunkerOptions {
  /** Of each level, from 1 to 16 of them, falling strictly, in the unit of `length`; by default 2048 and 512. */
  sizes?: readonly number[] | undefined;
  /** One for each size, or a share of it in (0, 1); by default 200 and 50. */
  overlaps?: readonly number[] | undefined;
  length?: Length | undefined;
}

function numbers(values: unknown): number[] {
  if (typeof values === "string" || typeof (values as Iterable<number>)?.[Symbol.iterator] !== "function") {
    throw new ParitasTypeError(`an array of numbers is needed, not ${typeof values}`);
  }
  return Array.from(values as Iterable<number>, number);
}

function made(options: HierarchicalChunkerOptions): [Reply, Length] {
  const input = unwrap(core().chunkHierarchicalDefaults());
  const standard = { sizes: input.list(() => input.f64()), overlaps: input.list(() => input.f64()) };
  const { sizes = standard.sizes, overlaps = standard.overlaps, length = "chars", ...rest } = options;
  settle({ sizes: 0, overlaps: 0, length: "" }, rest);
  const packed = new Packer().text(unitOf(length));
  const levels = numbers(sizes);
  packed.u32(levels.length);
  for (const size of levels) packed.i64(whole(size));
  for (const overlap of numbers(overlaps)) packed.f64(overlap);
  return [packed.lend((at, bytes) => core().chunkHierarchicalCreate(at, bytes)), length];
}

/**
 * Chunks of chunks: each chunk of a level is cut again for the next one.
 *
 * A text with headings is cut as the Markdown chunker does, another one as the recursive chunker. A chunk stands before its
 * children, and these before the next chunk of its level; they lie within it and cover it but for white space.
 */
export class HierarchicalChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: HierarchicalChunkerOptions = {}) {
    super(...made(options));
  }
}
