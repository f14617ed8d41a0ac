import { settle, string, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";
import type { Span } from "./span.js";

/** How duplicate blocks are found; lengths are code points. */
export interface BlockOptions {
  /** Shorter normal forms are never compared; by default 50. */
  minBlockLength?: number | undefined;
}

/** Which blocks are compared, and with what. */
export interface DedupOptions extends BlockOptions {
  /** Distinct blocks that are remembered, 0 for 4,096; by default 0 for a whole text and 5 for a stream. */
  windowSize?: number | undefined;
  /** Longer blocks are passed on as they come and never compared; by default 65536. */
  maxBlock?: number | undefined;
  /** False leaves code blocks alone. */
  code?: boolean | undefined;
}

/** A block of a text that is equal to an earlier one: text.slice(start, end). */
export interface DuplicateBlock extends Span {
  /** Among all blocks of the text. */
  readonly blockIndex: number;
  /** 32 hexadecimal digits of its normal form. */
  readonly hash: string;
  /** Of the first block that is equal to it. */
  readonly firstIndex: number;
}

/** A block of a text, in order. */
export interface HashedBlock {
  /** 32 hexadecimal digits of its normal form, "" for a block too short to be compared. */
  readonly hash: string;
  readonly block: string;
  readonly isDuplicate: boolean;
}

/** What a deduplicator has done. */
export interface DedupStats {
  readonly totalBlocks: number;
  readonly duplicatesRemoved: number;
  /** Of UTF-8, separators included. */
  readonly bytesSaved: number;
  /** Blocks that were compared and let through. */
  readonly uniqueCount: number;
  /** duplicatesRemoved / totalBlocks, 0 without blocks. */
  readonly dedupRatio: number;
}

interface Settled {
  windowSize: number;
  minBlockLength: number;
  maxBlock: number;
  code: boolean;
}

function defaults(stream: boolean): Settled {
  const input = unwrap(core().dedupDefaults());
  const [windowSize, minBlockLength, maxBlock, streamWindow] = [input.f64(), input.f64(), input.f64(), input.f64()];
  return { windowSize: stream ? streamWindow : windowSize, minBlockLength, maxBlock, code: input.truth() };
}

function safe(value: number, name: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new ParitasTypeError(`a whole number as ${name} is needed, not ${value}`);
}

function settled(options: DedupOptions, stream: boolean): [number, number, number, number] {
  const { windowSize, minBlockLength, maxBlock, code } = settle(defaults(stream), options);
  return [
    safe(windowSize, "windowSize"),
    safe(minBlockLength, "minBlockLength"),
    safe(maxBlock, "maxBlock"),
    Number(code),
  ];
}

function least(options: BlockOptions): number {
  const { minBlockLength } = settle({ minBlockLength: defaults(false).minBlockLength }, options);
  return safe(minBlockLength, "minBlockLength");
}

/**
 * All blocks of a text, in order. A code block is a fence from its opening to its closing line, or to the end of the text; a
 * prose block is a run of lines outside fences that are not blank, and a fence ends it. Prose blocks are equal when
 * normalizeBlock says so, code blocks when they differ in no more than white space at line ends.
 *
 * @throws ParitasError `invalid_argument` for minBlockLength below 0
 */
export function rollingHashBlocks(content: string, options: BlockOptions = {}): HashedBlock[] {
  const length = least(options);
  const input = unwrap(withText(content, (at, bytes) => core().dedupBlocks(length, at, bytes)));
  return input.all(() => ({ hash: input.text(), block: input.text(), isDuplicate: input.truth() }));
}

/** The blocks of a text that are equal to an earlier one, as rollingHashBlocks compares them. @throws as it does */
export function findDuplicateBlocks(content: string, options: BlockOptions = {}): DuplicateBlock[] {
  const length = least(options);
  const input = unwrap(withText(content, (at, bytes) => core().dedupFind(length, at, bytes)));
  return input.all(() => ({
    blockIndex: input.u32(),
    hash: input.text(),
    ...input.span(),
    firstIndex: input.u32(),
  }));
}

/**
 * A text without the blocks that are equal to one of the last distinct ones. Each goes with the separator before it, and
 * everything else stays as it is: a text that repeats nothing comes out unchanged.
 *
 * @throws ParitasError `invalid_argument`: windowSize or minBlockLength below 0, maxBlock below 1
 */
export function deduplicate(text: string, options: DedupOptions = {}): string {
  const [window, length, most, code] = settled(options, false);
  return withText(text, (at, bytes) => {
    const input = unwrap(core().dedupWhole(window, length, most, code, at, bytes));
    // Nothing is ever added; of a text of ASCII the same length is the same text.
    return input.bytes.length - 4 === bytes && bytes === text.length ? text : input.text();
  });
}

function statsOf(input: Unpacker): DedupStats {
  return {
    totalBlocks: input.f64(),
    duplicatesRemoved: input.f64(),
    bytesSaved: input.f64(),
    uniqueCount: input.f64(),
    dedupRatio: input.f64(),
  };
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function decided(input: Unpacker): string | null {
  const bytes = input.optional();
  return bytes === undefined ? null : decoder.decode(bytes);
}

/** Holds back the first half of a surrogate pair whose second may follow. */
class Halves {
  half = "";
  whole(piece: string): string {
    const all = this.half + string(piece);
    const last = all.charCodeAt(all.length - 1);
    const cut = last >= 0xd800 && last <= 0xdbff ? all.length - 1 : all.length;
    this.half = all.slice(cut);
    return all.slice(0, cut);
  }
  rest(): string {
    const { half } = this;
    this.half = "";
    return half;
  }
}

/**
 * deduplicate for a text that comes in pieces: however it is cut, the outputs joined are the same. At most three times
 * maxBlock characters are held back.
 *
 * @throws ParitasError `invalid_argument`: windowSize or minBlockLength below 0, maxBlock below 1
 */
export class StreamingDeduplicator extends Handle {
  readonly #halves = new Halves();

  constructor(options: DedupOptions = {}) {
    super(unwrap(core().dedupStreamCreate(...settled(options, true))).f64(), core().dedupStreamDelete);
  }

  /**
   * What a piece decides: null for nothing yet, else the text that passes, "" for duplicates alone.
   *
   * @throws ParitasError `stream_finished` after flush()
   */
  addChunk(chunk: string): string | null {
    return this.#add(this.#halves.whole(chunk));
  }

  /** Ends the stream: what was held back. @throws ParitasError `stream_finished` for a second time */
  flush(): string {
    const half = this.#halves.rest();
    const last = half === "" ? null : this.#add(half);
    return (last ?? "") + unwrap(core().dedupStreamFlush(this.raw)).text();
  }

  /** Makes it equal to a new one. */
  reset(): void {
    this.#halves.rest();
    core().dedupStreamReset(this.raw);
  }

  getStats(): DedupStats {
    return statsOf(unwrap(core().dedupStreamStats(this.raw)));
  }

  #add(text: string): string | null {
    const raw = this.raw;
    return decided(unwrap(withText(text, (at, bytes) => core().dedupStreamAdd(raw, at, bytes))));
  }
}

/** How outputs are compared. */
export interface OutputDedupOptions extends BlockOptions {
  /** Whether runs of white space in prose are equal; false: only what is around a block is dropped. */
  normalizeWhitespace?: boolean | undefined;
}

/**
 * Lets outputs through, one after the other, without blocks that an earlier one had: the last 4,096 distinct blocks of all
 * outputs are remembered.
 *
 * @throws ParitasError `invalid_argument` for minBlockLength below 0
 */
export class OutputDeduplicator extends Handle {
  readonly #halves = new Halves();

  constructor(options: OutputDedupOptions = {}) {
    const { minBlockLength } = defaults(false);
    const own = settle({ minBlockLength, normalizeWhitespace: true }, options);
    const length = safe(own.minBlockLength, "minBlockLength");
    super(unwrap(core().dedupOutputCreate(length, Number(own.normalizeWhitespace))).f64(), core().dedupOutputDelete);
  }

  /** The rest of an output, and its end. */
  process(text: string): string {
    return (this.processChunk(text) ?? "") + this.flush();
  }

  /** What a piece of an output decides: null for nothing yet, else the text that passes. */
  processChunk(chunk: string): string | null {
    return this.#add(this.#halves.whole(chunk));
  }

  /** Ends an output: what was held back. Its blocks stay known. */
  flush(): string {
    const half = this.#halves.rest();
    const last = half === "" ? null : this.#add(half);
    return (last ?? "") + unwrap(core().dedupOutputFlush(this.raw)).text();
  }

  /** Makes it equal to a new one. */
  reset(): void {
    this.#halves.rest();
    core().dedupOutputReset(this.raw);
  }

  /** The counts of all outputs. */
  getStats(): DedupStats {
    return statsOf(unwrap(core().dedupOutputStats(this.raw)));
  }

  /** How many blocks were taken away. */
  get duplicatesRemoved(): number {
    return this.getStats().duplicatesRemoved;
  }

  #add(text: string): string | null {
    const raw = this.raw;
    return decided(unwrap(withText(text, (at, bytes) => core().dedupOutputAdd(raw, at, bytes))));
  }
}
