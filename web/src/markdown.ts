import { type Chunk, Chunker, type Length, unitOf } from "./chunk.js";
import { settle, whole } from "./convert.js";
import { core } from "./module.js";
import { Packer, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

export interface MarkdownChunkerOptions {
  /** At least 1, in the unit of `length`; by default 1344. */
  chunkSize?: number | undefined;
  /** From 0 to below chunkSize, or a share of it in (0, 1): so much of the last chunk in whole blocks. */
  overlap?: number | undefined;
  length?: Length | undefined;
  /** 0 to 6, by default 6: the levels that make sections. */
  headings?: number | undefined;
  /** Gives each chunk a contextualText: the titles it stands under, and its text. */
  includeHeadings?: boolean | undefined;
  /** Code that fits into a chunk is never cut, though its heading may then stand alone; by default true. */
  keepCode?: boolean | undefined;
  /** The same of tables. */
  keepTables?: boolean | undefined;
  /** Chunks have no white space at their ends; by default true. */
  strip?: boolean | undefined;
}

function made(options: MarkdownChunkerOptions): [Reply, Length, boolean] {
  const input = unwrap(core().chunkMarkdownDefaults());
  const { length = "chars", ...rest } = options;
  const settled = settle(
    {
      chunkSize: input.f64(),
      overlap: input.f64(),
      headings: input.f64(),
      includeHeadings: input.truth(),
      keepCode: input.truth(),
      keepTables: input.truth(),
      strip: input.truth(),
    },
    rest,
  );
  const packed = new Packer().i64(whole(settled.chunkSize)).f64(settled.overlap).i64(whole(settled.headings));
  for (const flag of [settled.includeHeadings, settled.keepCode, settled.keepTables, settled.strip]) {
    packed.u8(flag ? 1 : 0);
  }
  packed.text(unitOf(length));
  return [packed.lend((at, bytes) => core().chunkMarkdownCreate(at, bytes)), length, settled.includeHeadings];
}

function contextual(chunk: Chunk): Chunk {
  const packed = new Packer().text(chunk.text);
  for (const heading of chunk.headings) packed.text(heading);
  const reply = packed.lend((at, bytes) => core().chunkMarkdownContextual(at, bytes));
  return { ...chunk, contextualText: unwrap(reply).text() };
}

/**
 * Sections of Markdown, as many whole ones as fit; one over the size is cut between its blocks.
 *
 * A section is a heading and what follows up to the next heading of its level or a higher one. Sections share a chunk only
 * when all of them are whole and stand under one heading. Blocks are headings, fences, indented code, tables, list items,
 * quotes, front matter, HTML and paragraphs; one over the size is cut at lines, sentences, words, code at blank lines
 * before its least indentation and at lines, a table between rows. A heading goes with the first text of its section, as
 * long as one word of it fits.
 *
 * A chunk's kind is "code" or "table" when it has nothing else but headings, "heading" when it has only these. Its headings
 * are the titles above its start, without markup, cut after 256 code points.
 */
export class MarkdownChunker extends Chunker {
  readonly #contextual: boolean;

  /** @throws ParitasError `invalid_argument` */
  constructor(options: MarkdownChunkerOptions = {}) {
    const [reply, length, includes] = made(options);
    super(reply, length);
    this.#contextual = includes;
  }

  override chunk(text: string): Chunk[] {
    const chunks = super.chunk(text);
    return this.#contextual ? chunks.map(contextual) : chunks;
  }
}
