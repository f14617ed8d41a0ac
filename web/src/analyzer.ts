import { settle, whole, withText, type Span } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError, unwrap } from "./module.js";
import { Packer, packedTexts, Unpacker } from "./packed.js";
import type { RawAnalyzer } from "./raw.js";

export interface AnalyzerOptions {
  stemmer?: "light" | "none" | "english";
  /** The name of a list, or words of your own. */
  stopwords?: "english" | readonly string[];
  /** How scripts without spaces are cut. */
  cjk?: "bigram" | "unigram" | "run";
  /** Whether accents are dropped. */
  foldAccents?: boolean;
  /** Code points; shorter terms are dropped. */
  minLength?: number;
  /** Code points; longer terms are cut. */
  maxLength?: number;
}

/**
 * Cuts a text into the terms that an index knows it by: runs of letters, marks and numbers; scripts without spaces are cut
 * into overlapping pairs. Terms are folded, lose a final 's and other apostrophes, are left out if they are stop words, and
 * are stemmed.
 */
export class Analyzer extends Handle<RawAnalyzer> {
  /** @throws ParitasError `invalid_argument` for another name or length, `unsupported` for "english" stems */
  constructor(options?: AnalyzerOptions);
  /** @internal */
  constructor(options: AnalyzerOptions, raw?: RawAnalyzer);
  constructor(options: AnalyzerOptions = {}, raw: RawAnalyzer = create(options)) {
    super(raw);
  }

  /** Runs of letters, marks and numbers in lower case, and nothing else. */
  static plain(): Analyzer {
    return new Analyzer({}, core().Analyzer.plain());
  }

  /** The terms of a text, in order. */
  analyze(text: string): string[] {
    const terms = [];
    for (const input = new Unpacker(withText(text, (at, bytes) => this.raw.analyze(at, bytes))); !input.done;) {
      terms.push(input.text());
    }
    return terms;
  }

  /** Where each term of analyze(text) stands, in UTF-16 units. */
  spans(text: string): Span[] {
    const spans = [];
    for (const input = new Unpacker(withText(text, (at, bytes) => this.raw.spans(at, bytes))); !input.done;) {
      spans.push({ start: input.u32(), end: input.u32() });
    }
    return spans;
  }

  /** @internal */
  lend<T>(call: (raw: RawAnalyzer) => T): T {
    return call(this.raw);
  }
}

function create({ stopwords, ...options }: AnalyzerOptions): RawAnalyzer {
  const settled = settle(core().analyzerDefaults(), options);
  whole(settled.minLength);
  whole(settled.maxLength);
  const named = typeof stopwords === "string" ? stopwords : undefined;
  if (stopwords !== undefined && named === undefined && !Array.isArray(stopwords)) {
    throw new ParitasTypeError(`a name or an array of strings as stopwords is needed, not ${typeof stopwords}`);
  }
  const words = stopwords === undefined || typeof stopwords === "string" ? new Packer() : packedTexts(stopwords);
  return unwrap(words.lend((at, bytes) => core().Analyzer.create(settled, named, at, bytes)));
}
