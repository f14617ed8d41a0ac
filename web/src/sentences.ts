import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/**
 * The sentences of a text in order, trimmed; every non-space character lies in exactly one.
 *
 * Cuts are made at terminators and blank lines, before list items, and not at abbreviations, initials or decimals.
 */
export function sentences(text: string): Span[] {
  const input = unwrap(withText(text, (at, bytes) => core().sentences(at, bytes)));
  return input.all(() => input.span());
}
