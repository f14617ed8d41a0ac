import { type OnProgress, ReadProblem, Stopped } from "./types.js";

// Drives tesseract.js' worker by its messages. Not by tesseract.js' own createWorker: that one waits for ever when a file is
// missing or the worker dies, and carries addresses of a CDN.

export interface Assets {
  /** Address of the folder ocr/ of reading_assets.ts, absolute, with a slash at the end. */
  folder: string;
  languages: readonly { readonly code: string; readonly bytes: number }[];
}

interface Message {
  status: "resolve" | "reject" | "progress" | "crash" | "held";
  jobId?: string;
  data: unknown;
}

interface Job {
  resolve(data: unknown): void;
  reject(problem: Error): void;
}

/** Nothing heard for so long while it should work: it was killed, or is out of memory. */
const SILENCE = 45_000;
/** A worker holds some 200 MB: after this time without work it goes. */
const IDLE = 120_000;
const AUTO_LAYOUT = "3"; // tesseract's page segmentation: find columns, blocks and lines
const KEPT = "What you typed is kept.";

const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];
const RELAXED = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15,
  253, 128, 2, 11,
];

/** The fastest engine this browser can run; the modules are those of wasm-feature-detect. */
function core(): string {
  const can = (module: number[]): boolean => WebAssembly.validate(new Uint8Array(module));
  if (can(RELAXED)) return "tesseract-core-relaxedsimd-lstm.js";
  return can(SIMD) ? "tesseract-core-simd-lstm.js" : "tesseract-core-lstm.js";
}

/** A file with its progress in bytes; the length is known from the build, a server may not say it. */
async function download(
  url: string,
  bytes: number,
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status}`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    length += part.value.length;
    report(Math.min(1, length / bytes));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

export class Recogniser {
  #assets: Assets;
  #worker: Worker | null = null;
  #name = "";
  /** Why there is no worker. */
  #ended: Error = new Stopped();
  #watch = new AbortController();
  #language = "";
  #jobs = new Map<string, Job>();
  #count = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #report: OnProgress = () => {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(assets: Assets) {
    this.#assets = assets;
  }

  /**
   * Tesseract's TSV of a picture; calls wait for each other.
   *
   * @param image a picture file in a format of Leptonica's (PNG, JPEG, PNM); the bytes are moved
   * @throws ReadProblem `no_wasm`, `no_language`, `not_loaded`, `engine_stopped`, `unreadable`; Stopped when the signal says so
   */
  recognise(image: Uint8Array, language: string, report: OnProgress, signal: AbortSignal): Promise<string> {
    const turn = this.#turn.then(() => this.#run(image, language, report, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the worker; the next picture starts another. */
  stop(problem: Error = new Stopped()): void {
    this.#ended = problem;
    this.#watch.abort();
    this.#worker?.terminate();
    this.#worker = null;
    this.#language = "";
    clearTimeout(this.#silence);
    clearTimeout(this.#idle);
    for (const job of this.#jobs.values()) job.reject(problem);
    this.#jobs.clear();
  }

  async #run(image: Uint8Array, language: string, report: OnProgress, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new Stopped();
    const stop = (): void => this.stop();
    signal.addEventListener("abort", stop);
    clearTimeout(this.#idle);
    this.#report = report;
    try {
      await this.#prepare(language, report, signal);
      report({ what: "Finding lines of text", share: null });
      const read = await this.#ask("recognize", { image, options: {}, output: { text: false, tsv: true } }, [
        image.buffer,
      ]);
      return (read as { tsv: string }).tsv;
    } catch (error) {
      if (signal.aborted) throw new Stopped();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
      clearTimeout(this.#silence);
      this.#report = () => {};
      this.#idle = setTimeout(() => this.stop(), IDLE);
    }
  }

  async #prepare(language: string, report: OnProgress, signal: AbortSignal): Promise<void> {
    if (typeof WebAssembly !== "object") {
      throw new ReadProblem(
        "no_wasm",
        "This browser has no WebAssembly (or it is switched off), and reading pictures needs it. Switch it on, use another browser, or paste the text.",
      );
    }
    const known = this.#assets.languages.find(({ code }) => code === language);
    if (known === undefined) {
      throw new ReadProblem(
        "no_language",
        `There is no data for the language “${language}” here. Choose one of the list.`,
      );
    }
    if (this.#worker !== null && this.#language === language) return;
    const file = `${language}.traineddata.gz`;
    try {
      if (this.#worker === null) {
        report({ what: "Loading the reading engine", share: null });
        this.#start();
        await this.#ask("load", {
          options: { lstmOnly: true, corePath: this.#assets.folder + core(), logging: false },
        });
      }
      report({ what: "Loading the language", share: 0 });
      const load = (share: number): void => report({ what: "Loading the language", share });
      const data = await download(this.#assets.folder + file, known.bytes, load, signal);
      // Nothing is kept in IndexedDB: the page's service worker keeps the files, and full storage changes nothing.
      const options = { cacheMethod: "none", lstmOnly: true };
      await this.#ask("loadLanguage", { langs: [{ code: language, data }], options }, [data.buffer]);
      await this.#ask("initialize", { langs: language, oem: 1, config: {} });
      await this.#ask("setParameters", { params: { tessedit_pageseg_mode: AUTO_LAYOUT, debug_file: "/dev/null" } });
      this.#language = language;
    } catch (error) {
      this.stop();
      if (error instanceof ReadProblem && error.code !== "unreadable") throw error;
      throw new ReadProblem(
        "not_loaded",
        `The reading engine could not be loaded (${(error as Error).message}). Check the connection and try again: it is ` +
          `fetched once, from this page's own address. ${KEPT}`,
      );
    }
  }

  #start(): void {
    const name = `paritas-ocr-${crypto.randomUUID?.() ?? Math.random()}`;
    const worker = new Worker(`${this.#assets.folder}worker.js`, { name });
    this.#worker = worker;
    this.#watch = new AbortController();
    this.#name = name;
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (worker === this.#worker) this.#hear(data); // of one that was ended, something may still be under way
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#failed(event.message);
    };
  }

  /** Hears of the worker's end, however it ends: it holds a lock while it lives (reading_assets.ts). */
  #mourn(): void {
    const { signal } = this.#watch;
    navigator.locks?.request(this.#name, { signal }, () => this.#died("it was ended")).catch(() => undefined);
  }

  /** A script that cannot be loaded ends like one that breaks: what it was doing tells them apart. */
  #failed(why: string): void {
    if (this.#language === "") this.stop(new Error(why || "its script was not found"));
    else this.#died(why);
  }

  #died(why: string): void {
    const detail = why ? ` (${why})` : "";
    this.stop(
      new ReadProblem(
        "engine_stopped",
        `The reading engine has stopped${detail}. Try again; if it stops again, close other tabs or take a smaller picture. ${KEPT}`,
      ),
    );
  }

  #hear({ status, jobId, data }: Message): void {
    this.#listen();
    if (status === "held") return this.#mourn();
    if (status === "crash") return this.#failed(String(data));
    if (status === "progress") {
      const { status: what, progress } = data as { status: string; progress: number };
      if (what === "recognizing text") this.#report({ what: "Reading", share: progress });
      return;
    }
    // A trap leaves the engine's memory in an unknown state, and no memory left is one.
    if (status === "reject" && /RuntimeError|Abort|memory/i.test(String(data))) return this.#failed(String(data));
    const job = this.#jobs.get(jobId ?? "");
    this.#jobs.delete(jobId ?? "");
    if (status === "resolve") job?.resolve(data);
    else
      job?.reject(
        new ReadProblem(
          "unreadable",
          `The engine could not read this picture (${String(data)}). Save it as PNG or JPEG and try again.`,
        ),
      );
  }

  #listen(): void {
    clearTimeout(this.#silence);
    if (this.#jobs.size > 0) this.#silence = setTimeout(() => this.#died("it no longer answers"), SILENCE);
  }

  #ask(action: string, payload: unknown, moved: Transferable[] = []): Promise<unknown> {
    const worker = this.#worker;
    if (worker === null) return Promise.reject(this.#ended);
    this.#count += 1;
    const jobId = `job-${this.#count}`;
    const answer = new Promise((resolve, reject) => this.#jobs.set(jobId, { resolve, reject }));
    worker.postMessage({ workerId: "paritas", jobId, action, payload }, moved);
    this.#listen();
    return answer;
  }
}
