import { Chunker, type Length, unitOf } from "./chunk.js";
import { number, settle, string, truth, whole, withText } from "./convert.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { packedTexts, Packer, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

export interface RecursiveChunkerOptions {
  /** At least 1, in the unit of `length`. */
  chunkSize?: number | undefined;
  /** From 0 to chunkSize, or a share of it in (0, 1). */
  chunkOverlap?: number | undefined;
  /** The first one that a text has is taken; "" cuts anywhere. */
  separators?: Iterable<string> | undefined;
  /** true or "start": it opens the next piece; "end": it closes the one before; false: it is left out. */
  keepSeparator?: boolean | "start" | "end" | undefined;
  /** Chunks have no white space at their ends. */
  strip?: boolean | undefined;
  length?: Length | undefined;
  /** "split" cuts a piece that no separator cuts; "keep" leaves it whole. */
  oversize?: "split" | "keep" | undefined;
  /** Separators are regular expressions; `await initRegex()` first. */
  isSeparatorRegex?: boolean | undefined;
}

/** LangChain's names for them. */
export interface RecursiveCharacterTextSplitterOptions {
  chunkSize?: number | undefined;
  chunkOverlap?: number | undefined;
  separators?: Iterable<string> | undefined;
  keepSeparator?: boolean | "start" | "end" | undefined;
  lengthFunction?: Length | undefined;
  isSeparatorRegex?: boolean | undefined;
  stripWhitespace?: boolean | undefined;
  addStartIndex?: boolean | undefined;
}

/** A chunk as the document that frameworks know. */
export interface ChunkDocument {
  readonly pageContent: string;
  readonly metadata: Record<string, unknown>;
}

type Input = { text?: string; pageContent?: string; metadata?: Record<string, unknown> | undefined };

function made(options: RecursiveChunkerOptions, nested: boolean): [Reply, Length] {
  const input = unwrap(core().chunkRecursiveDefaults());
  const { separators, keepSeparator = true, length = "chars", ...rest } = options;
  const known = { chunkSize: input.f64(), chunkOverlap: input.f64(), strip: input.truth() };
  const standard = input.list(() => input.text());
  const settled = settle({ ...known, oversize: "split", isSeparatorRegex: false }, rest);
  if (typeof keepSeparator !== "boolean" && typeof keepSeparator !== "string") {
    throw new ParitasTypeError(`a boolean, "start" or "end" is needed, not ${typeof keepSeparator}`);
  }
  const keep = keepSeparator === true ? "start" : keepSeparator === false ? "" : keepSeparator || '""';
  const packed = new Packer()
    .i64(whole(settled.chunkSize))
    .f64(number(settled.chunkOverlap))
    .text(unitOf(length))
    .text(keep)
    .text(settled.oversize)
    .u8(settled.strip ? 1 : 0)
    .u8(settled.isSeparatorRegex ? 1 : 0)
    .u8(nested ? 1 : 0);
  packed.raw(packedTexts(separators ?? standard).bytes());
  return [packed.lend((at, bytes) => core().chunkRecursiveCreate(at, bytes)), length];
}

/**
 * Cuts at the coarsest separator first and joins pieces up to the size, as LangChain does.
 *
 * 1. The first separator that occurs in the text cuts it; the others are left for its pieces. "" cuts anywhere.
 * 2. A piece below the size joins the run; another one ends it and is cut by the separators left, or at words.
 * 3. The run is merged: a piece that would make it too long ends the chunk, and pieces go at the front until the overlap
 *    is left.
 */
export class RecursiveChunker extends Chunker {
  /** @internal */
  protected addStartIndex = true;

  /** @throws ParitasError `invalid_argument`; those of regular expressions with isSeparatorRegex */
  constructor(options: RecursiveChunkerOptions = {}, /** @internal */ nested = false) {
    super(...made(options, nested));
  }

  /**
   * One with the separators of a language: markdown, html, latex, python, js, ts, java, c, cpp, csharp, go, rust, php, ruby,
   * swift, kotlin, scala, sql.
   *
   * @throws ParitasError `invalid_argument` for another language
   */
  static fromLanguage<T, Options extends object>(
    this: new (options: Options) => T,
    language: string,
    options?: Options,
  ): T {
    const input = unwrap(withText(language, (at, bytes) => core().chunkLanguageSeparators(at, bytes)));
    return new this({ ...options, separators: input.all(() => input.text()) } as unknown as Options);
  }

  /** The chunks of each text as documents with a copy of its metadata and `startIndex`. */
  createDocuments(texts: Iterable<string>, metadatas?: Iterable<Record<string, unknown>>): ChunkDocument[] {
    if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    const all = Array.from(texts);
    const about = metadatas === undefined ? all.map(() => ({})) : Array.from(metadatas);
    if (all.length !== about.length) {
      const message = `metadatas must be as many as texts, not ${about.length} of ${all.length}`;
      throw new ParitasError("length_mismatch", message);
    }
    return all.flatMap((text, i) =>
      this.chunk(text).map((chunk) => ({
        pageContent: chunk.text,
        metadata: { ...structuredClone(about[i]), ...(this.addStartIndex ? { startIndex: chunk.start } : {}) },
      })),
    );
  }

  /** The same of documents: with `pageContent` or `text`, and perhaps `metadata`. */
  splitDocuments(docs: Iterable<Input>): ChunkDocument[] {
    const all = Array.from(docs);
    return this.createDocuments(
      all.map((doc) => string(doc.pageContent ?? doc.text)),
      all.map((doc) => doc.metadata ?? {}),
    );
  }
}

/** RecursiveChunker under LangChain's name, with its arguments and exactly its pieces, nested ones too. */
export class RecursiveCharacterTextSplitter extends RecursiveChunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: RecursiveCharacterTextSplitterOptions = {}) {
    const { lengthFunction, stripWhitespace, addStartIndex = false, ...rest } = options;
    super({ ...rest, length: lengthFunction, strip: stripWhitespace }, true);
    this.addStartIndex = truth(addStartIndex);
  }
}
