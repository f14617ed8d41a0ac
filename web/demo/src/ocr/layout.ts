import type { ReadText, ReadWord } from "./types.js";

// Tesseract's table of words, made into a text whose words know where they stand in it.

const COLUMNS = 12;
const WORD = "5";

interface Row {
  text: string;
  confidence: number;
  box: ReadWord["box"];
  /** Numbers that tell one from the next. */
  paragraph: string;
  line: string;
}

function row(cells: string[], scale: number): Row | null {
  if (cells.length < COLUMNS || cells[0] !== WORD) return null;
  const [left, top, width, height, confidence] = cells.slice(6, 11).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  // A tab cannot stand in a word, so whatever follows the eleventh column is its text.
  const text = cells.slice(11).join(" ").trim();
  if (text === "" || ![left, top, width, height, confidence].every(Number.isFinite)) return null;
  const box = { x0: left / scale, y0: top / scale, x1: (left + width) / scale, y1: (top + height) / scale };
  const paragraph = cells.slice(1, 4).join(".");
  return { text, confidence, box, paragraph, line: `${paragraph}.${cells[4]}` };
}

const height = ({ box }: Row): number => box.y1 - box.y0;

/** Letters in a box a few pixels high: the engine has read a ruled line. Dashes and dots may be that low. */
function ruled(rows: readonly Row[]): (row: Row) => boolean {
  const heights = rows.map(height).sort((a, b) => a - b);
  const low = (heights[heights.length >> 1] ?? 0) * 0.3;
  return (row) => height(row) < low && /[\p{L}\p{N}]/u.test(row.text);
}

/**
 * The words of Tesseract's TSV and their text: words of a line are parted by a space, lines by a line break, paragraphs by an
 * empty line.
 *
 * @param scale pixels of the picture that was read per pixel of the picture that is shown
 */
export function layOut(tsv: string, scale = 1): ReadText {
  const words: ReadWord[] = [];
  const parts: string[] = [];
  let length = 0;
  let previous: Row | null = null;
  let line = 0;
  const rows = tsv.split("\n").flatMap((raw) => row(raw.split("\t"), scale) ?? []);
  const isRuled = ruled(rows);
  for (const next of rows) {
    if (isRuled(next)) continue;
    let gap = "";
    if (previous !== null) {
      gap = next.line === previous.line ? " " : next.paragraph === previous.paragraph ? "\n" : "\n\n";
      if (gap !== " ") line += 1;
    }
    parts.push(gap, next.text);
    const start = length + gap.length;
    length = start + next.text.length;
    words.push({ text: next.text, confidence: next.confidence, box: next.box, start, end: length, line });
    previous = next;
  }
  return { text: parts.join(""), words };
}

/** The words that a span of the text touches, by bisection: 5,000 words cost nothing. */
export function wordsIn<W extends { start: number; end: number }>(
  words: readonly W[],
  start: number,
  end: number,
): W[] {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] as W).end <= start) low = middle + 1;
    else high = middle;
  }
  const found: W[] = [];
  for (let i = low; i < words.length && (words[i] as W).start < end; i += 1) found.push(words[i] as W);
  return found;
}
