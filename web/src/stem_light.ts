import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/**
 * The light English stem of a word: "policies" gives "policy", "running" gives "run", "went" gives "go".
 *
 * @param word in lower case, without accents; one with anything but a-z comes back as it is
 * @returns what its forms have in common, which need not be a word: "boiled" and "boils" give "boil", "agreed" "agre"
 */
export function stem(word: string): string {
  return unwrap(withText(word, (at, bytes) => core().stem(at, bytes))).text();
}
