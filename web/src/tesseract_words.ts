import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/** A word as an engine read it; those of tesseract.js are such words too. */
export interface OcrWord {
  readonly text: string;
  /** 0 to 1, or 0 to 100; negative or NaN: the engine does not say. */
  readonly confidence: number;
}

/**
 * The words of a page as `tesseract page.png - tsv` and the `tsv` of tesseract.js have them, in order: one for each row of
 * level 5, with a confidence from 0 to 100, or -1 for none.
 *
 * @throws ParitasError `invalid_argument` for a row with too few columns or a number that is none, at its place in the text
 */
export function tesseractWords(tsv: string): OcrWord[] {
  const reply = unwrap(withText(tsv, (at, bytes) => core().tesseractWords(at, bytes)));
  return reply.all(() => ({ text: reply.text(), confidence: reply.f64() }));
}
