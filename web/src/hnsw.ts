import { settle, string, whole, withBytes, withDoubles, withText } from "./convert.js";
import { type Matrix, matrix, type Vector, vector, withFloats } from "./floats.js";
import { Handle } from "./handle.js";
import type { MatrixOptions } from "./matrix.js";
import { callbacks, core, ParitasError, ParitasTypeError } from "./module.js";
import { Packer, unwrap } from "./packed.js";

export interface HnswOptions {
  /** What other libraries must know; this index grows as it needs. */
  maxElements?: number;
  /** Links of a vector on upper layers, 2 to 256; twice as many on layer 0. */
  m?: number;
  /** How many candidates new links are chosen from. */
  efConstruction?: number;
  /** How many candidates a search keeps. */
  efSearch?: number;
  /** "cosine", "dot", "euclidean" or "squared_euclidean". */
  metric?: string;
  /** Of the levels; a safe integer. */
  seed?: number;
  /** How vectors are kept: "float32". */
  storage?: string;
  /** With fewer vectors a search compares all. */
  exactBelow?: number;
}

export interface HnswAddOptions extends MatrixOptions {
  /** Safe integers from 0 on, as many as vectors; by default 1 + the largest so far, and so on. */
  ids?: readonly number[] | undefined;
  /** JSON values, as many as vectors. */
  metadata?: readonly unknown[] | undefined;
  /** Called after each round of up to 256 vectors; false stops there, and what was added so far stays. */
  progress?: ((done: number, total: number) => boolean | undefined | void) | undefined;
}

export interface HnswSearchOptions extends MatrixOptions {
  /** Asked at most once for each id; it must not change the index. */
  filter?: ((id: number) => boolean) | undefined;
  /** How many candidates to keep, at least k. */
  ef?: number | undefined;
  /** Only these ids; few of them are compared one by one. */
  filterIds?: readonly number[] | undefined;
}

/** What the index holds and how much memory it takes. */
export interface HnswStats {
  count: number;
  holes: number;
  layers: number;
  vectorBytes: number;
  linkBytes: number;
  idBytes: number;
  metadataBytes: number;
  /** Whether a search without a filter compares all. */
  exact: boolean;
}

type Hits = [id: number, distance: number][];

// The module calls back by one function; what a callback throws is kept until the module has come back.
type Call = (what: number, a: number, b: number) => boolean;
let answering: Call = () => false;
callbacks["hnswCall"] = (what: number, a: number, b: number) => (answering(what, a, b) ? 1 : 0);

function during<T>(call: Call, run: () => T): T {
  const before = answering;
  let failed = false;
  let reason: unknown;
  answering = (what, a, b) => {
    if (failed) return false;
    try {
      return call(what, a, b);
    } catch (error) {
      failed = true;
      reason = error;
      return false;
    }
  };
  try {
    const result = run();
    if (failed) throw reason;
    return result;
  } finally {
    answering = before;
  }
}

function idOf(id: unknown): number {
  if (typeof id === "number" && Number.isSafeInteger(id)) return id;
  throw new ParitasTypeError(`a safe integer as id is needed, not ${String(id)}`);
}

function called<T>(call: T): T {
  if (call !== undefined && typeof call !== "function") {
    throw new ParitasTypeError(`a function is needed, not ${typeof call}`);
  }
  return call;
}

function defaults(): Required<HnswOptions> & { k: number } {
  const input = unwrap(core().hnswDefaults());
  const [maxElements, m, efConstruction, efSearch, seed, exactBelow, k] = Array.from({ length: 7 }, () => input.f64());
  const [metric, storage] = [input.text(), input.text()];
  return {
    maxElements: maxElements!,
    m: m!,
    efConstruction: efConstruction!,
    efSearch: efSearch!,
    metric,
    seed: seed!,
    storage,
    exactBelow: exactBelow!,
    k: k!,
  };
}

function create(dimension: number, options: HnswOptions): number {
  const { k: _, ...standard } = defaults();
  const o = settle(standard, options);
  const given = [dimension, o.maxElements, o.m, o.efConstruction, o.efSearch, o.seed, o.exactBelow];
  for (const value of given) {
    if (!Number.isSafeInteger(value)) throw new ParitasTypeError(`a safe integer is needed, not ${String(value)}`);
  }
  return withDoubles(given, (at) =>
    withText(string(o.metric), (metric, metricBytes) =>
      withText(string(o.storage), (storage, storageBytes) =>
        unwrap(core().hnswCreate(at, metric, metricBytes, storage, storageBytes)).f64(),
      ),
    ),
  );
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function json(value: unknown): Uint8Array | undefined {
  if (value === undefined || value === null) return undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    throw new ParitasError("invalid_argument", "metadata must be a JSON value, finite and without circles");
  }
  if (text === undefined) throw new ParitasTypeError(`metadata must be a JSON value, not ${typeof value}`);
  return encoder.encode(text);
}

/**
 * An approximate index of the nearest vectors: the same bytes on every target. Distances are those of `cosineDistance`,
 * `euclideanDistance`, `squaredEuclidean` or `-dotProduct`, bit for bit, ascending; ties go to the earlier insertion.
 */
export class HNSWIndex extends Handle {
  /**
   * @param dimension values in a vector, 1 to 65,536
   * @throws ParitasError `invalid_argument` for an option out of its range
   */
  constructor(dimension: number, options?: HnswOptions);
  /** @internal */
  constructor(dimension: number, options: HnswOptions, raw?: number);
  constructor(dimension: number, options: HnswOptions = {}, raw: number = create(dimension, options)) {
    super(raw, core().hnswDelete);
  }

  /** The index of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): HNSWIndex {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new HNSWIndex(0, {}, unwrap(withBytes(data, (at, bytes) => core().hnswFromBytes(at, bytes))).f64());
  }

  /**
   * Adds a vector, or replaces the one of that id; returns the id.
   *
   * @param id a safe integer from 0 on; by default 1 + the largest so far
   * @param metadata any JSON value
   * @throws ParitasError `length_mismatch`, `not_finite`, `invalid_argument`; the index is unchanged then
   */
  add(value: Vector, id?: number | null, metadata?: unknown): number {
    const values = vector(value);
    const ids = id === undefined || id === null ? undefined : [id];
    return this.#add(values, 1, values.length, ids, [metadata], undefined)[0]!;
  }

  /**
   * Adds or replaces many vectors; returns their ids. An error changes nothing.
   *
   * @throws ParitasError `length_mismatch`, `not_finite`; `invalid_argument` for ids of another count, below 0 or one twice
   */
  addBatch(vectors: Matrix, options: HnswAddOptions = {}): number[] {
    const rows = matrix(vectors, options.dim);
    return this.#add(rows.values, rows.rows, rows.dim, options.ids, options.metadata ?? undefined, options.progress);
  }

  #add(
    values: Float32Array,
    rows: number,
    dim: number,
    ids: readonly number[] | undefined,
    metadata: readonly unknown[] | undefined,
    progress: HnswAddOptions["progress"],
  ): number[] {
    const block = new Packer().u8(ids === undefined ? 0 : 1).u32(ids?.length ?? 0);
    for (const id of ids ?? []) block.f64(idOf(id));
    const notes = metadata?.length === 0 && rows > 0 ? [undefined] : (metadata ?? []); // the core says that counts differ
    block.u32(notes.length);
    for (const note of notes) block.optional(json(note));
    const tell: Call = (_, done, total) => called(progress)!(done, total) !== false;
    called(progress);
    return Array.from(
      withFloats(values, (vectors) =>
        block.lend((at, bytes) =>
          during(tell, () =>
            unwrap(core().hnswAddBatch(this.raw, vectors, rows, dim, at, bytes, progress !== undefined)).f64s(),
          ),
        ),
      ),
    );
  }

  /** The nearest [id, distance]: min(k, vectors that pass) of them. */
  search(query: Vector, k: number = defaults().k, options: HnswSearchOptions = {}): Hits {
    const values = vector(query);
    return this.#search(values, 1, values.length, k, options)[0]!;
  }

  /** The results of search for each row. */
  searchBatch(queries: Matrix, k: number = defaults().k, options: HnswSearchOptions = {}): Hits[] {
    const rows = matrix(queries, options.dim);
    return this.#search(rows.values, rows.rows, rows.dim, k, options);
  }

  /**
   * The results of searchBatch as two arrays of `width` = min(k, length) for each query, padded with -1 and NaN. Ids are
   * whole numbers of float64.
   */
  searchArrays(
    queries: Matrix,
    k: number = defaults().k,
    options: HnswSearchOptions = {},
  ): { ids: Float64Array; distances: Float32Array; width: number } {
    const found = this.searchBatch(queries, k, options);
    const width = Math.min(k, this.length);
    const ids = new Float64Array(found.length * width).fill(-1);
    const distances = new Float32Array(found.length * width).fill(NaN);
    found.forEach((hits, row) =>
      hits.forEach(([id, distance], i) => {
        ids[row * width + i] = id;
        distances[row * width + i] = distance;
      }),
    );
    return { ids, distances, width };
  }

  #search(values: Float32Array, rows: number, dim: number, k: number, options: HnswSearchOptions): Hits[] {
    const { filter, ef, filterIds } = options;
    called(filter);
    const wanted = (filterIds ?? []).map(idOf);
    const flat = withFloats(values, (queries) =>
      withDoubles(wanted, (at, count) =>
        during(
          (_, id) => Boolean(filter!(id)),
          () =>
            unwrap(
              core().hnswSearch(
                this.raw,
                queries,
                rows,
                dim,
                whole(k),
                ef !== undefined,
                whole(ef ?? 0),
                filter !== undefined,
                filterIds !== undefined,
                at,
                count,
              ),
            ).f64s(),
        ),
      ),
    );
    let at = 0;
    return Array.from({ length: rows }, () =>
      Array.from({ length: flat[at++]! }, () => [flat[at++]!, flat[at++]!] as [number, number]),
    );
  }

  /** Removes a vector for good and links its neighbours. False if there was none of that id. */
  delete(id: number): boolean {
    return unwrap(core().hnswRemove(this.raw, idOf(id))).f64() !== 0;
  }

  /** Builds the graph anew in the order of insertion and gives memory back. */
  compact(): void {
    unwrap(core().hnswCompact(this.raw));
  }

  has(id: number): boolean {
    return core().hnswHas(this.raw, idOf(id)) !== 0;
  }

  /** How many vectors there are. */
  get length(): number {
    return core().hnswSize(this.raw);
  }

  get dimension(): number {
    return core().hnswDimension(this.raw);
  }

  /** All ids in order of insertion. */
  ids(): number[] {
    return Array.from(unwrap(core().hnswIds(this.raw)).f64s());
  }

  /** The vector of that id. @throws ParitasError `not_found` */
  get(id: number): Float32Array {
    return unwrap(core().hnswGet(this.raw, idOf(id))).f32s();
  }

  /** The metadata of that id, or null. @throws ParitasError `not_found` */
  getMetadata(id: number): unknown {
    const text = unwrap(core().hnswGetMetadata(this.raw, idOf(id))).optional();
    if (text === undefined) return null;
    try {
      return JSON.parse(decoder.decode(text));
    } catch {
      throw new ParitasError("corrupt_data", "the metadata of this index is damaged");
    }
  }

  stats(): HnswStats {
    const input = unwrap(core().hnswStats(this.raw));
    return {
      count: input.f64(),
      holes: input.f64(),
      layers: input.f64(),
      vectorBytes: input.f64(),
      linkBytes: input.f64(),
      idBytes: input.f64(),
      metadataBytes: input.f64(),
      exact: input.truth(),
    };
  }

  /** The index as one file: the same history gives the same bytes on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().hnswToBytes(this.raw)).copy();
  }
}
