import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/**
 * Prose as it is compared with other prose: trimmed, every run of white space (Unicode's White_Space) one space, simple
 * lower case, without the full stops, commas, semicolons, colons and spaces at its end.
 *
 * Idempotent. A lone surrogate becomes U+FFFD. "  Hello,\n World! " gives "hello, world!", "..." gives nothing.
 */
export function normalizeBlock(block: string): string {
  return unwrap(withText(block, (at, bytes) => core().dedupNormalizeBlock(at, bytes))).text();
}
