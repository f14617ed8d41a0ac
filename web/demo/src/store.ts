// What the page knows, in one place: panels read it, ask to hear of changes, and never talk to each other.

/** A half-open range of UTF-16 units of `Doc.text`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** In pixels of its page's image. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Page {
  readonly image: Blob;
  readonly width: number;
  readonly height: number;
}

/** A word that was read from an image. */
export interface Word extends Range {
  readonly text: string;
  /** 0 to 100, as the OCR engine says it. */
  readonly confidence: number;
  readonly box: Box;
  /** In `Doc.pages`. */
  readonly page: number;
  /** Counted through all pages. */
  readonly line: number;
}

export interface Field {
  readonly name: string;
  /** "date", "amount", "iban" ...: what `validateFormat` is asked about; "text" for none. */
  readonly type: string;
  /** As it stands now, corrected or not. */
  readonly text: string;
  /** In `Doc.words`. */
  readonly words: readonly number[];
  /** As it was read. */
  readonly original: string;
  /** 0 to 1; none while it is not computed. */
  readonly confidence?: number;
  readonly reasons?: readonly { readonly code: string; readonly message: string; readonly factor?: number }[];
}

export interface Doc {
  readonly name: string;
  readonly kind: "text" | "scan";
  readonly text: string;
  /** Empty for a text. */
  readonly pages: readonly Page[];
  /** Empty for a text; in the order of the text. */
  readonly words: readonly Word[];
  readonly fields: readonly Field[];
}

export const PANELS = ["document", "verify", "search", "stream", "fields"] as const;
export type Panel = (typeof PANELS)[number];

export interface Settings {
  readonly theme: "auto" | "light" | "dark";
  readonly panel: Panel;
  readonly view: "text" | "image";
  readonly atomic: boolean;
  /** Whether the search leaves out common English words. */
  readonly stopwords: boolean;
  /** Words per second of a stream. */
  readonly speed: number;
  readonly streamed: "faithful" | "drifting" | "thinking" | "answer";
  readonly hardLimit: number;
  /** Characters of thoughts in a stream, 0 for any number. */
  readonly thoughtLimit: number;
  readonly singleKeys: boolean;
  /** In which pictures are read: a code of Tesseract's. */
  readonly language: string;
}

/** What the document shows marked; never saved. */
export interface Marks {
  /** Why: evidence of a claim, or hits of a search. */
  readonly kind: "evidence" | "hits" | "field";
  /** The passages meant, pale. */
  readonly passages: readonly Range[];
  /** What stands out in them. */
  readonly spans: readonly Range[];
  /** What to scroll to; none: leave the reader where they are. */
  readonly show?: Range | undefined;
}

/** One sentence for whoever uses the page, whether something went wrong, and what can be done about it. */
export interface Notice {
  readonly text: string;
  readonly bad: boolean;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface State {
  readonly doc: Doc;
  readonly query: string;
  readonly answer: string;
  readonly settings: Settings;
  readonly marks: Marks | undefined;
  readonly notice: Notice | undefined;
}

export const EMPTY_DOC: Doc = { name: "", kind: "text", text: "", pages: [], words: [], fields: [] };

export const DEFAULT_SETTINGS: Settings = {
  theme: "auto",
  panel: "verify",
  view: "text",
  atomic: false,
  stopwords: true,
  speed: 12,
  streamed: "drifting",
  hardLimit: 0.4,
  thoughtLimit: 1000,
  singleKeys: true,
  language: "eng",
};

type Listener = (state: State, before: State) => void;

export class Store {
  #state: State;
  #listeners = new Set<{ keys: readonly (keyof State)[]; call: Listener }>();

  constructor(first: Partial<State> = {}) {
    this.#state = {
      doc: EMPTY_DOC,
      query: "",
      answer: "",
      settings: DEFAULT_SETTINGS,
      marks: undefined,
      notice: undefined,
      ...first,
    };
  }

  get state(): State {
    return this.#state;
  }

  /** Changes some of it; those hear of it who asked for one of the keys whose value is another one now. */
  set(patch: Partial<State>): void {
    const before = this.#state;
    const changed = (Object.keys(patch) as (keyof State)[]).filter((key) => patch[key] !== before[key]);
    if (changed.length === 0) return;
    const now = { ...before, ...patch };
    // Words and marks are places in a text: with another text they mean nothing.
    if (now.doc.text !== before.doc.text && !("marks" in patch)) {
      now.marks = undefined;
      changed.push("marks");
    }
    this.#state = now;
    for (const { keys, call } of [...this.#listeners]) {
      if (keys.some((key) => changed.includes(key))) call(this.#state, before);
    }
  }

  settings(patch: Partial<Settings>): void {
    this.set({ settings: { ...this.#state.settings, ...patch } });
  }

  notice(text: string, bad = false, action?: Notice["action"]): void {
    this.set({ notice: { text, bad, action } });
  }

  /** Whether a document is a sample: one that makes way for another needs no telling. */
  isCommon: (doc: Doc) => boolean = () => false;

  /**
   * Takes another document in place of this one, which can be had back.
   *
   * @param notes sentences about the new one
   */
  replaceDoc(doc: Doc, notes: readonly string[] = []): void {
    const { doc: last } = this.#state;
    this.set({ doc, notice: undefined });
    const said = notes.join(" ");
    const nothingLost =
      last.text === "" ||
      (last.text === doc.text && last.fields.length === 0) ||
      (this.isCommon(last) && this.isCommon(doc));
    if (nothingLost) {
      if (said !== "") this.notice(said);
      return;
    }
    const run = (): void => this.set({ doc: last, notice: undefined });
    const gone = doc.name === "" ? `“${last.name}” was put away.` : `“${last.name}” has made way for “${doc.name}”.`;
    this.notice(`${said} ${gone}`.trim(), false, { label: "Take it back", run });
  }

  /** Calls at once and after every change of one of the keys; gives what ends it. */
  on(keys: readonly (keyof State)[], call: Listener): () => void {
    const listener = { keys, call };
    this.#listeners.add(listener);
    call(this.#state, this.#state);
    return () => this.#listeners.delete(listener);
  }
}
