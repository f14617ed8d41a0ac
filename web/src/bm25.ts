import { Analyzer, type AnalyzerOptions } from "./analyzer.js";
import { number, settle, whole, withBytes, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { metadataBytes, metadataOf, type Metadata } from "./metadata.js";
import { core, ParitasError, ParitasTypeError, unwrap } from "./module.js";
import { Packer, packedIds, packedTexts, Unpacker, type DocId } from "./packed.js";
import type { RawBm25 } from "./raw.js";

export interface Bm25Settings {
  /** How much a repeated term still adds, 0 to 1e100. */
  k1?: number;
  /** How much long documents pay, 0 to 1. */
  b?: number;
  /** What a match is worth at least, for "bm25l" and "bm25+", 0 to 1e100. */
  delta?: number;
  variant?: "lucene" | "okapi" | "robertson" | "atire" | "bm25l" | "bm25+";
  /** Whether get() can return the texts. */
  storeText?: boolean;
}

/** With `analyzer`, or with the options of one. */
export interface Bm25Options extends Bm25Settings, AnalyzerOptions {
  analyzer?: Analyzer;
}

export interface Hit {
  readonly id: DocId;
  readonly score: number;
}

export interface QueryOptions {
  /** Only higher scores are results. */
  minScore?: number;
}

export interface AddOptions {
  /** "keep": the first one wins; "error": nothing is added. */
  onDuplicate?: "replace" | "keep" | "error";
  /** One for each document. */
  metadatas?: readonly (Metadata | undefined)[];
}

export interface Document {
  readonly id: DocId;
  /** Terms. */
  readonly length: number;
  /** With `storeText`. */
  readonly text: string | null;
  readonly metadata: Metadata | null;
}

/** One query term that a document holds, and what it adds: weight * (idf * tfPart). */
export interface TermScore {
  readonly term: string;
  readonly weight: number;
  readonly tf: number;
  readonly df: number;
  readonly idf: number;
  readonly tfPart: number;
  readonly contribution: number;
}

/** How a score came about: the contributions of the terms, added in their order, are the score. */
export interface Explanation {
  readonly score: number;
  readonly docLength: number;
  readonly avgDocLength: number;
  readonly docCount: number;
  readonly terms: readonly TermScore[];
}

export interface Bm25Stats {
  readonly documents: number;
  /** Documents whose postings wait to be dropped. */
  readonly removed: number;
  readonly terms: number;
  /** Pairs of term and document, removed ones included. */
  readonly postings: number;
  readonly totalLength: number;
  readonly avgDocLength: number;
  readonly postingBytes: number;
  readonly forwardBytes: number;
  readonly vocabularyBytes: number;
  readonly documentBytes: number;
  /** Of posting, forward and vocabulary bytes. */
  readonly bytesPerPosting: number;
}

/** One row for each query: positions among ids(), -1 where there are fewer results, and scores, 0 there. */
export interface Bm25Rows {
  readonly columns: number;
  readonly positions: Int32Array;
  readonly scores: Float64Array;
}

/**
 * BM25 over the terms of documents: exact, updatable, the same order and bits everywhere. After any history of changes,
 * results and bytes equal those of a fresh index of the live documents in their order.
 */
export class BM25 extends Handle<RawBm25> {
  /** @throws ParitasError `invalid_argument` for an option without meaning */
  constructor(options?: Bm25Options);
  /** @internal */
  constructor(options: Bm25Options, raw?: RawBm25);
  constructor(options: Bm25Options = {}, raw: RawBm25 = create(options)) {
    super(raw);
  }

  /** The index of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): BM25 {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new BM25({}, unwrap(withBytes(data, (at, bytes) => core().Bm25.fromBytes(at, bytes))));
  }

  /** Adds a document, or replaces the one of that id, which moves to the end. True if the id is new. */
  addDocument(id: DocId, text: string, metadata?: Metadata): boolean {
    const block = new Packer().id(id).text(text).optional(metadataBytes(metadata));
    return unwrap(block.lend((at, bytes) => this.raw.addDocument(at, bytes)));
  }

  /** The same as addDocument, for readers who look for this word. */
  upsert(id: DocId, text: string, metadata?: Metadata): boolean {
    return this.addDocument(id, text, metadata);
  }

  /** As addDocument, for callers with a tokeniser of their own. */
  addTokens(id: DocId, tokens: Iterable<string>, metadata?: Metadata): boolean {
    const block = new Packer().id(id).optional(metadataBytes(metadata)).raw(packedTexts(tokens).bytes());
    return unwrap(block.lend((at, bytes) => this.raw.addTokens(at, bytes)));
  }

  /**
   * Adds or replaces many documents; returns how many. An error changes nothing.
   *
   * @throws ParitasError `length_mismatch`; `duplicate_key` with the index of the document
   */
  addDocuments(ids: readonly DocId[], texts: readonly string[], { onDuplicate, metadatas }: AddOptions = {}): number {
    if (ids.length !== texts.length || (metadatas !== undefined && metadatas.length !== ids.length)) {
      throw new ParitasError("length_mismatch", "ids, texts and metadatas must be of one length");
    }
    const block = new Packer();
    ids.forEach((id, i) => block.id(id).text(texts[i]).optional(metadataBytes(metadatas?.[i])));
    const mode = onDuplicate ?? core().bm25CallDefaults().onDuplicate;
    return withText(mode, (modeAt, modeBytes) =>
      unwrap(block.lend((at, bytes) => this.raw.addDocuments(at, bytes, modeAt, modeBytes))),
    );
  }

  /** Removes a document. True if there was one. */
  remove(id: DocId): boolean {
    return new Packer().id(id).lend((at, bytes) => this.raw.remove(at, bytes));
  }

  /** Removes documents; returns how many there were. */
  removeMany(ids: Iterable<DocId>): number {
    return packedIds(ids).lend((at, bytes) => this.raw.removeMany(at, bytes));
  }

  /** Removes all documents. */
  clear(): void {
    this.raw.clear();
  }

  /**
   * The best documents: score descending, then order of adding. A term said twice counts twice, an unknown one adds
   * nothing; a document with none of the terms is no result.
   *
   * @throws ParitasError `invalid_argument` for a negative nResults or minScore, `limit_exceeded` for more than 1,024
   *   different terms
   */
  query(queryText: string, nResults?: number, options?: QueryOptions): Hit[] {
    const [most, least] = limits(nResults, options);
    return hits(unwrap(withText(queryText, (at, bytes) => this.raw.query(at, bytes, most, least))));
  }

  /** As query, for terms of the caller's own. */
  queryTokens(tokens: Iterable<string>, nResults?: number, options?: QueryOptions): Hit[] {
    const [most, least] = limits(nResults, options);
    return hits(unwrap(packedTexts(tokens).lend((at, bytes) => this.raw.queryTokens(at, bytes, most, least))));
  }

  /** The results of query for each text. */
  queryBatch(texts: Iterable<string>, nResults?: number, options?: QueryOptions): Hit[][] {
    const [most, least] = limits(nResults, options);
    const packed = unwrap(packedTexts(texts).lend((at, bytes) => this.raw.queryBatch(at, bytes, most, least)));
    const all = [];
    for (const input = new Unpacker(packed); !input.done;) {
      all.push(Array.from({ length: input.u32() }, () => ({ id: input.id(), score: input.f64() })));
    }
    return all;
  }

  /** The results of queryBatch as two arrays. @throws ParitasError as query; `limit_exceeded` for more than 2^27 cells */
  queryBatchArrays(texts: Iterable<string>, nResults?: number, options?: QueryOptions): Bm25Rows {
    const [most, least] = limits(nResults, options);
    return unwrap(packedTexts(texts).lend((at, bytes) => this.raw.queryBatchArrays(at, bytes, most, least)));
  }

  /** Scores of all documents in the order of ids(), 0 without a match. */
  getScores(text: string): Float64Array {
    return unwrap(withText(text, (at, bytes) => this.raw.getScores(at, bytes)));
  }

  /** How the score of a document comes about, term by term. @throws ParitasError `not_found` for an unknown id */
  explain(text: string, id: DocId): Explanation {
    return unwrap(
      new Packer()
        .id(id)
        .text(text)
        .lend((at, bytes) => this.raw.explain(at, bytes)),
    );
  }

  /** How many documents there are. */
  count(): number {
    return this.raw.count();
  }

  /** Whether there is a document of that id. */
  contains(id: DocId): boolean {
    return new Packer().id(id).lend((at, bytes) => this.raw.contains(at, bytes));
  }

  /** The document of that id, or null. */
  get(id: DocId): Document | null {
    const input = new Unpacker(new Packer().id(id).lend((at, bytes) => this.raw.get(at, bytes)));
    if (input.done) return null;
    const length = input.u32();
    const text = input.optional();
    const metadata = input.optional();
    return {
      id,
      length,
      text: text === undefined ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(text),
      metadata: metadata === undefined ? null : metadataOf(metadata),
    };
  }

  /** All ids in order of adding. */
  ids(): DocId[] {
    const all = [];
    for (const input = new Unpacker(this.raw.ids()); !input.done;) all.push(input.id());
    return all;
  }

  /** What the index holds and how much memory it takes. */
  stats(): Bm25Stats {
    return this.raw.stats();
  }

  /** The live index in one form: equal documents in equal order give equal bytes, on every target. */
  toBytes(): Uint8Array {
    return this.raw.toBytes();
  }
}

function create(options: Bm25Options): RawBm25 {
  const { k1, b, delta, variant, storeText, analyzer, ...words } = options;
  const settled = settle(core().bm25Defaults(), { k1, b, delta, variant, storeText });
  if (analyzer !== undefined) {
    if (Object.keys(words).length > 0) {
      throw new ParitasError("invalid_argument", "give an analyzer or options of one, not both");
    }
    if (!(analyzer instanceof Analyzer)) throw new ParitasTypeError(`an Analyzer is needed, not ${typeof analyzer}`);
    return analyzer.lend((raw) => unwrap(core().Bm25.create(settled, raw)));
  }
  const made = new Analyzer(words);
  try {
    return made.lend((raw) => unwrap(core().Bm25.create(settled, raw)));
  } finally {
    made.dispose();
  }
}

function limits(nResults?: number, options: QueryOptions = {}): [number, number] {
  const defaults = core().bm25CallDefaults();
  return [whole(nResults ?? defaults.nResults), number(options.minScore ?? defaults.minScore)];
}

function hits(packed: Uint8Array): Hit[] {
  const all = [];
  for (const input = new Unpacker(packed); !input.done;) all.push({ id: input.id(), score: input.f64() });
  return all;
}
