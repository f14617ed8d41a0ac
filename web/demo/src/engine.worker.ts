// The worker: everything of Paritas runs here, so that typing never waits for it.
import {
  BM25,
  HaltMonitor,
  ParitasError,
  PreparedSource,
  StreamingFilter,
  VerifiedScorer,
  fieldConfidence,
  init,
  selfcheckReport,
} from "paritas";
import type {
  DocId,
  FieldOptions,
  FieldReport,
  HaltConfig,
  OcrField,
  SelfcheckReport,
  Span,
  VerificationResult,
} from "paritas";
import { paragraphs } from "./paragraphs.js";
import type { Range } from "./store.js";

const MOST = 20; // hits of a search

export interface SourceFacts {
  readonly sentences: number;
  readonly paragraphs: number;
  readonly terms: number;
  /** To read and index it. */
  readonly ms: number;
}

export interface IndexFacts {
  readonly documents: number;
  readonly terms: number;
}

export interface FoundHit {
  readonly id: DocId;
  readonly score: number;
  /** None where the index keeps no texts. */
  readonly text: string | undefined;
  /** Of the text. */
  readonly spans: readonly Span[];
  /** Of the document; none in an index file. */
  readonly place: Range | undefined;
  readonly metadata: string;
}

export interface Found {
  readonly hits: readonly FoundHit[];
  /** Of the query alone, and with texts and highlights. */
  readonly ms: number;
  readonly allMs: number;
}

export interface Verified {
  readonly result: VerificationResult;
  readonly ms: number;
}

/** What a word of a stream, or its end, has brought. */
export interface Step {
  /** Its number; the end has that of a word after the last. */
  readonly index: number;
  /** What it adds to the answer; scored unless empty. */
  readonly token: string;
  /** What it adds to the thoughts. */
  readonly thought: string;
  /** Whether the model thinks after it. */
  readonly thinking: boolean;
  /** Characters of all thoughts so far, up to the limit. */
  readonly thoughtLength: number;
  /** Why it thinks too long; empty where it does not. */
  readonly abort: string;
  readonly score: number;
  readonly windowMean: number;
  readonly emit: string;
  readonly warning: boolean;
  readonly softPending: boolean;
  readonly halted: boolean;
  readonly code: string;
  readonly reason: string;
  /** At a halt: what the verification says of the claim that was being made. */
  readonly why: readonly string[];
}

let prepared: PreparedSource | undefined;
let places: Range[] = [];
let index: BM25 | undefined; // of the paragraphs
let opened: BM25 | undefined; // of a file
let scorer: VerifiedScorer;
let stream: Stream | undefined;

/** A running answer: its thoughts are taken out of it, and the monitor judges the rest. */
class Stream {
  #filter: StreamingFilter;
  #monitor: HaltMonitor;
  #text = "";
  #last: Pick<Step, "score" | "windowMean"> = { score: NaN, windowMean: 0 };
  steps = 0;

  constructor(
    readonly run: number,
    config: HaltConfig,
    maxThinkingContent: number,
  ) {
    this.#monitor = new HaltMonitor(config);
    this.#filter = new StreamingFilter({ maxThinkingContent });
  }

  /** A word, or undefined at the end. */
  step(word: string | undefined): Step {
    const { answer: token, thinking: thought } =
      word === undefined ? this.#filter.finish() : this.#filter.processChunk(word);
    const filtered = {
      index: this.steps++,
      token,
      thought,
      thinking: this.#filter.getState() === "in_thinking",
      thoughtLength: this.#filter.getThinkingLength(),
      abort: this.#filter.getAbortReason() ?? "",
    };
    if (token === "") {
      const nothing = { emit: "", warning: false, softPending: false, halted: false, code: "", reason: "", why: [] };
      return { ...filtered, ...this.#last, ...nothing };
    }
    this.#text += token;
    const { score, claims } = scorer.verify(this.#text, prepared ?? "", { evidenceTopK: 0 });
    const { windowMean, emit, warning, softPending, halted, code, reason } = this.#monitor.processToken(token, score);
    this.#last = { score, windowMean };
    const why = halted ? (claims.at(-1)?.reasons ?? []).map(({ message }) => message) : [];
    return { ...filtered, score, windowMean, emit, warning, softPending, halted, code, reason, why };
  }

  dispose(): void {
    this.#filter.dispose();
    this.#monitor.dispose();
  }
}

const facts = (of: BM25): IndexFacts => {
  const { documents, terms } = of.stats();
  return { documents, terms };
};

const jobs = {
  /** Loads the modules; the digest's worker needs no more. */
  start: async (): Promise<void> => {
    await init();
    scorer = new VerifiedScorer();
  },

  /** Reads a text once for all answers, and indexes its paragraphs. */
  setSource: (text: string, stopwords: boolean): SourceFacts => {
    const began = performance.now();
    prepared?.dispose();
    prepared = undefined;
    prepared = new PreparedSource(text);
    places = paragraphs(text);
    index?.dispose();
    index = new BM25({ storeText: true, ...(stopwords ? { stopwords: "english" } : {}) });
    index.addDocuments(
      places.map((_place, i) => i + 1),
      places.map(({ start, end }) => text.slice(start, end)),
    );
    stream?.dispose();
    stream = undefined;
    const { terms } = index.stats();
    return { sentences: prepared.sentences, paragraphs: places.length, terms, ms: performance.now() - began };
  },

  verify: (answer: string, atomic: boolean): Verified => {
    const began = performance.now();
    const result = scorer.verify(answer, prepared ?? "", { atomic });
    return { result, ms: performance.now() - began };
  },

  search: (query: string): Found => {
    const searched = opened ?? index;
    if (searched === undefined) return { hits: [], ms: 0, allMs: 0 };
    const began = performance.now();
    const best = searched.query(query, MOST);
    const ms = performance.now() - began;
    const hits = best.map(({ id, score }) => {
      const { text, metadata } = searched.get(id)!;
      return {
        id,
        score,
        text: text ?? undefined,
        spans: text === null ? [] : searched.highlight(query, text),
        place: opened === undefined ? places[Number(id) - 1] : undefined,
        metadata: Object.entries(metadata ?? {})
          .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
          .join(" · "),
      };
    });
    return { hits, ms, allMs: performance.now() - began };
  },

  /** An index file of `paritas index build` or of saveIndex; a damaged one changes nothing. */
  openIndex: (bytes: Uint8Array): IndexFacts => {
    const next = BM25.fromBytes(bytes);
    opened?.dispose();
    opened = next;
    return facts(next);
  },

  closeIndex: (): void => {
    opened?.dispose();
    opened = undefined;
  },

  saveIndex: (): Uint8Array => (opened ?? index)!.toBytes(),

  /**
   * The steps of a running answer: its words so far, each judged by what the source says of the answer up to it; the thoughts
   * among them are not judged. All words are given each time, so a new worker can go on where another one died.
   */
  watch: (run: number, config: HaltConfig, most: number, words: readonly string[], ended: boolean): Step[] => {
    if (stream?.run !== run || stream.steps > words.length) {
      stream?.dispose();
      stream = new Stream(run, config, most);
    }
    const fresh: Step[] = [];
    const over = (): boolean => fresh.at(-1)?.halted === true || (fresh.at(-1)?.abort ?? "") !== "";
    while (stream.steps < words.length && !over()) fresh.push(stream.step(words[stream.steps]));
    if (ended && !over()) fresh.push(stream.step(undefined));
    return fresh;
  },

  /** How far the fields of a scan can be trusted; confidences of words are in percent. */
  fields: (fields: readonly OcrField[], regime: FieldOptions["regime"]): FieldReport =>
    fieldConfidence(fields, { regime, scale: "percent" }),

  digest: (cases: number): SelfcheckReport => selfcheckReport(cases),
};

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;

export interface Request {
  readonly id: number;
  readonly name: JobName;
  readonly given: readonly unknown[];
  /** A lock to hold while this worker lives. */
  readonly lock?: string;
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** Takes a lock for good: whoever waits for it hears at once when this worker dies, however it dies. */
function held(lock: string): Promise<void> {
  if (!("locks" in navigator)) return Promise.resolve();
  return new Promise((taken) => {
    void navigator.locks.request(lock, () => {
      taken();
      return new Promise(() => undefined);
    });
  });
}

let earlier: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data: { id, name, given, lock } }: MessageEvent<Request>) => {
  earlier = earlier.then(async () => {
    try {
      if (lock !== undefined) await held(lock);
      const value: unknown = await (jobs[name] as (...given: readonly unknown[]) => unknown)(...given);
      postMessage({ id, value } satisfies Reply);
    } catch (error) {
      // What the module did not say itself (out of memory, a trap) leaves it in an unknown state.
      if (!(error instanceof ParitasError) && name !== "start") throw error;
      const { code = "", message } = error as ParitasError;
      postMessage({ id, error: { code, message } } satisfies Reply);
    }
  });
  earlier.catch((error: unknown) => reportError(error));
});
