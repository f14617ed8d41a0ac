import { whole, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { callbacks, core, ParitasTypeError } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";
import type { Reply } from "./raw.js";

/** A piece of a text for an index: `text.slice(chunk.start, chunk.end)`. */
export interface Chunk {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** In the unit of the chunker. */
  readonly length: number;
  /** The same, where the unit is tokens. */
  readonly tokenCount: number | null;
  readonly kind: "text" | "code" | "table" | "heading";
  /** Of a hierarchy; 0 is the coarsest. */
  readonly level: number;
  /** Titles above it, the outermost first. */
  readonly headings: readonly string[];
  /** Index of the chunk that it is a part of. */
  readonly parent: number | null;
  readonly children: readonly number[];
  /** Code points shared with the chunk before. */
  readonly overlapPrev: number;
  /** From 1. */
  readonly startLine: number;
  /** Of its last character. */
  readonly endLine: number;
  /** `"hard"`: it holds a piece of what could only be cut at words or finer. */
  readonly split: "clean" | "hard";
  /** Its headings and its text, where they were asked for. */
  readonly contextualText: string | null;
}

/** What the length of a text is counted in, or a function that says it: your tokenizer. */
export type Length = "chars" | "bytes" | "utf16" | "words" | "graphemes" | "tokens" | ((text: string) => number);

/** Where chunks are, in UTF-16 units. */
export interface ChunkSpans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const KINDS = ["text", "code", "table", "heading"] as const;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// The function that counts during a call, and what it threw.
let counting: ((text: string) => number) | undefined;
let thrown: { error: unknown } | undefined;

callbacks["chunkCount"] = (at: number, bytes: number) => {
  try {
    const text = decoder.decode(core().HEAPU8.subarray(at, at + bytes));
    return whole(counting!(text));
  } catch (error) {
    thrown = { error };
    return NaN;
  }
};

/** The name of a unit for the core, "" for a function. @internal */
export function unitOf(length: unknown): string {
  if (typeof length === "string") return length === "" ? '""' : length;
  if (typeof length === "function") return "";
  throw new ParitasTypeError(`a string or a function is needed, not ${typeof length}`);
}

/** What cuts texts into chunks; each kind says where. */
export abstract class Chunker extends Handle {
  readonly #length: ((text: string) => number) | undefined;

  /** @internal */
  protected constructor(made: Reply, length: Length) {
    super(unwrap(made).f64(), core().chunkDelete);
    this.#length = counterOf(length);
  }

  /**
   * The chunks of a text in order; none of a blank one.
   *
   * @throws ParitasError `bad_counter` for a function as length that says a negative number; what it throws passes as it is
   */
  chunk(text: string): Chunk[] {
    const tokens = core().chunkTokens(this.raw) !== 0;
    return this.cut(
      text,
      (at, bytes) => core().chunkChunk(this.raw, at, bytes),
      (input) => chunks(input, text, tokens),
    );
  }

  /** Only the texts of the chunks. */
  splitText(text: string): string[] {
    const { starts, ends } = this.spans(text);
    return Array.from(starts, (start, i) => text.slice(start, ends[i]));
  }

  /** Only where the chunks are. */
  spans(text: string): ChunkSpans {
    return this.cut(
      text,
      (at, bytes) => core().chunkSpans(this.raw, at, bytes),
      (input) => {
        const all = new Uint32Array(input.copy().buffer);
        return { starts: all.slice(0, all.length / 2), ends: all.slice(all.length / 2) };
      },
    );
  }

  /** `chunk()` of each text. */
  chunkBatch(texts: Iterable<string>): Chunk[][] {
    if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    return Array.from(texts, (text) => this.chunk(text));
  }

  /** A call that may count by a function of the caller's. @internal */
  protected cut<T>(text: string, call: (at: number, bytes: number) => Reply, read: (input: Unpacker) => T): T {
    return counted(this.#length, text, call, read);
  }
}

/** The function of a length that is one. @internal */
export function counterOf(length: Length | undefined): ((text: string) => number) | undefined {
  return typeof length === "function" ? length : undefined;
}

/** A call that may count by a function of the caller's. @internal */
export function counted<T>(
  counter: ((text: string) => number) | undefined,
  text: string,
  call: (at: number, bytes: number) => Reply,
  read: (input: Unpacker) => T,
): T {
  const before = counting;
  counting = counter;
  try {
    const reply = withText(text, call);
    if (thrown !== undefined) {
      const { error } = thrown;
      thrown = undefined;
      throw error;
    }
    return read(unwrap(reply));
  } finally {
    counting = before;
  }
}

/** @internal */
export function chunks(input: Unpacker, source: string, tokens: boolean): Chunk[] {
  const count = input.u32();
  const out = new Array<Chunk>(count);
  for (let index = 0; index < count; ++index) {
    const start = input.u32();
    const end = input.u32();
    const length = input.u32();
    const kind = KINDS[input.u32()]!;
    const split = input.u32() !== 0 ? "hard" : "clean";
    const level = input.u32();
    const parent = input.u32();
    const overlapPrev = input.u32();
    const startLine = input.u32();
    const endLine = input.u32();
    const headings = input.list(() => input.text());
    const children = input.list(() => input.u32());
    out[index] = {
      index,
      start,
      end,
      text: source.slice(start, end),
      length,
      tokenCount: tokens ? length : null,
      kind,
      level,
      headings,
      parent: parent === 0 ? null : parent - 1,
      children,
      overlapPrev,
      startLine,
      endLine,
      split,
      contextualText: null,
    };
  }
  return out;
}
