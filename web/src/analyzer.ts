import { settle, whole, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, packedTexts, unwrap } from "./packed.js";
import type { Span } from "./span.js";

export interface AnalyzerOptions {
  /** `stem`, none, or `stemEnglish`. */
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
export class Analyzer extends Handle {
  /** @throws ParitasError `invalid_argument` for another name or length */
  constructor(options?: AnalyzerOptions);
  /** @internal */
  constructor(options: AnalyzerOptions, raw?: number);
  constructor(options: AnalyzerOptions = {}, raw: number = create(options)) {
    super(raw, core().analyzerDelete);
  }

  /** Runs of letters, marks and numbers in lower case, and nothing else. */
  static plain(): Analyzer {
    return new Analyzer({}, core().analyzerPlain());
  }

  /** The terms of a text, in order. */
  analyze(text: string): string[] {
    const input = unwrap(withText(text, (at, bytes) => core().analyzerAnalyze(this.raw, at, bytes)));
    return input.all(() => input.text());
  }

  /** Where each term of analyze(text) stands, in UTF-16 units. */
  spans(text: string): Span[] {
    const input = unwrap(withText(text, (at, bytes) => core().analyzerSpans(this.raw, at, bytes)));
    return input.all(() => input.span());
  }

  /** Where a term of the query stands in a text, in UTF-16 units and in order; terms that overlap are joined. */
  highlight(queryText: string, text: string): Span[] {
    const input = unwrap(
      withText(queryText, (queryAt, queryBytes) =>
        withText(text, (at, bytes) => core().analyzerHighlight(this.raw, queryAt, queryBytes, at, bytes)),
      ),
    );
    return input.all(() => input.span());
  }

  /** @internal */
  lend<T>(call: (raw: number) => T): T {
    return call(this.raw);
  }
}

function create({ stopwords, ...options }: AnalyzerOptions): number {
  const defaults = unwrap(core().analyzerDefaults());
  const settled = settle(
    {
      stemmer: defaults.text(),
      cjk: defaults.text(),
      foldAccents: defaults.truth(),
      minLength: defaults.f64(),
      maxLength: defaults.f64(),
    },
    options,
  );
  whole(settled.minLength);
  whole(settled.maxLength);
  const named = typeof stopwords === "string" ? stopwords : undefined;
  if (stopwords !== undefined && named === undefined && !Array.isArray(stopwords)) {
    throw new ParitasTypeError(`a name or an array of strings as stopwords is needed, not ${typeof stopwords}`);
  }
  const block = new Packer().text(settled.stemmer).text(settled.cjk);
  block.u8(Number(named !== undefined));
  block.raw(packedTexts(named !== undefined ? [named] : ((stopwords ?? []) as readonly string[])).bytes());
  const { foldAccents, minLength, maxLength } = settled;
  return unwrap(block.lend((at, bytes) => core().analyzerCreate(at, bytes, foldAccents, minLength, maxLength))).f64();
}
