import { BM25, type AddOptions, type Document } from "./bm25.js";
import { number, settle, whole, withBytes } from "./convert.js";
import { matrix, oneRow, type Matrix, type Vector } from "./floats.js";
import { Handle } from "./handle.js";
import type { MatrixOptions } from "./matrix.js";
import type { Metadata } from "./metadata.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { Packer, unwrap, type DocId, type Unpacker } from "./packed.js";
import type { AnyFilter } from "./selection.js";
import type { Span } from "./span.js";
import { VectorIndex } from "./vector_index.js";

/** Makes vectors of texts, one for each; may take its time. */
export type Embed = (texts: string[]) => readonly Vector[] | Promise<readonly Vector[]>;

export interface HybridOptions {
  /** The index of the words; by default one that keeps the texts, for `highlights()`. The caller disposes of its own. */
  bm25?: BM25;
  /** The index of the vectors, of the same ids; by default one for cosines, made with the first vector. */
  vectors?: VectorIndex;
  /** How little the first ranks stand out, above 0, with fusion "rrf". */
  rrfK?: number;
  /** Of the words, at least 0. */
  sparseWeight?: number;
  /** Of the vectors, at least 0. */
  denseWeight?: number;
  /** Each part gives so many times nResults to be fused, 1 to 1,000. */
  fetchMultiplier?: number;
  fusion?: "rrf" | "weighted";
  /** With fusion "weighted". */
  norm?: "minmax" | "max" | "none";
  /** For `addTexts()` and `queryText()`. */
  embed?: Embed;
}

/** A text, a vector or both. */
export interface HybridQuery {
  text?: string;
  vector?: Vector;
}

export interface HybridQueryOptions {
  /** Keys and what they must be (see `matchesFilter`), or a function that is asked about every document. */
  filter?: AnyFilter;
}

/** One result, and where each part had it: ranks from 1, null where it was not among its results. */
export interface HybridResult {
  readonly id: DocId;
  readonly score: number;
  readonly sparseScore: number | null;
  readonly sparseRank: number | null;
  readonly denseScore: number | null;
  readonly denseRank: number | null;
}

const DIFFERENT = "bm25 and vectors must hold the same ids";

type Numbers = Required<Omit<HybridOptions, "bm25" | "vectors" | "embed" | "fusion" | "norm">>;
type Rules = Numbers & { fusion: string; norm: string };

function rulesOf(input: Unpacker): Rules {
  const [rrfK, sparseWeight, denseWeight] = [input.f64(), input.f64(), input.f64()];
  return { rrfK, sparseWeight, denseWeight, fetchMultiplier: input.f64(), fusion: input.text(), norm: input.text() };
}

function create(options: Partial<Rules>): number {
  const rules = settle(rulesOf(unwrap(core().hybridDefaults())), options);
  const block = new Packer().f64(rules.rrfK).f64(rules.sparseWeight).f64(rules.denseWeight);
  block.f64(whole(rules.fetchMultiplier)).text(rules.fusion).text(rules.norm);
  return unwrap(block.lend((at, bytes) => core().hybridCreate(at, bytes))).f64();
}

function putHits(out: Packer, hits: readonly { id: DocId; score: number }[] | undefined): void {
  if (hits === undefined) {
    out.u8(0);
    return;
  }
  out.u8(1).u32(hits.length);
  for (const { id, score } of hits) out.id(id).f64(score);
}

function place(input: Unpacker): [number, number] | [null, null] {
  return input.truth() ? [input.f64(), input.f64()] : [null, null];
}

/**
 * Words and vectors over the same documents, in one call from both to results. A change is made in both parts or in none.
 *
 * @throws ParitasError `invalid_argument` for options without meaning, and for indexes of different ids
 */
export class HybridIndex extends Handle {
  #words: BM25;
  #rows: VectorIndex | undefined;
  #own: { words: boolean; rows: boolean };
  #embed: Embed | undefined;

  constructor({ bm25, vectors, embed, ...rules }: HybridOptions = {}) {
    if (bm25 !== undefined && !(bm25 instanceof BM25)) throw new ParitasTypeError("a BM25 as bm25 is needed");
    if (vectors !== undefined && !(vectors instanceof VectorIndex)) {
      throw new ParitasTypeError("a VectorIndex as vectors is needed");
    }
    if (embed !== undefined && typeof embed !== "function") {
      throw new ParitasTypeError(`a function as embed is needed, not ${typeof embed}`);
    }
    const ids = new Set(bm25?.ids());
    const others = vectors?.ids() ?? [];
    if (ids.size !== others.length || !others.every((id) => ids.has(id))) {
      throw new ParitasError("invalid_argument", DIFFERENT);
    }
    super(create(rules), core().hybridDelete);
    this.#words = bm25 ?? new BM25({ storeText: true });
    this.#rows = vectors;
    this.#own = { words: bm25 === undefined, rows: vectors === undefined };
    this.#embed = embed;
  }

  /** The index of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array, options: { embed?: Embed } = {}): HybridIndex {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    const input = unwrap(withBytes(data, (at, bytes) => core().hybridOpen(at, bytes)));
    const rules = rulesOf(input) as HybridOptions;
    const part = (): Uint8Array => data.subarray(input.u32(), input.u32());
    const [words, rows] = [part(), part()];
    const first = rows.byteOffset - data.byteOffset;
    const bm25 = BM25.fromBytes(words);
    let vectors: VectorIndex | undefined;
    try {
      vectors = rows.length === 0 ? undefined : VectorIndex.fromBytes(rows);
      const made = new HybridIndex({ ...rules, ...options, bm25, ...(vectors === undefined ? {} : { vectors }) });
      made.#own = { words: true, rows: true };
      return made;
    } catch (error) {
      bm25.dispose();
      vectors?.dispose();
      if (error instanceof ParitasError && error.message === DIFFERENT) {
        const message = "these bytes are no hybrid index of version 1: its parts hold different ids";
        throw new ParitasError("corrupt_data", message, first);
      }
      throw error;
    }
  }

  /** Frees the memory, of the indexes too that were not given. */
  override dispose(): void {
    if (this.#own.words) this.#words.dispose();
    if (this.#own.rows) this.#rows?.dispose();
    super.dispose();
  }

  /** The index of the words; to be read only. */
  get bm25(): BM25 {
    return this.#words;
  }

  /** The index of the vectors; to be read only. Undefined as long as it is to be made and nothing has been added. */
  get vectors(): VectorIndex | undefined {
    return this.#rows;
  }

  /**
   * Adds a document, or replaces the one of that id, which moves to the end. True if the id is new.
   *
   * @throws ParitasError as BM25 and VectorIndex
   */
  add(id: DocId, text: string, vector: Vector, metadata?: Metadata): boolean {
    return this.#change(
      [text],
      () => oneRow(vector).dim,
      (rows) => {
        rows.add(id, vector, metadata); // refuses whatever either part would refuse
        return this.#words.addDocument(id, text, metadata);
      },
    );
  }

  /** The same as add, for readers who look for this word. */
  upsert(id: DocId, text: string, vector: Vector, metadata?: Metadata): boolean {
    return this.add(id, text, vector, metadata);
  }

  /**
   * Adds or replaces many documents; returns how many. An error changes nothing.
   *
   * @throws ParitasError `length_mismatch`; `duplicate_key` with the index of the document; as add
   */
  addBatch(
    ids: readonly DocId[],
    texts: readonly string[],
    vectors: Matrix,
    options: AddOptions & MatrixOptions = {},
  ): number {
    if (ids.length !== texts.length) {
      throw new ParitasError("length_mismatch", "ids, texts and vectors must be of one length");
    }
    if (ids.length === 0) return 0;
    const { dim, ...words } = options;
    return this.#change(
      texts,
      () => matrix(vectors, dim).dim,
      (rows) => {
        rows.addBatch(ids, vectors, options);
        return this.#words.addDocuments(ids, texts, words);
      },
    );
  }

  /** As addBatch, with the vectors that `embed` makes of the texts. */
  async addTexts(ids: readonly DocId[], texts: readonly string[], options: AddOptions = {}): Promise<number> {
    return this.addBatch(ids, texts, await this.#embedded([...texts]), options);
  }

  /** Removes a document. True if there was one. */
  remove(id: DocId): boolean {
    return this.#words.remove(id) && this.#rows!.remove(id);
  }

  /** Removes documents; returns how many there were. */
  removeMany(ids: Iterable<DocId>): number {
    const all = typeof ids === "string" ? ids : [...ids];
    const removed = this.#words.removeMany(all);
    if (removed > 0) this.#rows!.removeMany(all);
    return removed;
  }

  /** Removes all documents. */
  clear(): void {
    this.#words.clear();
    this.#rows?.clear();
  }

  /**
   * The best documents: score descending. A text alone ranks by the words, a vector alone by the vectors, each with its own
   * scores; of both, fetchMultiplier * nResults of each part are fused.
   *
   * @throws ParitasError `invalid_argument` for neither; as the queries of the parts
   */
  query({ text, vector }: HybridQuery, nResults?: number, options: HybridQueryOptions = {}): HybridResult[] {
    const most = nResults ?? defaultResults();
    const both = text !== undefined && vector !== undefined;
    const fetch = unwrap(core().hybridFetch(this.raw, whole(most), both)).f64();
    const block = new Packer().i64(most);
    putHits(block, text === undefined ? undefined : this.#words.query(text, fetch, options));
    putHits(block, vector === undefined ? undefined : (this.#rows?.query(vector, fetch, options) ?? []));
    const input = unwrap(block.lend((at, bytes) => core().hybridJoin(this.raw, at, bytes)));
    return input.all(() => {
      const [id, score] = [input.id(), input.f64()];
      const [sparseScore, sparseRank] = place(input);
      const [denseScore, denseRank] = place(input);
      return { id, score, sparseScore, sparseRank, denseScore, denseRank };
    });
  }

  /** The results of query for a text and the vector that `embed` makes of it. */
  async queryText(text: string, nResults?: number, options: HybridQueryOptions = {}): Promise<HybridResult[]> {
    const [vector] = await this.#embedded([text]);
    return this.query({ text, vector: vector! }, nResults, options);
  }

  /**
   * Where the words of a query stand in the text of a document, in UTF-16 units, as BM25.highlight.
   *
   * @throws ParitasError `not_found` for an unknown id, `invalid_argument` for words that keep no texts
   */
  highlights(id: DocId, text: string): Span[] {
    const found = this.get(id);
    if (found === null) throw new ParitasError("not_found", "no document has this id");
    if (found.text === null) {
      throw new ParitasError("invalid_argument", "bm25 must keep the texts: create it with storeText");
    }
    return this.#words.highlight(text, found.text);
  }

  /** How many documents there are. */
  count(): number {
    return this.#words.count();
  }

  /** Whether there is a document of that id. */
  contains(id: DocId): boolean {
    return this.#words.contains(id);
  }

  /** The document of that id as BM25 has it, or null. */
  get(id: DocId): Document | null {
    return this.#words.get(id);
  }

  /** All ids in order of adding. */
  ids(): DocId[] {
    return this.#words.ids();
  }

  /** Both parts and the options in one form; `embed` is not kept. */
  toBytes(): Uint8Array {
    const block = new Packer();
    for (const part of [this.#words.toBytes(), this.#rows?.toBytes() ?? new Uint8Array(0)]) {
      block.u32(part.length).raw(part);
    }
    return unwrap(block.lend((at, bytes) => core().hybridToBytes(this.raw, at, bytes))).copy();
  }

  /** Runs a change on the vectors, which are kept once there are any; the words cannot refuse what the vectors took. */
  #change<T>(texts: readonly string[], dim: () => number, change: (rows: VectorIndex) => T): T {
    for (const text of texts) {
      if (typeof text !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof text}`);
    }
    if (this.#rows !== undefined) return change(this.#rows);
    const made = new VectorIndex({ dim: dim() });
    try {
      const result = change(made);
      this.#rows = made;
      return result;
    } catch (error) {
      made.dispose();
      throw error;
    }
  }

  async #embedded(texts: string[]): Promise<readonly Vector[]> {
    if (this.#embed === undefined) {
      throw new ParitasError("invalid_argument", "give a vector, or an embed function to the index");
    }
    const rows = await this.#embed(texts);
    if (rows.length !== texts.length) {
      throw new ParitasError("length_mismatch", "embed must give one row for each text");
    }
    return rows;
  }
}

function defaultResults(): number {
  const input = unwrap(core().hybridDefaults());
  rulesOf(input);
  return number(input.f64());
}
