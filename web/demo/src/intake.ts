// Makes a document of files: texts as they are, pictures and PDFs as their words with places.
import { folders, languages } from "virtual:reading-assets";
import { fieldsOf } from "./fields/find.js";
import { type IndexFile, type Reading, takeIn } from "./ocr/intake.js";
import { readSheet } from "./ocr/read.js";
import { Recogniser } from "./ocr/recogniser.js";
import type { Progress, ReadText, Sheet } from "./ocr/types.js";
import { EMPTY_DOC, type Doc, type Page, type Word } from "./store.js";

const BETWEEN = "\n\n"; // pages of a document

/** A document and what should be said of how it was read. */
export interface Read {
  readonly kind: "doc";
  readonly doc: Doc;
  readonly notes: readonly string[];
}

let recogniser: Recogniser | undefined;
const engine = (): Recogniser =>
  (recogniser ??= new Recogniser({ folder: new URL(folders.ocr, document.baseURI).href, languages }));

/** One text of all pages; offsets, pages and lines of words count through it. */
export function toDoc(name: string, sheets: readonly Sheet[], texts: readonly ReadText[]): Doc {
  const pages: Page[] = [];
  const words: Word[] = [];
  let text = "";
  let lines = 0;
  sheets.forEach(({ picture, width, height }, i) => {
    const read = texts[i] as ReadText;
    if (text !== "" && read.text !== "") text += BETWEEN;
    const page = pages.length;
    for (const word of read.words) {
      const { start, end, line } = word;
      words.push({ ...word, page, start: start + text.length, end: end + text.length, line: line + lines });
    }
    lines += (read.words.at(-1)?.line ?? -1) + 1;
    text += read.text;
    if (picture !== null) pages.push({ image: picture, width, height });
  });
  const doc: Doc = { ...EMPTY_DOC, name, kind: pages.length > 0 ? "scan" : "text", text, pages, words };
  return { ...doc, fields: fieldsOf(doc) };
}

function emptyPages(sheets: readonly Sheet[], texts: readonly ReadText[]): string[] {
  const numbers = sheets.flatMap(({ known }, i) => (known === null && texts[i]?.words.length === 0 ? [i + 1] : []));
  if (numbers.length === 0) return [];
  const where = sheets.length === 1 ? "" : ` on page ${numbers.join(", ")}`;
  return [
    `No words were found${where}: the page is empty, or its letters are too faint, too small or turned. ` +
      "If there are some, turn it the right way up, or take a sharper, brighter picture.",
  ];
}

/**
 * Reads files as the pages of one document; an index is handed back as it is.
 *
 * @throws ReadProblem whose message says what to do; Stopped
 */
export async function readFiles(
  files: readonly File[],
  reading: Reading & { readonly language: string },
): Promise<Read | IndexFile> {
  const taken = await takeIn(files, reading);
  if (taken.kind === "index") return taken;
  const { name, sheets, notes } = taken;
  const texts: ReadText[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const which = sheets.length > 1 ? `, page ${i + 1} of ${sheets.length}` : "";
    const report = ({ what, share }: Progress): void => {
      reading.report({ what: what + which, share: share === null ? null : (i + share) / sheets.length });
    };
    texts.push(await readSheet(sheet, engine(), reading.language, report, reading.signal));
  }
  return { kind: "doc", doc: toDoc(name, sheets, texts), notes: [...notes, ...emptyPages(sheets, texts)] };
}
