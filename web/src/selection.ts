import { withBytes } from "./convert.js";
import { filterBytes, type Filter } from "./filter.js";
import type { Metadata } from "./metadata.js";
import type { DocId } from "./packed.js";

/** Which documents a query may return: those that a filter passes, or of which a function says so. */
export type AnyFilter = Filter | ((id: DocId, metadata: Metadata | null) => boolean);

/** What a function is asked about. */
export interface Selectable {
  ids(): DocId[];
  /** The metadata of every document, in the same order. */
  metadatas(): (Metadata | null)[];
}

/** Lends the block that targets/wasm/filter.hpp reads to one call; a function is asked about every document. */
export function withSelection<T>(
  filter: AnyFilter | undefined,
  index: Selectable,
  call: (at: number, bytes: number) => T,
): T {
  if (filter === undefined) return call(0, 0);
  if (typeof filter === "function") {
    const known = index.metadatas();
    const ids = index.ids();
    const block = new Uint8Array(ids.length + 1);
    block[0] = 2;
    ids.forEach((id, i) => (block[i + 1] = filter(id, known[i] ?? null) ? 1 : 0));
    return withBytes(block, call);
  }
  const bytes = filterBytes(filter)!;
  const block = new Uint8Array(bytes.length + 1);
  block[0] = 1;
  block.set(bytes, 1);
  return withBytes(block, call);
}
