import { decodeText } from "./decode_text.js";
import { decodePicture } from "./pictures.js";
import { HEAD, isCutOff, type Kind, type PictureKind, pictureSize, sniff } from "./sniff.js";
import { type Allowed, type OnProgress, ReadProblem, type Sheet, Stopped } from "./types.js";

// Files in, sheets out: what each is by its content, what is wrong with it and what to do about it.

const MEGA = 1_000_000;
/** Pixels that are read as they are: an A4 page at 400 dots per inch. */
const MOST_PIXELS = 16 * MEGA;
/** Above, one is asked before the browser decodes it: 40 megapixels are 160 MB. */
const ASK_PIXELS = 40 * MEGA;
/** Above, no browser holds it. */
const HELD_PIXELS = 268 * MEGA;
const MOST_SIDE = 16_384;
const MOST_BYTES = 300 * MEGA;
const MOST_TEXT = 5 * MEGA;
const MOST_FILES = 50;

export interface Intake {
  kind: "sheets";
  name: string;
  sheets: Sheet[];
  /** Sentences that should be read: what was assumed, what may be missing. */
  notes: string[];
}

export interface IndexFile {
  kind: "index";
  name: string;
  file: File;
}

/** What files and pasted things need from the page. */
export interface Reading {
  allowed: Allowed;
  report: OnProgress;
  signal: AbortSignal;
}

const size = (bytes: number): string =>
  bytes < MEGA ? `${Math.ceil(bytes / 1000)} KB` : `${Math.round(bytes / MEGA)} MB`;
const count = (n: number): string => n.toLocaleString("en");

async function bytesOf(file: Blob, from: number, to: number, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    throw new ReadProblem(
      "gone",
      `“${name}” can no longer be read: it was moved, changed, is a folder, or its drive is gone. Open it anew; from a folder, open the files in it.`,
    );
  }
}

const REFUSED: Partial<Record<Kind, (name: string) => string>> = {
  empty: (name) => `“${name}” is empty (0 bytes). Look whether it was copied whole, or choose another file.`,
  archive: (name) =>
    `“${name}” is an archive (ZIP, DOCX, ODT and the like). Unpack it, or save the document in it as PDF or text, and open that.`,
  unknown: (name) =>
    `“${name}” is neither a picture, a PDF, a text nor an index of Paritas, whatever its name says. ` +
    `What opens here: PNG, JPEG, WebP, BMP, GIF, AVIF, PDF, plain text.`,
};

async function textSheet(file: File, { allowed }: Reading, notes: string[]): Promise<Sheet> {
  const cut = file.size > MOST_TEXT;
  if (cut && !allowed.firstPart) {
    throw new ReadProblem(
      "long_text",
      `“${file.name}” holds ${size(file.size)} of text; the page stays quick with up to ${size(MOST_TEXT)}. ` +
        `Cut it into parts, make an index of it with “paritas index build”, or read its first part.`,
      { label: `Read the first ${size(MOST_TEXT)}`, allowed: { ...allowed, firstPart: true } },
    );
  }
  const bytes = await bytesOf(file, 0, MOST_TEXT, file.name);
  const { text, note } = decodeText(bytes, !cut);
  if (note !== null) notes.push(note);
  if (cut) notes.push(`Only the first ${size(MOST_TEXT)} of “${file.name}” were read.`);
  if (text.trim() === "") {
    throw new ReadProblem("blank_text", `“${file.name}” holds nothing but blanks. Choose another file.`);
  }
  return { picture: null, width: 0, height: 0, known: { text, words: [] } };
}

function undecodable(kind: PictureKind, name: string, cutOff: boolean): ReadProblem {
  if (kind === "tiff" || kind === "heic") {
    const what = kind === "tiff" ? "a TIFF" : "a HEIC picture, as iPhones take them";
    return new ReadProblem(
      "format",
      `“${name}” is ${what}, which this browser cannot show. Save or export it as PNG or JPEG and open that.`,
    );
  }
  const how = cutOff ? "is cut off: its end is missing" : "is damaged, or larger than this browser can hold";
  return new ReadProblem(
    cutOff ? "cut_off" : "damaged",
    `“${name}” ${how}. Copy it again from where it came from, or open it in a picture program and save it anew.`,
  );
}

/** The width to decode a picture with: null as it is. Asks, or refuses, before anything is decoded. */
function fittingWidth(width: number, height: number, name: string, allowed: Allowed): number | null {
  const pixels = width * height;
  const mega = Math.round(pixels / MEGA);
  if (pixels > HELD_PIXELS || Math.max(width, height) > 4 * MOST_SIDE) {
    throw new ReadProblem(
      "too_large",
      `“${name}” says it is ${count(width)} × ${count(height)} pixels (${count(mega)} megapixels), more than a browser can hold. ` +
        `Save it with less than ${count(HELD_PIXELS / MEGA)} megapixels, or cut it into parts, and open that.`,
    );
  }
  if (pixels <= MOST_PIXELS && Math.max(width, height) <= MOST_SIDE) return null;
  const factor = Math.min(Math.sqrt(MOST_PIXELS / pixels), MOST_SIDE / Math.max(width, height));
  const smaller = Math.max(1, Math.floor(width * factor));
  if (pixels > ASK_PIXELS && !allowed.scaleDown) {
    throw new ReadProblem(
      "large",
      `“${name}” has ${count(width)} × ${count(height)} pixels (${count(mega)} megapixels); the page reads up to ` +
        `${MOST_PIXELS / MEGA}. Scaled down, small print may no longer be legible: cut it into parts if it is.`,
      { label: `Read it scaled down to ${count(smaller)} pixels across`, allowed: { ...allowed, scaleDown: true } },
    );
  }
  return smaller;
}

async function pictureSheet(
  file: File,
  kind: PictureKind,
  head: Uint8Array,
  reading: Reading,
  notes: string[],
): Promise<Sheet> {
  const { allowed, report, signal } = reading;
  // A JPEG may carry colour profiles and thumbnails of megabytes before it says its size.
  const found = pictureSize(kind, head) ?? pictureSize(kind, await bytesOf(file, 0, 64 * HEAD, file.name));
  const cutOff = isCutOff(kind, await bytesOf(file, Math.max(0, file.size - HEAD), file.size, file.name));
  if (found !== null && (found.width === 0 || found.height === 0)) throw undecodable(kind, file.name, cutOff);
  const width = found === null ? null : fittingWidth(found.width, found.height, file.name, allowed);
  report({ what: "Opening the picture", share: null });
  try {
    const type = `image/${kind}`;
    const blob = file.type === type ? file : file.slice(0, file.size, type);
    const done = await decodePicture(blob, width, signal);
    if (cutOff) notes.push(`“${file.name}” ends early: its lower part may be missing. Copy it again if it does.`);
    if (width !== null)
      notes.push(`“${file.name}” was read scaled down to ${count(done.width)} × ${count(done.height)} pixels.`);
    return { picture: done.shown ?? blob, width: done.width, height: done.height, known: null };
  } catch (error) {
    if (error instanceof ReadProblem && error.code === "undecodable") throw undecodable(kind, file.name, cutOff);
    throw error;
  }
}

/** The files as the pages of one document, in their order. @throws ReadProblem, Stopped */
export async function takeIn(files: readonly File[], reading: Reading): Promise<Intake | IndexFile> {
  const [first] = files;
  if (first === undefined)
    throw new ReadProblem("nothing", "There is no file in what was dropped. Drop pictures, a PDF or a text.");
  if (files.length > MOST_FILES) {
    throw new ReadProblem(
      "many",
      `${count(files.length)} files at once are too many: take up to ${MOST_FILES}, the pages of one document.`,
    );
  }
  const sheets: Sheet[] = [];
  const notes: string[] = [];
  for (const file of files) {
    if (reading.signal.aborted) throw new Stopped();
    const head = await bytesOf(file, 0, HEAD, file.name);
    const kind = sniff(head);
    const refusal = REFUSED[kind];
    if (refusal !== undefined) throw new ReadProblem(kind, refusal(file.name));
    if (kind === "index") {
      if (files.length === 1) return { kind: "index", name: file.name, file };
      throw new ReadProblem(
        "index_among",
        `“${file.name}” is an index of Paritas: open it alone, it is searched as it is.`,
      );
    }
    if (kind !== "text" && file.size > MOST_BYTES) {
      throw new ReadProblem(
        "heavy",
        `“${file.name}” has ${size(file.size)}: open files of up to ${size(MOST_BYTES)}, or parts of it.`,
      );
    }
    if (kind === "text") sheets.push(await textSheet(file, reading, notes));
    else if (kind === "pdf") {
      const { pdfSheets } = await import("./pdf.js");
      sheets.push(...(await pdfSheets(await bytesOf(file, 0, file.size, file.name), file.name, reading, notes)));
    } else sheets.push(await pictureSheet(file, kind as PictureKind, head, reading, notes));
  }
  const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
  return { kind: "sheets", name: first.name + more, sheets, notes };
}

/** The files of a drop; a folder is a problem with a name. Must be called before the event is over. */
export function droppedFiles(transfer: DataTransfer): File[] {
  const folders = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory);
  const [folder] = folders;
  if (folder) {
    throw new ReadProblem(
      "folder",
      `“${folder.name}” is a folder. Open it and drop the files in it: several at once become the pages of one document.`,
    );
  }
  return [...transfer.files];
}
