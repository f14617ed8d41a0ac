import { type Chunk, chunks, counted, counterOf, type Length, unitOf } from "./chunk.js";
import { settle, whole } from "./convert.js";
import { matrix, type Matrix, type Rows, withFloats } from "./floats.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";
import { sentences } from "./sentences.js";
import type { Span } from "./span.js";

export interface SemanticChunkerOptions {
  /** At least 1, in the unit of `length`; by default 1344. */
  chunkSize?: number | undefined;
  /** Gives one row of numbers for each text of an array of 256 at most; one that is asynchronous is for `chunkAsync`. */
  embed?: ((texts: string[]) => Matrix | Promise<Matrix>) | undefined;
  method?: "percentile" | "stdev" | "similarity" | "local_max" | undefined;
  /** By default 95, for percentile. */
  threshold?: number | undefined;
  /** Rows on either side of a gap that are compared by their means; by default 1. */
  window?: number | undefined;
  /** Smaller groups join a neighbour; by default 1. */
  minSentences?: number | undefined;
  /** Larger groups are split; 0 for no limit. */
  maxSentences?: number | undefined;
  length?: Length | undefined;
}

function made(options: SemanticChunkerOptions): Reply {
  const input = unwrap(core().chunkSemanticDefaults());
  const { length = "chars", embed, ...rest } = options;
  if (embed !== undefined && typeof embed !== "function") {
    throw new ParitasTypeError(`a function is needed, not ${typeof embed}`);
  }
  const standard = {
    chunkSize: input.f64(),
    method: input.text(),
    threshold: input.f64(),
    window: input.f64(),
    minSentences: input.f64(),
    maxSentences: input.f64(),
  };
  const settled = settle(standard, rest);
  const packed = new Packer().i64(whole(settled.chunkSize)).f64(settled.threshold);
  for (const count of [settled.window, settled.minSentences, settled.maxSentences]) packed.i64(whole(count));
  packed.text(settled.method).text(unitOf(length));
  return packed.lend((at, bytes) => core().chunkSemanticCreate(at, bytes));
}

/** The sentences of many texts and, batch by batch, their rows. */
class Sentences {
  readonly #counts: number[];
  readonly #all: string[];
  readonly #batches: Rows[] = [];
  #done = 0;

  constructor(texts: readonly string[]) {
    const spans = texts.map(sentences);
    this.#counts = spans.map((own) => own.length);
    this.#all = texts.flatMap((text, i) => spans[i]!.map(({ start, end }) => text.slice(start, end)));
  }
  /** What to embed next; nothing when all is done. */
  next(): string[] | undefined {
    if (this.#done === this.#all.length) return undefined;
    const input = unwrap(core().chunkSemanticDefaults());
    (input.f64(), input.text());
    for (let i = 0; i < 4; ++i) input.f64();
    return this.#all.slice(this.#done, this.#done + input.u32());
  }
  add(given: Matrix, sentences: number): void {
    const rows = matrix(given);
    unwrap(core().chunkSemanticBatch(rows.rows, rows.dim, sentences, this.#batches[0]?.dim ?? 0));
    this.#batches.push(rows);
    this.#done += sentences;
  }
  /** The rows of each text. */
  rows(): Rows[] {
    const dim = this.#batches[0]?.dim ?? 0;
    const values = new Float32Array(this.#all.length * dim);
    let at = 0;
    for (const batch of this.#batches) {
      values.set(batch.values.subarray(0, batch.rows * dim), at);
      at += batch.rows * dim;
    }
    let first = 0;
    return this.#counts.map((rows) => {
      const own = values.subarray(first * dim, (first + rows) * dim);
      first += rows;
      return { values: own, rows, dim };
    });
  }
}

/**
 * Cuts between sentences where the meaning turns, by embeddings of the sentences.
 *
 * The distance of a gap is 1 - cosine of the means of up to `window` rows before and after it. There is a break at a gap with
 *   percentile: a distance above the nearest-rank percentile `threshold` of all distances
 *   stdev:      a distance above their mean by more than `threshold` standard deviations
 *   similarity: a cosine below `threshold`
 *   local_max:  a distance above both neighbours and above the mean by more than `threshold` standard deviations
 * Groups of fewer than minSentences join the nearer neighbour; those of more than maxSentences or over chunkSize are split at
 * their greatest inner distance, and a sentence over it is cut at words.
 */
export class SemanticChunker extends Handle {
  readonly #length: ReturnType<typeof counterOf>;
  readonly #embed: SemanticChunkerOptions["embed"];

  /** @throws ParitasError `invalid_argument` */
  constructor(options: SemanticChunkerOptions = {}) {
    super(unwrap(made(options)).f64(), core().chunkSemanticDelete);
    this.#length = counterOf(options.length);
    this.#embed = options.embed;
  }

  /** The sentences that need embeddings, as spans of the text. */
  sentences(text: string): Span[] {
    return sentences(text);
  }

  /**
   * The chunks of a text in order; none of a blank one.
   *
   * @param embeddings one row for each of `sentences(text)`; without them `embed` is asked, which must answer at once
   * @throws ParitasError `invalid_argument` without either, `length_mismatch` for another number of rows, `not_finite` with
   *   the row, `bad_counter`
   */
  chunk(text: string, embeddings?: Matrix): Chunk[] {
    return embeddings === undefined ? this.chunkBatch([text])[0]! : this.#chunk(text, matrix(embeddings));
  }

  /** `chunk()` with an `embed` that may be asynchronous. */
  async chunkAsync(text: string): Promise<Chunk[]> {
    return (await this.chunkBatchAsync([text]))[0]!;
  }

  /** `chunk()` of each text; `embed` is given the sentences of all of them, 256 at once. */
  chunkBatch(texts: Iterable<string>): Chunk[][] {
    const { all, embed, found } = this.#begin(texts);
    for (let batch; (batch = found.next()) !== undefined;) {
      const rows = embed(batch);
      if (typeof (rows as Promise<Matrix>)?.then === "function") {
        throw new ParitasTypeError("rows are needed, not a promise: call chunkAsync or chunkBatchAsync");
      }
      found.add(rows as Matrix, batch.length);
    }
    return found.rows().map((rows, i) => this.#chunk(all[i]!, rows));
  }

  /** `chunkBatch()` with an `embed` that may be asynchronous. */
  async chunkBatchAsync(texts: Iterable<string>): Promise<Chunk[][]> {
    const { all, embed, found } = this.#begin(texts);
    for (let batch; (batch = found.next()) !== undefined;) found.add(await embed(batch), batch.length);
    return found.rows().map((rows, i) => this.#chunk(all[i]!, rows));
  }

  #begin(texts: Iterable<string>) {
    if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    const all = Array.from(texts);
    const embed = this.#embed;
    if (embed === undefined) {
      unwrap(core().chunkSemanticMissing());
      throw new Error("unreachable");
    }
    return { all, embed, found: new Sentences(all) };
  }

  #chunk(text: string, { values, rows, dim }: Rows): Chunk[] {
    const self = this.raw;
    const tokens = core().chunkSemanticTokens(self) !== 0;
    return counted(
      this.#length,
      text,
      (at, bytes) => withFloats(values, (floats) => core().chunkSemanticChunk(self, at, bytes, floats, rows, dim)),
      (input) => chunks(input, text, tokens),
    );
  }
}
