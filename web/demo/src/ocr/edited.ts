import { EMPTY_DOC, type Doc, type Word } from "../store.js";

/** How many units two texts have in common from the start, or from the end. */
function common(a: string, b: string, most: number, fromEnd: boolean): number {
  let n = 0;
  while (n < most && (fromEnd ? a[a.length - 1 - n] === b[b.length - 1 - n] : a[n] === b[n])) n += 1;
  return n;
}

const isBlank = (unit: string | undefined): boolean => unit === undefined || /\s/.test(unit);

/**
 * A document whose text a reader has changed: its pages stay, and so does every word that the change does not touch. Fields
 * keep their text, and those of their words that are left.
 */
export function edited(doc: Doc, text: string): Doc {
  const name = doc.name === "" ? "Untitled" : doc.name;
  if (doc.pages.length === 0) return { ...EMPTY_DOC, name, text };
  const shorter = Math.min(doc.text.length, text.length);
  const head = common(doc.text, text, shorter, false);
  const tail = common(doc.text, text, shorter - head, true);
  const shift = text.length - doc.text.length;
  const places = new Map<number, number>(); // of words that are left: old to new
  const words: Word[] = [];
  doc.words.forEach((word, at) => {
    const moved = word.start >= doc.text.length - tail ? shift : 0;
    if (moved === 0 && word.end > head && word.start < doc.text.length - tail) return;
    const [start, end] = [word.start + moved, word.end + moved];
    if (text.slice(start, end) !== word.text || !isBlank(text[start - 1]) || !isBlank(text[end])) return;
    places.set(at, words.length);
    words.push(moved === 0 ? word : { ...word, start, end });
  });
  const fields = doc.fields.map((field) => ({ ...field, words: field.words.flatMap((at) => places.get(at) ?? []) }));
  return { ...doc, name, text, words, fields };
}
