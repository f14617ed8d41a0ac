import type { Doc, Word } from "../store.js";
import { type Label, readLabel } from "./labels.js";
import { type FieldType, looksLike, run, typeOf } from "./patterns.js";
import { isJunk, type Placed, type Row, rows } from "./rows.js";

// Fields of a page: what stands beside a label, and what speaks for itself (an IBAN, an e-mail address, a machine readable
// zone). This is the demo's own: a guess at what is meant, for `fieldConfidence` to judge how it was read.

export interface FoundField {
  name: string;
  type: FieldType;
  text: string;
  /** Places among the words of the document. */
  words: number[];
}

const LABEL_WORDS = 4; // of a label, its colon aside
const LABEL_LENGTH = 40;
const VALUE_WORDS = 10;
const PROSE = 14; // words in a row: a sentence, whatever colons it has
const SENTENCE = 9; // words in a row: a date in it is told, not filled in
const EDGES = /^[[\]{}|_~«»"“”]+|[[\]{}|_~«»"“”,;]+$/g;

const textOf = (words: readonly Placed[]): string =>
  words
    .map(({ word }) => word.text)
    .join(" ")
    .replace(EDGES, "");

interface Value {
  words: Placed[];
  type: FieldType;
  /** Whether it looks like its type. */
  fits: boolean;
}

/** The value of a type that begins with one of the first words; for want of one, all that is no junk, to be judged as it is. */
function value(words: readonly Placed[], type: FieldType | null): Value | null {
  const texts = words.map(({ word }) => word.text.replace(EDGES, ""));
  if (type !== null && type !== "text" && type !== "country") {
    for (const from of [0, 1]) {
      const length = run(type, texts.slice(from));
      if (length > 0) return { words: words.slice(from, from + length), type, fits: true };
    }
  }
  const kept = words.slice(0, VALUE_WORDS);
  while (kept.length > 0 && isJunk(kept.at(-1)!)) kept.pop();
  while (kept.length > 0 && isJunk(kept[0]!)) kept.shift();
  if (kept.length === 0) return null;
  return { words: kept, type: type ?? typeOf(textOf(kept)), fits: type === null || type === "text" };
}

const SURE = 90; // from this confidence on a label is as it was read

interface Labelled {
  label: Label;
  /** The words of the label itself. */
  name: Placed[];
  /** Whether a colon says that it is one. */
  colon: boolean;
  /** The words behind the label in its own segment. */
  rest: Placed[];
}

/** The label that a segment begins with: words up to a colon, or a known one without. */
function labelled(segment: readonly Placed[], alone: boolean): Labelled | null {
  let words = [...segment];
  while (words.length > 0 && !/[\p{L}\p{N}]/u.test(words[0]!.word.text)) words = words.slice(1);
  const read = (count: number): Label => {
    const name = words.slice(0, count);
    return readLabel(
      name.map(({ word }) => word.text).join(" "),
      name.some(({ word }) => word.confidence >= 0 && word.confidence < SURE),
    );
  };
  const split = (label: Label, count: number, colon: boolean): Labelled => {
    return { label, name: words.slice(0, count), colon, rest: words.slice(count) };
  };
  const colon = words.findIndex(({ word }) => /[:;]$/.test(word.text));
  if (colon >= 0 && colon < LABEL_WORDS) {
    const label = read(colon + 1);
    const isName = label.name.length <= LABEL_LENGTH && (label.known ? /^\p{L}/u : /^\p{Lu}/u).test(label.name);
    if (isName) return split(label, colon + 1, true);
  }
  // “Invoice No INV-7” and “Total | 12.00”: without a colon only what is known, and only with a value of its kind behind it.
  for (let count = Math.min(3, words.length); count > 0; count -= 1) {
    const label = read(count);
    if (!label.known || label.type === null || (label.type === "text" && !/\b(?:no|nr|number)$/i.test(label.name)))
      continue;
    const is = split(label, count, false);
    if (is.rest.length === 0) return alone ? null : is;
    const texts = is.rest.map(({ word }) => word.text);
    if (label.type === "text" ? /\d/.test(texts[0] as string) : run(label.type, texts) > 0) return is;
  }
  return null;
}

/** The segment that stands right below a label, for forms whose boxes have their names above. */
function below(all: readonly Row[], row: number, label: readonly Placed[], usual: number): Placed[] | null {
  const { x0, x1, y1 } = label[0]!.word.box;
  for (const { segments } of all.slice(row + 1, row + 3)) {
    for (const segment of segments) {
      const { box } = segment[0]!.word;
      if (box.y0 - y1 > 2.5 * usual || box.y0 < y1 - usual / 2) continue;
      if (box.x0 < x1 && box.x0 > x0 - 2 * usual) return segment;
    }
  }
  return null;
}

function ofPage(words: readonly Placed[]): FoundField[] {
  const found: FoundField[] = [];
  const used = new Set<number>();
  const { rows: all, usual } = rows(words);
  const add = (name: string, type: FieldType, taken: readonly Placed[], text = textOf(taken)): void => {
    if (text === "" || taken.some(({ at }) => used.has(at))) return;
    for (const { at } of taken) used.add(at);
    found.push({ name, type, text, words: taken.map(({ at }) => at) });
  };
  zones(all, add);
  all.forEach((row, r) => {
    if (row.words > PROSE && row.segments.length === 1) return;
    row.segments.forEach((segment, s) => {
      if (segment.some(({ at }) => used.has(at))) return;
      const is = labelled(segment, row.segments.length === 1);
      if (is === null) return;
      for (const { at } of is.name) used.add(at);
      const beside = row.segments[s + 1];
      const isLabelled = beside !== undefined && labelled(beside, false) !== null;
      const near = is.rest.some((placed) => !isJunk(placed)) ? is.rest : isLabelled ? null : beside;
      const at = near ?? (is.label.known ? below(all, r, segment, usual) : null);
      const got = at && value(at, is.label.type);
      if (got && (is.colon || got.fits)) add(is.label.name, got.type, got.words);
    });
  });
  for (const row of all) selfEvident(row, found, add);
  return found;
}

type Add = (name: string, type: FieldType, taken: readonly Placed[], text?: string) => void;

const NAMES: Partial<Record<FieldType, string>> = {
  email: "E-mail", iban: "IBAN", card: "Card", date: "Date", amount: "Amount", phone: "Phone",
}; // prettier-ignore

/** Values that need no label. A date or a sum within a sentence is part of what the sentence says. */
function selfEvident(row: Row, found: readonly FoundField[], add: Add): void {
  for (const segment of row.segments) {
    for (let from = 0; from < segment.length; from += 1) {
      const rest = segment.slice(from);
      const texts = rest.map(({ word }) => word.text);
      for (const type of ["email", "iban", "card", "phone", "date", "amount"] as const) {
        const length = run(type, texts);
        const taken = rest.slice(0, length);
        const text = textOf(taken);
        if (length === 0 || typeOf(text) !== type || found.some((field) => field.text === text)) continue;
        if ((type === "date" || type === "amount") && row.words > SENTENCE) continue;
        add(NAMES[type] as string, type, taken, text);
        from += length - 1;
        break;
      }
    }
  }
}

/** Machine readable zones: two or three rows of the same length in capitals, digits and <. */
function zones(all: readonly Row[], add: Add): void {
  const isLine = ({ segments }: Row): boolean => {
    const text = segments
      .flat()
      .map(({ word }) => word.text)
      .join("");
    return looksLike("mrz", text) && (text.match(/[<«]/g)?.length ?? 0) >= 3;
  };
  for (let from = 0; from < all.length; from += 1) {
    let to = from;
    while (to < all.length && to < from + 3 && isLine(all[to]!)) to += 1;
    if (to - from < 2) continue;
    const lines = all.slice(from, to).map(({ segments }) => segments.flat());
    const text = lines
      .map((line) =>
        line
          .map(({ word }) => word.text)
          .join("")
          .replaceAll("«", "<<"),
      )
      .join("\n");
    add("Machine readable zone", "mrz", lines.flat(), text);
    from = to - 1;
  }
}

/** The fields of a document that was read from pictures, in the order of its pages; names are made different. */
export function extractFields({ words, pages }: Pick<Doc, "words" | "pages">): FoundField[] {
  const placed = words.map((word: Word, at) => ({ word, at }));
  const found = pages.flatMap((_, page) => ofPage(placed.filter(({ word }) => word.page === page)));
  found.sort((a, b) => Math.min(...a.words) - Math.min(...b.words));
  const times = new Map<string, number>();
  return found.map((field) => {
    const time = (times.get(field.name) ?? 0) + 1;
    times.set(field.name, time);
    return time === 1 ? field : { ...field, name: `${field.name} ${time}` };
  });
}
