// Rows by RFC 4180, as Python's csv.reader(strict=True) reads them.

export interface Row {
  cells: string[];
  /** Lines read when the row ends, from 1. */
  line: number;
}

/** A quoted field that does not end as it should, in the line of that number. */
export class QuoteError extends Error {
  constructor(readonly line: number) {
    super();
  }
}

/** Rows of a text in pieces; lines without a character are none. A line ends at \n, \r or both. */
export function* csvRows(pieces: Iterable<string>, delimiter: string): Generator<Row> {
  let text = "";
  let lines = 0;
  for (const piece of pieces) {
    text += piece;
    let at = 0;
    for (let found = row(text, at, delimiter, false); found; found = row(text, at, delimiter, false)) {
      at = found.next;
      lines += found.lines;
      if (found.error) throw new QuoteError(lines);
      if (found.cells.length > 0) yield { cells: found.cells, line: lines };
    }
    text = text.slice(at);
  }
  for (let at = 0; at < text.length;) {
    const found = row(text, at, delimiter, true)!;
    at = found.next;
    lines += found.lines;
    if (found.error) throw new QuoteError(lines);
    if (found.cells.length > 0) yield { cells: found.cells, line: lines };
  }
}

/** The row at a place; undefined if more of the text may belong to it, unless this is the last of it. */
function row(text: string, start: number, delimiter: string, last: boolean) {
  const cells: string[] = [];
  const end = text.length;
  let lines = 1;
  let at = start;
  const stops = (place: number) => text[place] === delimiter || text[place] === "\n" || text[place] === "\r";
  for (;;) {
    const from = at;
    if (text[at] === '"') {
      for (at += 1; at < end && (text[at] !== '"' || text[at + 1] === '"'); ++at) {
        if (text[at] === '"') at += 1;
        else if (text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n")) lines += 1;
      }
      at += 1;
      if (at >= end && !last) return undefined;
      if (at > end || (at < end && !stops(at))) {
        // A break at the very end begins no other line.
        if (at > end && /[\r\n]$/.test(text)) lines -= 1;
        return { cells: [], lines, next: end, error: true };
      }
      cells.push(text.slice(from + 1, at - 1).replaceAll('""', '"'));
    } else {
      while (at < end && !stops(at)) at += 1;
      if (at >= end && !last) return undefined;
      if (at > from || cells.length > 0 || text[at] === delimiter) cells.push(text.slice(from, at));
    }
    if (at < end && text[at] === delimiter) at += 1;
    else break;
  }
  if (text[at] === "\r" && at + 1 >= end && !last) return undefined;
  return { cells, lines, next: at + (text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1), error: false };
}
