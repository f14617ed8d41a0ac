import { packedTexts, Packer, unwrap, type Unpacker } from "./packed.js";
import { settle, string, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import type { Span } from "./span.js";

/** What normalizeText changes, in the order of its steps. */
export interface NormalizeOptions {
  /** The normal form of Unicode 14. */
  form?: "NFC" | "NFKC" | "none" | undefined;
  /** CRLF, CR, U+0085, U+2028 and U+2029 to LF. */
  newlines?: "lf" | "keep" | undefined;
  /** C0 but TAB and LF, DEL, C1. */
  controls?: "remove" | "space" | "keep" | undefined;
  /** Invisible ones but the joiners; marks of direction too. */
  zeroWidth?: "remove" | "keep" | undefined;
  /** All of category Zs to U+0020. */
  spaces?: "ascii" | "keep" | undefined;
  /** Runs of white space. */
  collapse?: "none" | "spaces" | "lines" | "all" | undefined;
  /** For "lines": so many stay of a run of blank lines. */
  maxBlankLines?: number | undefined;
  /** Curly ones and primes to ' and ". */
  quotes?: "keep" | "straight" | undefined;
  /** U+2010 to U+2015 and U+2212 to -. */
  dashes?: "keep" | "ascii" | undefined;
  /** U+2026 to three dots. */
  ellipsis?: "keep" | "dots" | undefined;
  /** White space at both ends goes. */
  trim?: boolean | undefined;
  /** Fenced code is left alone by the steps from `spaces` on. */
  respectCode?: boolean | undefined;
}

/** What is not as it stands in the source: result.slice(start, end) for source.slice(sourceStart, sourceEnd). */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

/** Where the parts of a normalised text came from, in UTF-16 units. Between two edits source and result are equal. */
export class OffsetMap {
  /**
   * @param edits ascending
   * @param length of the result
   * @param sourceLength of the source
   */
  constructor(
    readonly edits: readonly TextEdit[],
    readonly length: number,
    readonly sourceLength: number,
  ) {}

  /** The part of the source that result.slice(start, end) was made of: an edit that is cut counts whole. */
  toSource(start: number, end: number): Span {
    return mapped(this.edits, start, end, this.length);
  }

  /** What became of source.slice(start, end); empty where it was removed. */
  toResult(start: number, end: number): Span {
    const turned = this.edits.map(({ start, end, sourceStart, sourceEnd }) => {
      return { start: sourceStart, end: sourceEnd, sourceStart: start, sourceEnd: end };
    });
    return mapped(turned, start, end, this.sourceLength);
  }
}

/** The number of edits for which `before` holds; it holds for the first ones. */
function count(edits: readonly TextEdit[], before: (edit: TextEdit) => boolean): number {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(edits[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mapped(edits: readonly TextEdit[], from: number, to: number, length: number): Span {
  const start = Math.min(Math.max(from, 0), length);
  const end = Math.min(Math.max(to, start), length);
  // The start lies behind what was removed there, the end before it: a span grows by nothing that it does not touch.
  const first = edits[count(edits, (edit) => edit.start <= start) - 1];
  const last = edits[count(edits, (edit) => edit.start < end) - 1];
  let sourceStart = start;
  if (first) sourceStart = start < first.end ? first.sourceStart : first.sourceEnd + (start - first.end);
  let sourceEnd = end;
  if (last) sourceEnd = end <= last.end ? last.sourceEnd : last.sourceEnd + (end - last.end);
  return { start: sourceStart, end: Math.max(sourceStart, sourceEnd) };
}

const WORDS = [
  "form",
  "newlines",
  "controls",
  "zeroWidth",
  "spaces",
  "collapse",
  "quotes",
  "dashes",
  "ellipsis",
] as const;

function packed(options: NormalizeOptions): Packer {
  const input = unwrap(core().normalizeTextDefaults());
  const words = Object.fromEntries(WORDS.map((name) => [name, input.text()])) as Record<(typeof WORDS)[number], string>;
  const defaults = { ...words, maxBlankLines: input.f64(), trim: input.truth(), respectCode: input.truth() };
  const settled = settle<typeof defaults>(defaults, options);
  if (!Number.isSafeInteger(settled.maxBlankLines)) {
    throw new ParitasTypeError(`a whole number as maxBlankLines is needed, not ${settled.maxBlankLines}`);
  }
  const out = new Packer();
  for (const name of WORDS) out.text(settled[name]);
  return out
    .f64(settled.maxBlankLines)
    .u8(settled.trim ? 1 : 0)
    .u8(settled.respectCode ? 1 : 0);
}

function normalized(texts: Iterable<string>, options: NormalizeOptions, isMapped: boolean): Unpacker {
  const given = packed(options).raw(packedTexts(texts).bytes());
  return unwrap(given.lend((at, bytes) => core().normalizeTexts(at, bytes, isMapped)));
}

/** The text itself where it is normal already; a lone surrogate in it is U+FFFD there too. */
function read(input: Unpacker, source: string): string {
  if (input.truth()) return input.text();
  return source.replace(/\p{Surrogate}/gu, "\ufffd");
}

function readMapped(input: Unpacker, source: string): [string, OffsetMap] {
  const text = read(input, source);
  const [length, sourceLength] = [input.u32(), input.u32()];
  const edits = input.list(() => {
    return { start: input.u32(), end: input.u32(), sourceStart: input.u32(), sourceEnd: input.u32() };
  });
  return [text, new OffsetMap(edits, length, sourceLength)];
}

/**
 * The text in one normal form: Unicode, line ends, white space, marks; what and how the options say.
 *
 * Fenced code keeps its white space and its quotes. Linear, and the result of a result is itself, for any options. A lone
 * surrogate becomes U+FFFD.
 *
 * @throws ParitasError `invalid_argument` for another word than those listed, maxBlankLines below 0
 */
export function normalizeText(text: string, options: NormalizeOptions = {}): string {
  return read(normalized([text], options, false), text);
}

/** normalizeText, and where each part of its result came from. */
export function normalizeTextMapped(text: string, options: NormalizeOptions = {}): [string, OffsetMap] {
  return readMapped(normalized([text], options, true), text);
}

/** normalizeText of each text. */
export function normalizeTextBatch(texts: Iterable<string>, options: NormalizeOptions = {}): string[] {
  const sources = all(texts);
  const input = normalized(sources, options, false);
  return sources.map((source) => read(input, source));
}

/** normalizeTextMapped of each text. */
export function normalizeTextMappedBatch(
  texts: Iterable<string>,
  options: NormalizeOptions = {},
): [string, OffsetMap][] {
  const sources = all(texts);
  const input = normalized(sources, options, true);
  return sources.map((source) => readMapped(input, source));
}

function all(texts: Iterable<string>): string[] {
  if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  return [...texts];
}

/**
 * normalizeText of a text that comes in pieces: however it is cut, all that is given out, joined, is the same.
 *
 * Held back are a starter with its marks (at most 32 characters), and white space that may be the end of the text.
 *
 * @throws ParitasError `invalid_argument` as normalizeText, `stream_finished` for a piece after the end
 */
export class TextNormalizer extends Handle {
  #half = ""; // the first half of a surrogate pair whose second may follow

  constructor(options: NormalizeOptions = {}) {
    const created = packed(options).lend((at, bytes) => core().textNormalizerCreate(at, bytes));
    super(unwrap(created).f64(), core().textNormalizerDelete);
  }

  /** What a piece of the text adds. */
  feed(text: string): string {
    let piece = this.#half + string(text);
    const last = piece.charCodeAt(piece.length - 1);
    const half = last >= 0xd800 && last <= 0xdbff ? piece.slice(-1) : "";
    if (half !== "") piece = piece.slice(0, -1);
    const added = unwrap(withText(piece, (at, bytes) => core().textNormalizerFeed(this.raw, at, bytes))).text();
    this.#half = half;
    return added;
  }

  /** Ends the stream: the rest of the text. */
  finish(): string {
    const half = this.#half;
    this.#half = "";
    return unwrap(withText(half, (at, bytes) => core().textNormalizerFinish(this.raw, at, bytes))).text();
  }

  /** Makes it equal to a new one. */
  reset(): void {
    core().textNormalizerReset(this.raw);
    this.#half = "";
  }
}
