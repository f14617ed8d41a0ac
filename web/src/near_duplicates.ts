import { number, string } from "./convert.js";
import { settled, type MinHashOptions } from "./minhash.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap, type Unpacker } from "./packed.js";
import type { Reply } from "./raw.js";

/** How texts are compared. */
export interface NearDuplicateOptions extends MinHashOptions {
  /** 0 to 1, by default 0.8: the least estimate of likeness. */
  threshold?: number | undefined;
  /** "minhash", the default, or "simhash", for shingles of words alone. */
  method?: "minhash" | "simhash" | undefined;
}

/** Two texts that are nearly the same, by their numbers: i < j. */
export interface NearPair {
  readonly i: number;
  readonly j: number;
  /** From 0 to 1. */
  readonly similarity: number;
}

function asked(
  texts: Iterable<string>,
  { threshold, method = "minhash", ...options }: NearDuplicateOptions,
  call: (threshold: number, numPerm: number, seed: number, k: number, at: number, bytes: number) => Reply,
): Unpacker {
  if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  const { numPerm, seed, k, shingle } = settled(options);
  const least = threshold === undefined ? core().nearDuplicateThreshold() : number(threshold);
  const block = new Packer().text(shingle).text(string(method));
  for (const text of texts) block.text(text);
  return unwrap(block.lend((at, bytes) => call(least, numPerm, seed, k, at, bytes)));
}

/**
 * The pairs of texts, by their numbers, whose likeness is estimated as at least threshold, in order of (i, j). With
 * "minhash" those that share a band of MinHashLSH for the threshold, by MinHash.jaccard; with "simhash"
 * (64 - differing bits) / 64.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export function nearDuplicates(texts: Iterable<string>, options: NearDuplicateOptions = {}): NearPair[] {
  const input = asked(texts, options, core().nearDuplicatePairs);
  return input.all(() => ({ i: input.u32(), j: input.u32(), similarity: input.f64() }));
}

/**
 * All texts, by their numbers, in groups of those that pairs of nearDuplicates connect; most groups have one text.
 *
 * @throws as nearDuplicates
 */
export function nearDuplicateGroups(texts: Iterable<string>, options: NearDuplicateOptions = {}): number[][] {
  const input = asked(texts, options, core().nearDuplicateGroups);
  return input.all(() => input.list(() => input.u32()));
}

/** The first text of each group of nearDuplicateGroups: what stays of a corpus. @throws as nearDuplicates */
export function keepIndices(texts: Iterable<string>, options: NearDuplicateOptions = {}): number[] {
  const input = asked(texts, options, core().nearDuplicateKept);
  return input.all(() => input.u32());
}
