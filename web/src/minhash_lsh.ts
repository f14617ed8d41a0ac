import { settle, withBytes } from "./convert.js";
import { Handle } from "./handle.js";
import { safe, withPlaces, type Signature } from "./minhash.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";

/** Which signatures shall be found. */
export interface MinHashLshOptions {
  /** 0 to 1, by default 0.8: the likeness from which texts shall be found; chooses the rows of a band. */
  threshold?: number | undefined;
  /** Places of the signatures, by default 128. */
  numPerm?: number | undefined;
  /** How many; by default as many as there is room for. */
  bands?: number | undefined;
  /** Of each band. */
  rows?: number | undefined;
}

const adopted = Symbol("address");

function created({ bands, rows, ...options }: MinHashLshOptions): number {
  const input = unwrap(core().minhashLshDefaults());
  const { threshold, numPerm } = settle({ threshold: input.f64(), numPerm: input.f64() }, options);
  const given = (value: number | undefined, name: string): number => {
    if (value === undefined) return 0;
    // 0 stands for none on the way to the core, which refuses every number below 1 alike.
    if (safe(value, name) === 0)
      throw new ParitasError("invalid_argument", `${name} must be from 1 to ${numPerm}, not 0`);
    return value;
  };
  const made = core().minhashLshCreate(threshold, safe(numPerm, "numPerm"), given(bands, "bands"), given(rows, "rows"));
  return unwrap(made).f64();
}

function ids(input: Unpacker): number[] {
  return input.all(() => input.i64());
}

/**
 * Finds MinHash signatures that agree in all rows of at least one band. Texts of likeness s share one with the chance
 * 1 - (1 - s ** rows) ** bands. Ids are safe integers.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range, or bands * rows above numPerm
 */
export class MinHashLSH extends Handle {
  constructor(options: MinHashLshOptions | { readonly [adopted]: number } = {}) {
    super(adopted in options ? options[adopted] : created(options), core().minhashLshDelete);
  }

  /** The index of toBytes(). @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): MinHashLSH {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    const at = unwrap(withBytes(data, (start, bytes) => core().minhashLshFromBytes(start, bytes))).f64();
    return new MinHashLSH({ [adopted]: at });
  }

  get numPerm(): number {
    return this.#shape()[0]!;
  }
  get bands(): number {
    return this.#shape()[1]!;
  }
  get rows(): number {
    return this.#shape()[2]!;
  }
  /** How many signatures there are. */
  get size(): number {
    return this.#shape()[3]!;
  }

  has(id: number): boolean {
    return core().minhashLshHas(this.raw, safe(id, "id")) !== 0;
  }

  /** @throws ParitasError `duplicate_key` for an id that is there, `length_mismatch` for another number of places */
  insert(id: number, signature: Signature): void {
    const [raw, key] = [this.raw, safe(id, "id")];
    unwrap(withPlaces(signature, (at, count) => core().minhashLshInsert(raw, key, at, count)));
  }

  /** The ids that share a band, ascending. @throws ParitasError `length_mismatch` */
  query(signature: Signature): number[] {
    const raw = this.raw;
    return ids(unwrap(withPlaces(signature, (at, count) => core().minhashLshQuery(raw, at, count))));
  }

  /** @throws ParitasError `not_found` */
  remove(id: number): void {
    unwrap(core().minhashLshRemove(this.raw, safe(id, "id")));
  }

  /** The key of each band, for joins elsewhere. @throws ParitasError `length_mismatch` */
  bandKeys(signature: Signature): BigUint64Array {
    const raw = this.raw;
    return unwrap(withPlaces(signature, (at, count) => core().minhashLshKeys(raw, at, count))).u64s();
  }

  /** The same bytes for the same contents, on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().minhashLshToBytes(this.raw)).copy();
  }

  #shape(): number[] {
    const input = unwrap(core().minhashLshShape(this.raw));
    return input.all(() => input.u32());
  }
}
