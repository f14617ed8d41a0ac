import type { Box } from "../store.js";
import { NO_CONFIDENCE, type ReadText, type ReadWord } from "./types.js";

/** A piece of a PDF's text layer, as pdf.js gives it. */
export interface PdfItem {
  str: string;
  /** To the page's own coordinates: [a, b, c, d, x, y]. */
  transform: number[];
  /** In points. */
  width: number;
  height: number;
  hasEOL: boolean;
}

interface Piece {
  text: string;
  box: Box;
  /** Of its line, in pixels; where pieces stand on the same line they differ by less than a few of them. */
  base: number;
  size: number;
}

const NEW_LINE = 0.6; // of a letter's height between two base lines
const NEW_PARAGRAPH = 1.75; // the same, between the lines of two paragraphs
const NEW_WORD = 0.18; // of a letter's height, between two pieces of one line

function multiply(a: readonly number[], b: readonly number[]): number[] {
  const [a0, a1, a2, a3, a4, a5] = a as [number, number, number, number, number, number];
  const [b0, b1, b2, b3, b4, b5] = b as [number, number, number, number, number, number];
  return [
    a0 * b0 + a2 * b1,
    a1 * b0 + a3 * b1,
    a0 * b2 + a2 * b3,
    a1 * b2 + a3 * b3,
    a0 * b4 + a2 * b5 + a4,
    a1 * b4 + a3 * b5 + a5,
  ];
}

/** The words of an item, each with its share of the item's width: the layer does not say where a letter stands. */
function pieces(item: PdfItem, view: readonly number[]): Piece[] {
  const [a, b, c, d, x, y] = multiply(view, item.transform) as [number, number, number, number, number, number];
  const size = Math.hypot(c, d);
  const along = Math.hypot(a, b) || 1;
  const scale = Math.hypot(view[0]!, view[1]!);
  const length = item.width * scale;
  const [right, down] = [a / along, b / along];
  const found: Piece[] = [];
  for (const match of item.str.matchAll(/\S+/g)) {
    const from = (match.index / item.str.length) * length;
    const to = ((match.index + match[0].length) / item.str.length) * length;
    // The four corners, for text that stands on its side.
    const [up, left] = [(c / size) * size, (d / size) * size];
    const xs = [x + right * from, x + right * to, x + right * from + up, x + right * to + up];
    const ys = [y + down * from, y + down * to, y + down * from + left, y + down * to + left];
    const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) + size * 0.2 };
    found.push({ text: match[0], box, base: y + down * from, size });
  }
  return found;
}

/** The text of a page's layer in the order of the file, with a box for each word. */
export function layOutPdf(items: readonly PdfItem[], view: readonly number[]): ReadText {
  const words: ReadWord[] = [];
  let text = "";
  let line = 0;
  let previous: Piece | undefined;
  let ended = false; // the item before said that its line ends
  let apart = false; // blanks stood between
  for (const item of items) {
    if (item.str.trim() === "") {
      apart ||= item.str !== "";
      ended ||= item.hasEOL;
      continue;
    }
    apart ||= /^\s/.test(item.str);
    for (const piece of pieces(item, view)) {
      let gap = "";
      if (previous !== undefined) {
        const step = Math.abs(piece.base - previous.base);
        const size = Math.max(piece.size, previous.size);
        const back = piece.box.x0 < previous.box.x0;
        if (step > NEW_LINE * size || (ended && back))
          gap = step > NEW_PARAGRAPH * size || piece.base < previous.base - size ? "\n\n" : "\n";
        else if (apart || ended || piece.box.x0 - previous.box.x1 > NEW_WORD * size) gap = " ";
      }
      const last = words.at(-1);
      if (gap === "" && last !== undefined) {
        // A word that the file sets in two pieces, for a kern or another font.
        text += piece.text;
        last.text += piece.text;
        last.end = text.length;
        last.box = {
          x0: Math.min(last.box.x0, piece.box.x0),
          y0: Math.min(last.box.y0, piece.box.y0),
          x1: Math.max(last.box.x1, piece.box.x1),
          y1: Math.max(last.box.y1, piece.box.y1),
        };
      } else {
        if (gap.startsWith("\n")) line += 1;
        text += gap;
        const start = text.length;
        text += piece.text;
        words.push({ text: piece.text, confidence: NO_CONFIDENCE, box: piece.box, start, end: text.length, line });
      }
      previous = piece;
      ended = false;
      apart = true; // between two words of one item stands a blank
    }
    apart = /\s$/.test(item.str);
    ended = item.hasEOL;
  }
  return { text, words };
}
