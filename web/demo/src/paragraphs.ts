// The paragraphs of a text: what is searched, and what the view is made of.
import type { Range } from "./store.js";

// No \s: it is not the same set of characters in Python, whose code the page gives away.
const BLANK_LINES = /\n(?:[ \t\r]*\n)+/g;
const NOTHING = /^[ \t\r\n\f]*$/;

/** The stretches between blank lines that say something, with their places in the text. */
export function paragraphs(text: string): Range[] {
  const found: Range[] = [];
  let start = 0;
  const add = (end: number): void => {
    if (!NOTHING.test(text.slice(start, end))) found.push({ start, end });
  };
  for (const { index, 0: gap } of text.matchAll(BLANK_LINES)) {
    add(index);
    start = index + gap.length;
  }
  add(text.length);
  return found;
}
