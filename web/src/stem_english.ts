import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/**
 * The stem of an English word by Snowball's rules: "policies" gives "polici", "running" gives "run".
 *
 * The English stemmer of Snowball 3.1, also called Porter2 (snowballstem.org); the same for every word.
 *
 * @param word in lower case; a letter beyond a-z is a consonant
 * @returns what its forms have in common, which need not be a word
 */
export function stemEnglish(word: string): string {
  return unwrap(withText(word, (at, bytes) => core().stemEnglish(at, bytes))).text();
}
