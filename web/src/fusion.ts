import type { Hit } from "./bm25.js";
import { number, settle, string, whole } from "./convert.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap, type DocId } from "./packed.js";

/** A result with its score: of a query, or a pair. */
export type Scored = Hit | readonly [id: DocId, score: number];
/** A result: with or without its score. */
export type Ranked = Scored | DocId;

export interface FusionOptions {
  /** One for each list, at least 0; by default 1 each. */
  weights?: readonly number[];
  /**
   * "minmax": 0 for the lowest and 1 for the highest of each list, 1 for all where they are equal; "max": 1 for the highest,
   * 0 for all where it is not above 0; "none": as they are.
   */
  norm?: "minmax" | "max" | "none";
  /** By default all. */
  nResults?: number;
}

export interface RrfOptions extends Omit<FusionOptions, "norm"> {
  /** How little the first ranks stand out, above 0. */
  k?: number;
}

function putEntry(out: Packer, item: unknown, scored: boolean): void {
  if (Array.isArray(item) && item.length === 2) out.id(item[0]).f64(number(item[1]));
  else if (typeof item === "object" && item !== null && "id" in item && "score" in item) {
    out.id(item.id).f64(number(item.score));
  } else if (scored) throw new ParitasTypeError("{ id, score } or [id, score] is needed");
  else out.id(item).f64(0);
}

function fuse(lists: readonly (readonly Ranked[])[], byRank: boolean, options: RrfOptions & FusionOptions): Hit[] {
  const { weights, nResults, ...given } = options;
  const standard = unwrap(core().fusionDefaults());
  const { k, norm } = settle({ k: standard.f64(), norm: standard.text() }, given as { k?: number; norm?: string });
  const out = new Packer()
    .u8(byRank ? 1 : 0)
    .f64(k)
    .text(string(norm));
  if (nResults === undefined) out.u8(0);
  else out.u8(1).i64(whole(nResults));
  if (weights === undefined) out.u32(0);
  else {
    out.u32(weights.length + 1);
    for (const weight of weights) out.f64(number(weight));
  }
  for (const list of lists) {
    if (!Array.isArray(list)) throw new ParitasTypeError(`an array of arrays of results is needed, not ${typeof list}`);
    out.u32(list.length);
    for (const item of list) putEntry(out, item, !byRank);
  }
  const input = unwrap(out.lend((at, bytes) => core().fuse(at, bytes)));
  return input.all(() => ({ id: input.id(), score: input.f64() }));
}

/**
 * Joins lists of results by rank alone (reciprocal rank fusion), so that scores need not be of one kind.
 *
 * @param lists each best first, of ids, hits or [id, score] pairs, whose scores do not count; an id counts at its first rank
 * @returns the sum over the lists, in their order, of weight / (k + rank), ranks from 1; best first, then the id that comes
 *   first when list after list is read
 * @throws ParitasError `invalid_argument`, `length_mismatch` for weights of another number, `out_of_range` where a sum is no
 *   number any more
 */
export function rrf(lists: readonly (readonly Ranked[])[], options: RrfOptions = {}): Hit[] {
  return fuse(lists, true, options);
}

/**
 * Joins lists of results by their scores, brought to one scale: the sum over the lists, in their order, of weight * value.
 * An id that is missing in a list has 0 there, a repeated one its first score. Order, weights and errors as `rrf`.
 *
 * @throws ParitasError `invalid_argument`, with the index of the list, for a score that is not finite
 */
export function weightedFusion(lists: readonly (readonly Scored[])[], options: FusionOptions = {}): Hit[] {
  return fuse(lists, false, options);
}
