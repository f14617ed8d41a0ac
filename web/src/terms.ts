import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A piece of a text that comparisons work on. */
export interface Term {
  readonly kind: "word" | "number" | "char" | "mark";
  readonly span: Span;
  /** Folded: lower case, no accents, contractions undone. */
  readonly key: string;
  /** Of a word; any other term's is its key. */
  readonly stem: string;
  /** "isn't": the key is "is". */
  readonly negated: boolean;
  readonly spaceBefore: boolean;
}

/** The terms of a text in order: words, numbers, single characters of unspaced scripts, and marks. */
export function terms(text: string): Term[] {
  const input = unwrap(withText(text, (at, bytes) => core().terms(at, bytes)));
  return input.all(() => ({
    kind: input.text() as Term["kind"],
    span: input.span(),
    key: input.text(),
    stem: input.text(),
    negated: input.truth(),
    spaceBefore: input.truth(),
  }));
}
