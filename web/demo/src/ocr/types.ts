import type { Box } from "../store.js";

// What reading a file gives, a page at a time. Offsets count UTF-16 units of the page's text, boxes pixels of its picture.

/** What an engine that says nothing about a word is written as, as Tesseract does. */
export const NO_CONFIDENCE = -1;

export interface ReadWord {
  text: string;
  /** 0 to 100 as the engine says; NO_CONFIDENCE where none has read it (the text layer of a PDF). */
  confidence: number;
  box: Box;
  /** text.slice(start, end) of the page is the word. */
  start: number;
  end: number;
  /** A running number, in reading order. */
  line: number;
}

export interface ReadText {
  text: string;
  words: ReadWord[];
}

/** A page before it is read: a picture, with its text where that is known already. */
export interface Sheet {
  /** Shown as it is: upright once decoded, not transparent. null for plain text. */
  picture: Blob | null;
  width: number;
  height: number;
  /** Known without an engine: a text file, the text layer of a PDF; null means that the picture must be read. */
  known: ReadText | null;
}

/** What happens now, for a line with a bar; `share` is 0 to 1, null while nothing can be counted. */
export interface Progress {
  what: string;
  share: number | null;
}
export type OnProgress = (progress: Progress) => void;

/** What a person may allow when a file is too much as it is. */
export interface Allowed {
  /** A huge picture may be made smaller. */
  scaleDown?: boolean;
  /** Of a huge text or a long PDF the first part will do. */
  firstPart?: boolean;
}

/** A problem with a file or an engine: its message says what to do, its remedy does it. */
export class ReadProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: { readonly label: string; readonly allowed: Allowed } | null = null,
  ) {
    super(message);
    this.name = "ReadProblem";
  }
}

/** Thrown when a person has stopped it: no message is due. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}
