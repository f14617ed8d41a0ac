import { number, settle, string, withHeap, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";

/** How signatures are made. */
export interface MinHashOptions {
  /** Places of a signature, 1 to 65536, by default 128. */
  numPerm?: number | undefined;
  /** Of the permutations, by default 1; signatures of different seeds cannot be compared. */
  seed?: number | undefined;
  /** Words or characters in a shingle, 1 to 1000, by default 3. */
  k?: number | undefined;
  shingle?: "word" | "char" | undefined;
}

/** A signature: a Uint32Array, or whole numbers below 2^32. */
export type Signature = ArrayLike<number>;

/** @internal */
export function safe(value: number, name: string): number {
  if (Number.isSafeInteger(number(value))) return value;
  throw new ParitasTypeError(`a whole number as ${name} is needed, not ${value}`);
}

/** @internal The options over the core's defaults. */
export function settled(options: MinHashOptions): { numPerm: number; seed: number; k: number; shingle: string } {
  const input = unwrap(core().minhashDefaults());
  const own = settle({ numPerm: input.f64(), seed: input.f64(), k: input.f64(), shingle: "word" as string }, options);
  for (const name of ["numPerm", "seed", "k"] as const) safe(own[name], name);
  return own;
}

/** @internal Lends the places of a signature to one call. */
export function withPlaces<T>(signature: Signature, call: (at: number, count: number) => T): T {
  if (signature === null || typeof signature !== "object" || typeof signature.length !== "number") {
    throw new ParitasTypeError(`a Uint32Array or an array of whole numbers is needed, not ${typeof signature}`);
  }
  const places = signature instanceof Uint32Array ? signature : new Uint32Array(signature.length);
  if (places !== signature) {
    for (let i = 0; i < places.length; i++) {
      const value = safe(signature[i] as number, "a place");
      if (value < 0 || value > 0xffffffff) {
        throw new ParitasError("out_of_range", "a place of a signature must fit into 32 bits without a sign", i);
      }
      places[i] = value;
    }
  }
  return withHeap(places.byteLength, (at) => {
    core().HEAPU32.set(places, at / 4);
    return call(at, places.length);
  });
}

/**
 * Signatures of texts whose places agree as often as their sets of shingles overlap.
 *
 * A shingle is each k words (runs of letters and digits, simple lower case) in a row, or each k characters of
 * normalizeBlock's form; of a shorter text all of it. An estimate of s has a standard deviation of
 * sqrt(s * (1 - s) / numPerm). The same signatures on every target.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export class MinHash extends Handle {
  constructor(options: MinHashOptions = {}) {
    const { numPerm, seed, k, shingle } = settled(options);
    const made = unwrap(withText(shingle, (at, bytes) => core().minhashCreate(numPerm, seed, k, at, bytes)));
    super(made.f64(), core().minhashDelete);
  }

  /** Places of a signature. */
  get numPerm(): number {
    return core().minhashPlaces(this.raw);
  }

  /** numPerm places; it does not change the sketch. */
  signature(text: string): Uint32Array {
    return this.signatures([string(text)]);
  }

  /** The signatures of all texts in a row, numPerm places each. */
  signatures(texts: Iterable<string>): Uint32Array {
    const raw = this.raw;
    return unwrap(packedTexts(texts).lend((at, bytes) => core().minhashSignatures(raw, at, bytes))).u32s();
  }

  /** Adds the shingles of a text to the sketch. */
  update(text: string): void {
    const raw = this.raw;
    withText(text, (at, bytes) => core().minhashUpdate(raw, at, bytes));
  }

  /** Adds all that another sketch has seen. @throws ParitasError `invalid_argument` for one of other options */
  merge(other: MinHash): void {
    if (!(other instanceof MinHash)) throw new ParitasTypeError(`a MinHash is needed, not ${typeof other}`);
    unwrap(core().minhashMerge(this.raw, other.raw));
  }

  /** The signature of all that was added. */
  digest(): Uint32Array {
    return unwrap(core().minhashDigest(this.raw)).u32s();
  }

  /**
   * Equal places over all of two signatures: 1 for two of empty texts, 0 where one text is empty.
   *
   * @throws ParitasError `length_mismatch`
   */
  static jaccard(a: Signature, b: Signature): number {
    return withPlaces(a, (at, count) =>
      withPlaces(b, (other, others) => unwrap(core().minhashJaccard(at, count, other, others)).f64()),
    );
  }
}
