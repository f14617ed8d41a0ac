import { truth, withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A statement of a text that can be checked by itself: a sentence, or a part of one. */
export interface Claim {
  readonly text: string;
  readonly span: Span;
  /** In `sentences(text)`. */
  readonly sentenceIndex: number;
  /** One of several parts of its sentence. */
  readonly isAtomic: boolean;
}

export interface ClaimOptions {
  /** Cuts sentences further, after ";" and before conjunctions, where both sides say something. */
  atomic?: boolean | undefined;
}

/**
 * The sentences of a text with at least one word, number or character, in order; nothing else is dropped.
 *
 * `atomic` cuts them further where both sides have at least three terms that are neither marks nor conjunctions; the
 * parts keep every character.
 */
export function splitClaims(text: string, { atomic = false }: ClaimOptions = {}): Claim[] {
  const input = unwrap(withText(text, (at, bytes) => core().splitClaims(at, bytes, truth(atomic))));
  return input.all(() => {
    const span = input.span();
    const { start, end } = span;
    return { text: text.slice(start, end), span, sentenceIndex: input.u32(), isAtomic: input.truth() };
  });
}
