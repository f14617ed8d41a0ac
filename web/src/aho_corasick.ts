import { settle, string, truth, withBytes, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { packedTexts, unwrap, type Unpacker } from "./packed.js";

/** Of all occurrences that pass `wholeWords`: all of them, or again and again the least behind the last one. */
export type MatchKind = "standard" | "leftmost_first" | "leftmost_longest" | "overlapping";

export interface AhoCorasickOptions {
  /**
   * "overlapping": all occurrences, by (end, start, pattern). Otherwise again and again, behind the last one, the least:
   * "standard" by (end, start, pattern), "leftmost_first" by (start, pattern), "leftmost_longest" (the default) by
   * (start, -end, pattern).
   */
  matchKind?: MatchKind | undefined;
  /** true or "ascii" for A-Z alone; "unicode" for simple case folding of each code point. */
  caseInsensitive?: boolean | "ascii" | "unicode" | undefined;
  /**
   * An occurrence counts if both its ends are word boundaries: not between two letters, marks, digits or connectors of a
   * script that writes spaces.
   */
  wholeWords?: boolean | undefined;
}

/** Matches in columns, the cheap form: no object for each. */
export interface MatchArrays {
  readonly pattern: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** An occurrence of a pattern: its index, and UTF-16 units from `start` to `end`. */
export class Match {
  readonly #source: string;
  readonly #base: number;

  /** @internal `source` begins at `base`. */
  constructor(
    readonly pattern: number,
    readonly start: number,
    readonly end: number,
    source: string,
    base: number,
  ) {
    this.#source = source;
    this.#base = base;
  }

  /** What stands there, as the text has it. */
  get text(): string {
    return this.#source.slice(this.start - this.#base, this.end - this.#base);
  }
}

/**
 * Finds many patterns in one pass over a text, in time linear in the text and the matches.
 *
 * @throws ParitasError `pattern_empty` with the index as offset; `limit_exceeded` for more than 2^24 patterns or 2^28
 *   bytes of them; `invalid_argument` for an unknown matchKind or caseInsensitive
 */
export class AhoCorasick extends Handle {
  /** @param patterns none empty; the same one twice is allowed */
  constructor(patterns: Iterable<string>, options?: AhoCorasickOptions);
  /** @internal */
  constructor(patterns: Iterable<string>, options: AhoCorasickOptions, raw?: number);
  constructor(patterns: Iterable<string>, options: AhoCorasickOptions = {}, raw: number = created(patterns, options)) {
    super(raw, core().ahoDelete);
  }

  /** The object of `toBytes`. @throws ParitasError `corrupt_data` with the offset for any other bytes */
  static fromBytes(data: Uint8Array): AhoCorasick {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    return new AhoCorasick([], {}, unwrap(withBytes(data, (at, bytes) => core().ahoFromBytes(at, bytes))).f64());
  }

  /** The matches of the text in the order of the kind. */
  findAll(text: string): Match[] {
    const { pattern, start, end } = this.findArrays(text);
    return Array.from(pattern, (index, i) => new Match(index, start[i]!, end[i]!, text, 0));
  }

  /** findAll of each text. */
  findAllBatch(texts: Iterable<string>): Match[][] {
    return each(texts, (text) => this.findAll(text));
  }

  /** The same as three arrays. */
  findArrays(text: string): MatchArrays {
    return columns(unwrap(withText(text, (at, bytes) => core().ahoFind(this.raw, at, bytes))));
  }

  /** The first of findAll, or null. */
  findFirst(text: string): Match | null {
    const found = columns(unwrap(withText(text, (at, bytes) => core().ahoFindFirst(this.raw, at, bytes))));
    return found.pattern.length === 0 ? null : new Match(found.pattern[0]!, found.start[0]!, found.end[0]!, text, 0);
  }

  /** Whether there is a match; stops at the first. */
  contains(text: string): boolean {
    return withText(text, (at, bytes) => core().ahoContains(this.raw, at, bytes)) !== 0;
  }

  /** contains of each text. */
  containsBatch(texts: Iterable<string>): boolean[] {
    return each(texts, (text) => this.contains(text));
  }

  /** How many matches findAll gives. */
  count(text: string): number {
    return withText(text, (at, bytes) => core().ahoCount(this.raw, at, bytes));
  }

  /** count of each text. */
  countBatch(texts: Iterable<string>): number[] {
    return each(texts, (text) => this.count(text));
  }

  /** How many matches each pattern has. */
  countByPattern(text: string): number[] {
    const answer = unwrap(withText(text, (at, bytes) => core().ahoCountByPattern(this.raw, at, bytes)));
    return answer.all(() => answer.u32());
  }

  /** The patterns that occur at all, overlapping others or not, ascending. */
  matchedPatterns(text: string): number[] {
    const answer = unwrap(withText(text, (at, bytes) => core().ahoMatchedPatterns(this.raw, at, bytes)));
    return answer.all(() => answer.u32());
  }

  /**
   * The text with each match replaced.
   *
   * @param replacement one string for all, an array with one for each pattern, or a function that makes one of a Match
   * @throws ParitasError `kind_unsupported` for "overlapping"; `length_mismatch` for another number of replacements than
   *   patterns
   */
  replaceAll(text: string, replacement: string | readonly string[] | ((match: Match) => string)): string {
    if (typeof replacement === "string") {
      return withText(text, (at, bytes) =>
        unwrap(withText(replacement, (to, size) => core().ahoReplace(this.raw, at, bytes, to, size))).text(),
      );
    }
    if (typeof replacement !== "function") {
      const packed = packedTexts(iterable(replacement));
      return withText(text, (at, bytes) =>
        unwrap(packed.lend((to, size) => core().ahoReplaceMany(this.raw, at, bytes, to, size))).text(),
      );
    }
    string(text);
    unwrap(core().ahoReplaceable(this.raw));
    const made = packedTexts(this.findAll(text).map((match) => string(replacement(match))));
    return withText(text, (at, bytes) =>
      unwrap(made.lend((to, size) => core().ahoReplaceEach(this.raw, at, bytes, to, size))).text(),
    );
  }

  /** A matcher for a text that comes in pieces. */
  stream(): MatchStream {
    return new MatchStream(this);
  }

  /** The same object as bytes, equal on all targets. */
  toBytes(): Uint8Array {
    return unwrap(core().ahoToBytes(this.raw)).copy();
  }

  /** As they were given. */
  get patterns(): string[] {
    const answer = unwrap(core().ahoPatterns(this.raw));
    return answer.all(() => answer.text());
  }

  /** How many there are. */
  get patternCount(): number {
    return core().ahoPatternCount(this.raw);
  }

  get matchKind(): MatchKind {
    return unwrap(core().ahoMatchKind(this.raw)).text() as MatchKind;
  }

  /** Bytes that the object holds in the module. */
  get memoryBytes(): number {
    return core().ahoMemoryBytes(this.raw);
  }

  /** How it searches, which no result shows. */
  get engine(): "prefilter" | "dense" | "contiguous" {
    return unwrap(core().ahoEngine(this.raw)).text() as AhoCorasick["engine"];
  }

  /** @internal */
  get address(): number {
    return this.raw;
  }
}

/**
 * Finds the patterns in a text that comes in pieces, cut anywhere, between the halves of a surrogate pair too.
 *
 * All arrays together are findAll of the whole text; a match comes as soon as no later input can change it. Offsets count
 * from the start of the stream. Of the text it keeps about as much as the longest pattern.
 */
export class MatchStream extends Handle {
  #held = ""; // the first half of a surrogate pair

  constructor(patterns: AhoCorasick) {
    if (!(patterns instanceof AhoCorasick)) throw new ParitasTypeError("an AhoCorasick is needed");
    super(core().matchStreamCreate(patterns.address), core().matchStreamDelete);
  }

  /** The matches that the chunk has settled. @throws ParitasError `stream_finished` after finish() */
  feed(chunk: string): Match[] {
    const text = this.#held + string(chunk);
    const last = text.charCodeAt(text.length - 1);
    const whole = last >= 0xd800 && last < 0xdc00 ? text.slice(0, -1) : text;
    const found = this.#fed(whole);
    this.#held = text.slice(whole.length);
    return found;
  }

  /** The matches that are left, at the end of the text. @throws ParitasError `stream_finished` when called again */
  finish(): Match[] {
    const found = this.#held === "" ? [] : this.#fed(this.#held);
    this.#held = "";
    return [...found, ...matches(unwrap(core().matchStreamFinish(this.raw)))];
  }

  /** Starts anew, for another text. */
  reset(): void {
    this.#held = "";
    core().matchStreamReset(this.raw);
  }

  #fed(text: string): Match[] {
    return matches(unwrap(withText(text, (at, bytes) => core().matchStreamFeed(this.raw, at, bytes))));
  }
}

function created(patterns: Iterable<string>, options: AhoCorasickOptions): number {
  const packed = packedTexts(iterable(patterns));
  const { caseInsensitive = false, ...rest } = options;
  const defaults = { matchKind: unwrap(core().ahoDefaultKind()).text() as MatchKind, wholeWords: false };
  const { matchKind, wholeWords } = settle(defaults, rest);
  if (typeof caseInsensitive !== "boolean" && typeof caseInsensitive !== "string") {
    throw new ParitasTypeError(`a boolean or a string is needed, not ${typeof caseInsensitive}`);
  }
  const folding = typeof caseInsensitive === "string" ? caseInsensitive : caseInsensitive ? "ascii" : "";
  return packed.lend((at, bytes) =>
    withText(matchKind, (kind, kindBytes) =>
      withText(folding, (to, size) =>
        unwrap(core().ahoCreate(at, bytes, kind, kindBytes, to, size, truth(wholeWords))).f64(),
      ),
    ),
  );
}

function iterable<T>(items: Iterable<T>): Iterable<T> {
  if (typeof (items as Partial<Iterable<T>> | null)?.[Symbol.iterator] === "function") return items;
  throw new ParitasTypeError(`an array of strings is needed, not ${typeof items}`);
}

function each<T>(texts: Iterable<string>, call: (text: string) => T): T[] {
  if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  return Array.from(iterable(texts), call);
}

function columns(answer: Unpacker): MatchArrays {
  const all = new Uint32Array(answer.copy().buffer as ArrayBuffer);
  const count = all.length / 3;
  return { pattern: all.slice(0, count), start: all.slice(count, 2 * count), end: all.slice(2 * count) };
}

function matches(answer: Unpacker): Match[] {
  return answer.all(() => {
    const pattern = answer.u32();
    const start = answer.u32();
    return new Match(pattern, start, answer.u32(), answer.text(), start);
  });
}
