import { withText } from "./convert.js";
import { core } from "./module.js";
import type { Span } from "./span.js";

/** A word of negation and the terms that it negates. */
export interface Cue {
  readonly span: Span;
  readonly scope: Span[];
}

/** The words of negation of a text in order, each with its scope. */
export function extractCues(text: string): Cue[] {
  return withText(text, (at, bytes) => core().extractCues(at, bytes));
}
