import { withText } from "./convert.js";
import { core } from "./module.js";

/** How many lines a text has: 0 if it is empty, else its line breaks (LF) and one. */
export function countLines(text: string): number {
  return withText(text, (at, bytes) => core().countLines(at, bytes));
}
