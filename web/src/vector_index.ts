import { settle, string, truth, whole, withBytes } from "./convert.js";
import { type Matrix, matrix, oneRow, type Rows, type Vector, withFloats } from "./floats.js";
import { Handle } from "./handle.js";
import type { MatrixOptions } from "./matrix.js";
import { metadataBytes, metadataOf, type Metadata } from "./metadata.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { type DocId, Packer, packedIds, unwrap, type Unpacker } from "./packed.js";
import { withSelection, type AnyFilter, type Selectable } from "./selection.js";

export interface VectorIndexOptions {
  /** Values in a vector, 1 to 65,536. */
  dim: number;
  /** "l2" is -squaredEuclidean, "euclidean" -euclideanDistance: a score is higher for the better one. */
  metric?: "cosine" | "dot" | "l2" | "euclidean";
  /** How vectors are kept; "binary" goes with cosine alone. */
  dtype?: "float32" | "float16" | "int8" | "binary";
  /** "flat" compares all; "hnsw", of float32 alone, walks a graph; "auto" makes one at 50,000 vectors of float32. */
  kind?: "flat" | "hnsw" | "auto";
  /** Of a graph, as efConstruction, ef and seed. */
  m?: number;
  efConstruction?: number;
  ef?: number;
  seed?: number;
  /** Keep float32 beside a smaller dtype, for `rescore` and `get()`. */
  keepFull?: boolean;
}

export interface VectorQueryOptions {
  /** Keys and what they must be (see `matchesFilter`), or a function that is asked about every vector. */
  filter?: AnyFilter;
  /** Candidates that a walk keeps: more find more. That of the index when it is left out; raised to k. */
  ef?: number;
  /** Compare all, whatever the kind. */
  exact?: boolean;
  /** Rank the best rescore * k of a smaller dtype anew by float32; needs `keepFull`. */
  rescore?: number;
}

export interface VectorBatchOptions extends VectorQueryOptions, MatrixOptions {}

export interface VectorAddOptions extends MatrixOptions {
  /** "keep": the first one wins; "error": nothing is added. */
  onDuplicate?: "replace" | "keep" | "error";
  /** One for each vector. */
  metadatas?: readonly (Metadata | null | undefined)[];
}

export interface VectorHit {
  readonly id: DocId;
  readonly score: number;
}

/** What the index knows of one vector. */
export interface VectorDocument {
  readonly id: DocId;
  /** As it was added with float32 or `keepFull`, else what its bits stand for. */
  readonly vector: Float32Array;
  readonly metadata: Metadata | null;
}

/** One row for each query and `columns` results in each: positions among ids(), -1 where there are fewer. */
export interface VectorRows {
  readonly columns: number;
  readonly positions: Int32Array;
  readonly scores: Float64Array;
}

export interface VectorIndexStats {
  readonly count: number;
  /** Rows that wait to be dropped. */
  readonly removed: number;
  readonly dim: number;
  readonly metric: string;
  readonly dtype: string;
  readonly kind: string;
  /** How a query finds its results: "exact" or "graph". */
  readonly path: string;
  readonly vectorBytes: number;
  readonly graphBytes: number;
  readonly documentBytes: number;
}

const NO_EF = -(2 ** 31); // says that none was given

function create(options: VectorIndexOptions): number {
  const input = unwrap(core().vectorIndexDefaults());
  const [dim, m, efConstruction, ef, seed] = [input.f64(), input.f64(), input.f64(), input.f64(), input.f64()];
  const keepFull = input.truth();
  const [metric, dtype, kind] = [input.text(), input.text(), input.text()];
  const defaults = { dim, metric, dtype, kind, m, efConstruction, ef, seed, keepFull };
  const given = settle(defaults, options);
  const block = new Packer().text(given.metric).text(given.dtype).text(given.kind);
  const numbers = [given.dim, given.m, given.efConstruction, given.ef, given.seed].map(whole);
  const [size, links, construction, candidates, start] = numbers as [number, number, number, number, number];
  return unwrap(
    block.lend((at, bytes) =>
      core().vectorIndexCreate(at, bytes, size, links, construction, candidates, start, given.keepFull),
    ),
  ).f64();
}

/**
 * Vectors by id, with metadata: exact search over contiguous rows, which stay on the heap of the module, or a walk
 * through a graph over them.
 *
 * An id is a string or a safe integer; 1 and "1" differ. A score has the bits of the function it is named after; of smaller
 * dtypes those of QuantizedVectors. Equal scores: the vector added first.
 *
 * @throws ParitasError `invalid_argument` for an option without meaning, `out_of_range` for a number out of its range
 */
export class VectorIndex extends Handle implements Selectable {
  constructor(options: VectorIndexOptions);
  /** @internal */
  constructor(options: undefined, raw: number);
  constructor(options: VectorIndexOptions | undefined, raw: number = create(options!)) {
    super(raw, core().vectorIndexDelete);
  }

  /** The index of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): VectorIndex {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new VectorIndex(
      undefined,
      unwrap(withBytes(data, (at, bytes) => core().vectorIndexFromBytes(at, bytes))).f64(),
    );
  }

  /**
   * Adds a vector, or replaces the one of that id, which moves to the end. True if the id is new.
   *
   * @throws ParitasError `dimension_mismatch`; `invalid_argument` for NaN and infinities; `out_of_range` for what a 16-bit
   *   float cannot hold; the index is unchanged after an error
   */
  add(id: DocId, vector: Vector, metadata?: Metadata | null): boolean {
    const row = oneRow(vector);
    const block = new Packer().id(id).optional(metadataBytes(metadata ?? undefined));
    const added = withFloats(row.values, (values) =>
      block.lend((at, bytes) => core().vectorIndexAdd(this.raw, at, bytes, values, row.dim)),
    );
    return unwrap(added).f64() !== 0;
  }

  /** The same as add, for readers who look for this word. */
  upsert(id: DocId, vector: Vector, metadata?: Metadata | null): boolean {
    return this.add(id, vector, metadata);
  }

  /**
   * Adds or replaces many vectors; returns how many. An error changes nothing.
   *
   * @throws ParitasError as add, with the row; `length_mismatch`; `duplicate_key` with the index of the id
   */
  addBatch(ids: readonly DocId[], vectors: Matrix, options: VectorAddOptions = {}): number {
    const { onDuplicate = "replace", metadatas, dim } = options;
    const rows = matrix(vectors, dim);
    if (metadatas !== undefined && metadatas.length !== ids.length) {
      throw new ParitasError("length_mismatch", "ids, vectors and metadatas must be of one length");
    }
    const block = new Packer().text(string(onDuplicate));
    ids.forEach((id, i) => block.id(id).optional(metadataBytes(metadatas?.[i] ?? undefined)));
    const added = withFloats(rows.values, (values) =>
      block.lend((at, bytes) => core().vectorIndexAddBatch(this.raw, at, bytes, values, rows.rows, rows.dim)),
    );
    return unwrap(added).f64();
  }

  /** Removes a vector. True if there was one. */
  remove(id: DocId): boolean {
    return this.removeMany([id]) === 1;
  }

  /** Removes vectors; returns how many there were. */
  removeMany(ids: Iterable<DocId>): number {
    return packedIds(ids).lend((at, bytes) => core().vectorIndexRemoveMany(this.raw, at, bytes));
  }

  /** Removes all vectors. */
  clear(): void {
    core().vectorIndexClear(this.raw);
  }

  /** Gives back the memory of what was removed; a graph is built anew. */
  compact(): void {
    core().vectorIndexCompact(this.raw);
  }

  /**
   * The best results: score descending, then order of adding; k, or all that pass.
   *
   * @throws ParitasError `dimension_mismatch`; `invalid_argument` for k or rescore below 0, ef below 1, NaN and infinities
   */
  query(vector: Vector, k?: number, options: VectorQueryOptions = {}): VectorHit[] {
    return this.#lists(oneRow(vector), k, options)[0]!;
  }

  /** The results of query for each row, which all read each block of rows once. */
  queryBatch(vectors: Matrix, k?: number, options: VectorBatchOptions = {}): VectorHit[][] {
    return this.#lists(matrix(vectors, options.dim), k, options);
  }

  /** The results of queryBatch without an object for each. */
  queryBatchArrays(vectors: Matrix, k?: number, options: VectorBatchOptions = {}): VectorRows {
    const rows = matrix(vectors, options.dim);
    const cells = this.#ask(rows, k, options, core().vectorIndexQueryBatchArrays);
    const columns = cells.f64();
    const both = cells.f64s();
    const half = both.length / 2;
    return { columns, positions: Int32Array.from(both.subarray(0, half)), scores: both.slice(half) };
  }

  #lists(rows: Rows, k: number | undefined, options: VectorQueryOptions): VectorHit[][] {
    const input = this.#ask(rows, k, options, core().vectorIndexQueryBatch);
    return input.all(() => input.list(() => ({ id: input.id(), score: input.f64() })));
  }

  #ask(
    rows: Rows,
    k: number = core().vectorQueryDefaultK(),
    { filter, ef, exact = false, rescore = 0 }: VectorQueryOptions,
    call: ReturnType<typeof core>["vectorIndexQueryBatch"],
  ): Unpacker {
    const asked = [whole(k), ef === undefined ? NO_EF : whole(ef), truth(exact), whole(rescore)] as const;
    return withSelection(filter, this, (filterAt, filterBytes) =>
      withFloats(rows.values, (at) => unwrap(call(this.raw, at, rows.rows, rows.dim, ...asked, filterAt, filterBytes))),
    );
  }

  /** How many vectors there are. */
  count(): number {
    return core().vectorIndexCount(this.raw);
  }

  get length(): number {
    return this.count();
  }

  /** Whether there is a vector of that id. */
  contains(id: DocId): boolean {
    return new Packer().id(id).lend((at, bytes) => core().vectorIndexContains(this.raw, at, bytes)) !== 0;
  }

  /** What the index knows of a vector, or null. */
  get(id: DocId): VectorDocument | null {
    const input = unwrap(new Packer().id(id).lend((at, bytes) => core().vectorIndexGet(this.raw, at, bytes)));
    if (input.done) return null;
    const metadata = input.optional();
    return { id, vector: input.f32s(), metadata: metadata === undefined ? null : metadataOf(metadata) };
  }

  /** All ids in order of adding. */
  ids(): DocId[] {
    const input = unwrap(core().vectorIndexIds(this.raw));
    return input.all(() => input.id());
  }

  /** The metadata of all vectors, in the order of ids(). */
  metadatas(): (Metadata | null)[] {
    const input = unwrap(core().vectorIndexMetadatas(this.raw));
    return input.all(() => {
      const metadata = input.optional();
      return metadata === undefined ? null : metadataOf(metadata);
    });
  }

  /** What the index holds and how much memory it takes. */
  stats(): VectorIndexStats {
    const input = unwrap(core().vectorIndexStats(this.raw));
    const [count, removed, dim] = [input.f64(), input.f64(), input.f64()];
    const [vectorBytes, graphBytes, documentBytes] = [input.f64(), input.f64(), input.f64()];
    const [metric, dtype, kind, path] = [input.text(), input.text(), input.text(), input.text()];
    return { count, removed, dim, metric, dtype, kind, path, vectorBytes, graphBytes, documentBytes };
  }

  /** The live index in one form: equal vectors in equal order give equal bytes, on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().vectorIndexToBytes(this.raw)).copy();
  }
}
