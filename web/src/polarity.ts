import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A word of negation and the terms that it negates. */
export interface Cue {
  readonly span: Span;
  readonly scope: Span[];
}

/** The words of negation of a text in order, each with its scope. */
export function extractCues(text: string): Cue[] {
  const input = unwrap(withText(text, (at, bytes) => core().extractCues(at, bytes)));
  return input.all(() => ({ span: input.span(), scope: input.list(() => input.span()) }));
}
