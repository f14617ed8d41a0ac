import { string } from "./convert.js";
import { Handle } from "./handle.js";
import { safe } from "./minhash.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";

function known(options: object, name: string): void {
  for (const key of Object.keys(options)) {
    if (key !== name) throw new ParitasTypeError(`unknown option ${key}; known: ${name}`);
  }
}

function fingerprint(hash: bigint): bigint {
  if (typeof hash !== "bigint") throw new ParitasTypeError(`a BigInt is needed, not ${typeof hash}`);
  if (BigInt.asUintN(64, hash) === hash) return hash;
  throw new ParitasError("out_of_range", "a fingerprint must be from 0 to 2^64 - 1");
}

/**
 * Fingerprints of 64 bits, as BigInts, that differ in few of them when texts share most shingles (each k words in a row, as
 * those of MinHash); 0n for a text without words.
 *
 * @throws ParitasError `invalid_argument` for k outside 1 to 1000
 */
export class SimHash extends Handle {
  constructor(options: { k?: number | undefined } = {}) {
    known(options, "k");
    super(unwrap(core().simhashCreate(safe(options.k ?? 3, "k"))).f64(), core().simhashDelete);
  }

  hash(text: string): bigint {
    return this.hashes([string(text)])[0]!;
  }

  /** One for each text. */
  hashes(texts: Iterable<string>): BigUint64Array {
    const raw = this.raw;
    return unwrap(packedTexts(texts).lend((at, bytes) => core().simhashHashes(raw, at, bytes))).u64s();
  }

  /** How many bits differ. */
  static hamming(a: bigint, b: bigint): number {
    let count = 0;
    for (let bits = fingerprint(a) ^ fingerprint(b); bits !== 0n; bits &= bits - 1n) count++;
    return count;
  }
}

/**
 * Finds all fingerprints within a distance, made for small ones: from 8 on most fingerprints are looked at. Ids are safe
 * integers.
 *
 * @throws ParitasError `invalid_argument` for maxDistance outside 0 to 31
 */
export class SimHashIndex extends Handle {
  constructor(options: { maxDistance?: number | undefined } = {}) {
    known(options, "maxDistance");
    const distance = safe(options.maxDistance ?? 3, "maxDistance");
    super(unwrap(core().simhashIndexCreate(distance)).f64(), core().simhashIndexDelete);
  }

  get maxDistance(): number {
    return core().simhashIndexDistance(this.raw);
  }
  /** How many fingerprints there are. */
  get size(): number {
    return core().simhashIndexSize(this.raw);
  }

  has(id: number): boolean {
    return core().simhashIndexHas(this.raw, safe(id, "id")) !== 0;
  }

  /** @throws ParitasError `duplicate_key` for an id that is there */
  insert(id: number, hash: bigint): void {
    unwrap(core().simhashIndexInsert(this.raw, safe(id, "id"), fingerprint(hash)));
  }

  /** The ids within maxDistance, ascending. */
  query(hash: bigint): number[] {
    const input = unwrap(core().simhashIndexQuery(this.raw, fingerprint(hash)));
    return input.all(() => input.i64());
  }

  /** @throws ParitasError `not_found` */
  remove(id: number): void {
    unwrap(core().simhashIndexRemove(this.raw, safe(id, "id")));
  }
}
