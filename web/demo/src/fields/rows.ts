import type { Word } from "../store.js";

// Words as eyes see them on a page: rows from left to right, cut where the gaps are. An engine's own lines stop at columns.

/** A word and its place among the words of the document. */
export interface Placed {
  word: Word;
  at: number;
}

export interface Row {
  /** Left to right; each with words that stand close together. */
  segments: Placed[][];
  words: number;
}

export const boxHeight = ({ word }: Placed): number => word.box.y1 - word.box.y0;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

const WIDE = 1.6; // heights of a letter between two words that do not belong together

/** Strokes and dust that were read as letters. */
export function isJunk({ word }: Placed): boolean {
  if (!/[\p{L}\p{N}\p{Sc}]/u.test(word.text)) return !/^[-+–%<]+$/.test(word.text);
  return (
    word.confidence >= 0 &&
    word.confidence < 35 &&
    word.text.length <= 2 &&
    !/^\d+$/.test(word.text) &&
    !/^\p{Sc}$/u.test(word.text)
  );
}

/** Whether b goes on where a ends: to the right of it, at the same height. Works on a page that lies askew. */
function follows(a: Placed, b: Placed, usual: number): boolean {
  const gap = b.word.box.x0 - a.word.box.x1;
  if (gap < -usual / 2) return false;
  const middle = ({ word: { box } }: Placed): number => (box.y0 + box.y1) / 2;
  return Math.abs(middle(a) - middle(b)) < usual * 0.6 + Math.min(gap, 20 * usual) * 0.02;
}

function segments(row: readonly Placed[], usual: number): Placed[][] {
  const found: Placed[][] = [];
  let previous: Placed | undefined;
  for (const placed of row) {
    const letter = Math.max(usual, Math.min(boxHeight(placed), 2 * usual));
    const apart = previous === undefined || placed.word.box.x0 - previous.word.box.x1 > WIDE * letter;
    if (apart) found.push([placed]);
    else found.at(-1)?.push(placed);
    previous = placed;
  }
  return found;
}

/** The rows of one page, from the top; `usual` is the height of its letters. */
export function rows(words: readonly Placed[]): { rows: Row[]; usual: number } {
  const usual = median(words.map(boxHeight));
  const lines: Placed[][] = [];
  for (const placed of words) {
    const last = lines.at(-1);
    if (last !== undefined && last[0]?.word.line === placed.word.line) last.push(placed);
    else lines.push([placed]);
  }
  lines.sort((a, b) => a[0]!.word.box.x0 - b[0]!.word.box.x0);
  const merged: Placed[][] = [];
  for (const line of lines) {
    const left = merged.find((row) => follows(row.at(-1)!, line[0]!, usual));
    if (left) left.push(...line);
    else merged.push(line);
  }
  const top = (row: readonly Placed[]): number => median(row.map(({ word }) => (word.box.y0 + word.box.y1) / 2));
  merged.sort((a, b) => top(a) - top(b));
  return { rows: merged.map((row) => ({ segments: segments(row, usual), words: row.length })), usual };
}
