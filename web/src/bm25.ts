import { Analyzer, type AnalyzerOptions } from "./analyzer.js";
import { number, settle, whole, withBytes, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { metadataBytes, metadataOf, type Metadata } from "./metadata.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { Packer, packedIds, packedTexts, unwrap, type DocId, type Unpacker } from "./packed.js";
import type { Reply } from "./raw.js";
import { withSelection, type AnyFilter, type Selectable } from "./selection.js";
import type { Span } from "./span.js";

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
  /** Which documents may be results, by their metadata; the statistics are those of all documents. */
  filter?: AnyFilter;
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
  /** Parts that are frozen; documents added one by one wait in memory for the next. */
  readonly segments: number;
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
export class BM25 extends Handle implements Selectable {
  /** @throws ParitasError `invalid_argument` for an option without meaning */
  constructor(options?: Bm25Options);
  /** @internal */
  constructor(options: Bm25Options, raw?: number);
  constructor(options: Bm25Options = {}, raw: number = create(options)) {
    super(raw, core().bm25Delete);
  }

  /** The index of toBytes. @throws ParitasError `corrupt_data` for any other bytes */
  static fromBytes(data: Uint8Array): BM25 {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new BM25({}, unwrap(withBytes(data, (at, bytes) => core().bm25FromBytes(at, bytes))).f64());
  }

  /** Adds a document, or replaces the one of that id, which moves to the end. True if the id is new. */
  addDocument(id: DocId, text: string, metadata?: Metadata): boolean {
    const block = new Packer().id(id).text(text).optional(metadataBytes(metadata));
    return unwrap(block.lend((at, bytes) => core().bm25AddDocument(this.raw, at, bytes))).f64() !== 0;
  }

  /** The same as addDocument, for readers who look for this word. */
  upsert(id: DocId, text: string, metadata?: Metadata): boolean {
    return this.addDocument(id, text, metadata);
  }

  /** As addDocument, for callers with a tokeniser of their own. */
  addTokens(id: DocId, tokens: Iterable<string>, metadata?: Metadata): boolean {
    const block = new Packer().id(id).optional(metadataBytes(metadata)).raw(packedTexts(tokens).bytes());
    return unwrap(block.lend((at, bytes) => core().bm25AddTokens(this.raw, at, bytes))).f64() !== 0;
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
    const added = withText(onDuplicate ?? callDefaults().onDuplicate, (modeAt, modeBytes) =>
      block.lend((at, bytes) => core().bm25AddDocuments(this.raw, at, bytes, modeAt, modeBytes)),
    );
    return unwrap(added).f64();
  }

  /** Removes a document. True if there was one. */
  remove(id: DocId): boolean {
    return new Packer().id(id).lend((at, bytes) => core().bm25Remove(this.raw, at, bytes)) !== 0;
  }

  /** Removes documents; returns how many there were. */
  removeMany(ids: Iterable<DocId>): number {
    return packedIds(ids).lend((at, bytes) => core().bm25RemoveMany(this.raw, at, bytes));
  }

  /** Removes all documents. */
  clear(): void {
    core().bm25Clear(this.raw);
  }

  /**
   * The best documents: score descending, then order of adding. A term said twice counts twice, an unknown one adds
   * nothing; a document with none of the terms is no result.
   *
   * @throws ParitasError `invalid_argument` for a negative nResults or minScore, `limit_exceeded` for more than 1,024
   *   different terms
   */
  query(queryText: string, nResults?: number, options?: QueryOptions): Hit[] {
    return hits(unwrap(withText(queryText, (at, bytes) => this.#ask(core().bm25Query, at, bytes, nResults, options))));
  }

  /** As query, for terms of the caller's own. */
  queryTokens(tokens: Iterable<string>, nResults?: number, options?: QueryOptions): Hit[] {
    const packed = packedTexts(tokens);
    return hits(unwrap(packed.lend((at, bytes) => this.#ask(core().bm25QueryTokens, at, bytes, nResults, options))));
  }

  /** The results of query for each text. */
  queryBatch(texts: Iterable<string>, nResults?: number, options?: QueryOptions): Hit[][] {
    const packed = packedTexts(texts);
    const input = unwrap(packed.lend((at, bytes) => this.#ask(core().bm25QueryBatch, at, bytes, nResults, options)));
    return input.all(() => input.list(() => ({ id: input.id(), score: input.f64() })));
  }

  /** The results of queryBatch as two arrays. @throws ParitasError as query; `limit_exceeded` for more than 2^27 cells */
  queryBatchArrays(texts: Iterable<string>, nResults?: number, options?: QueryOptions): Bm25Rows {
    const packed = packedTexts(texts);
    const cells = unwrap(
      packed.lend((at, bytes) => this.#ask(core().bm25QueryBatchArrays, at, bytes, nResults, options)),
    );
    const columns = cells.f64();
    const both = cells.f64s();
    const half = both.length / 2;
    return { columns, positions: Int32Array.from(both.subarray(0, half)), scores: both.slice(half) };
  }

  /** One of the four calls above, with the rest of what each is asked. */
  #ask(
    call: (self: number, at: number, bytes: number, most: number, least: number, ...filter: [number, number]) => Reply,
    at: number,
    bytes: number,
    nResults: number | undefined,
    options: QueryOptions = {},
  ): Reply {
    const most = whole(nResults ?? callDefaults().nResults);
    const least = number(options.minScore ?? callDefaults().minScore);
    return withSelection(options.filter, this, (filterAt, filterBytes) =>
      call(this.raw, at, bytes, most, least, filterAt, filterBytes),
    );
  }

  /** Scores of all documents in the order of ids(), 0 without a match. */
  getScores(text: string): Float64Array {
    return unwrap(withText(text, (at, bytes) => core().bm25GetScores(this.raw, at, bytes))).f64s();
  }

  /** The scores of getScores for each text. */
  getScoresBatch(texts: Iterable<string>): Float64Array[] {
    const questions = [...texts];
    const packed = packedTexts(questions);
    const rows = unwrap(packed.lend((at, bytes) => core().bm25GetScoresBatch(this.raw, at, bytes))).f64s();
    const columns = rows.length / Math.max(questions.length, 1);
    return questions.map((_, i) => rows.slice(i * columns, (i + 1) * columns));
  }

  /** How the score of a document comes about, term by term. @throws ParitasError `not_found` for an unknown id */
  explain(text: string, id: DocId): Explanation {
    const question = new Packer().id(id).text(text);
    const input = unwrap(question.lend((at, bytes) => core().bm25Explain(this.raw, at, bytes)));
    return {
      score: input.f64(),
      docLength: input.f64(),
      avgDocLength: input.f64(),
      docCount: input.f64(),
      terms: input.all(() => ({
        term: input.text(),
        weight: input.f64(),
        tf: input.f64(),
        df: input.f64(),
        idf: input.f64(),
        tfPart: input.f64(),
        contribution: input.f64(),
      })),
    };
  }

  /** Where a term of the query stands in a text, in UTF-16 units and in order; terms that overlap are joined. */
  highlight(queryText: string, text: string): Span[] {
    const input = unwrap(
      withText(queryText, (queryAt, queryBytes) =>
        withText(text, (at, bytes) => core().bm25Highlight(this.raw, queryAt, queryBytes, at, bytes)),
      ),
    );
    return input.all(() => input.span());
  }

  /** How many documents there are. */
  count(): number {
    return core().bm25Count(this.raw);
  }

  /** Whether there is a document of that id. */
  contains(id: DocId): boolean {
    return new Packer().id(id).lend((at, bytes) => core().bm25Contains(this.raw, at, bytes)) !== 0;
  }

  /** The document of that id, or null. */
  get(id: DocId): Document | null {
    const input = unwrap(new Packer().id(id).lend((at, bytes) => core().bm25Get(this.raw, at, bytes)));
    if (input.done) return null;
    const length = input.f64();
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
    const input = unwrap(core().bm25Ids(this.raw));
    return input.all(() => input.id());
  }

  /** The metadata of all documents, in the order of ids(). */
  metadatas(): (Metadata | null)[] {
    const input = unwrap(core().bm25Metadatas(this.raw));
    return input.all(() => {
      const metadata = input.optional();
      return metadata === undefined ? null : metadataOf(metadata);
    });
  }

  /** Brings all documents into the form that is smallest and read fastest; results stay the same. */
  optimize(): void {
    core().bm25Optimize(this.raw);
  }

  /** What the index holds and how much memory it takes. */
  stats(): Bm25Stats {
    const input = unwrap(core().bm25Stats(this.raw));
    return {
      documents: input.f64(),
      removed: input.f64(),
      terms: input.f64(),
      postings: input.f64(),
      totalLength: input.f64(),
      avgDocLength: input.f64(),
      segments: input.f64(),
      postingBytes: input.f64(),
      forwardBytes: input.f64(),
      vocabularyBytes: input.f64(),
      documentBytes: input.f64(),
      bytesPerPosting: input.f64(),
    };
  }

  /** The live index in one form: equal documents in equal order give equal bytes, on every target. */
  toBytes(): Uint8Array {
    return unwrap(core().bm25ToBytes(this.raw)).copy();
  }
}

function create(options: Bm25Options): number {
  const { k1, b, delta, variant, storeText, analyzer, ...words } = options;
  const standard = unwrap(core().bm25Defaults());
  const settled = settle(
    {
      k1: standard.f64(),
      b: standard.f64(),
      delta: standard.f64(),
      variant: standard.text(),
      storeText: standard.truth(),
    },
    { k1, b, delta, variant, storeText },
  );
  if (analyzer !== undefined) {
    if (Object.keys(words).length > 0) {
      throw new ParitasError("invalid_argument", "give an analyzer or options of one, not both");
    }
    if (!(analyzer instanceof Analyzer)) throw new ParitasTypeError(`an Analyzer is needed, not ${typeof analyzer}`);
  }
  const reader = analyzer ?? new Analyzer(words);
  try {
    return reader.lend((raw) =>
      withText(settled.variant, (at, bytes) =>
        unwrap(core().bm25Create(settled.k1, settled.b, settled.delta, at, bytes, settled.storeText, raw)).f64(),
      ),
    );
  } finally {
    if (reader !== analyzer) reader.dispose();
  }
}

let defaultsOfCalls: { nResults: number; minScore: number; onDuplicate: string } | undefined;

function callDefaults(): { nResults: number; minScore: number; onDuplicate: string } {
  if (defaultsOfCalls === undefined) {
    const standard = unwrap(core().bm25CallDefaults());
    defaultsOfCalls = { nResults: standard.f64(), minScore: standard.f64(), onDuplicate: standard.text() };
  }
  return defaultsOfCalls;
}

function hits(input: Unpacker): Hit[] {
  return input.all(() => ({ id: input.id(), score: input.f64() }));
}
