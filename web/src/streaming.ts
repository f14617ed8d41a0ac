import { HaltMonitor, split, type HaltOptions } from "./halt.js";
import { iteratorOf, refuseEvents, TextPieces, type TextSource } from "./iterate.js";
import { ParitasError } from "./module.js";
import { StreamSession, TokenEvent, type EvidenceChunk, type HaltCode, type HaltEvidence } from "./session.js";

/** Gives the score of a text; `signal` is aborted when it takes too long, and only there where a limit is set. */
export type ScoreCallback = (text: string, signal?: AbortSignal) => number | PromiseLike<number>;
/** Tokens one by one; bytes are read as UTF-8. A `Response` of `fetch` may stand for its body. */
export type TokenSource = TextSource;

/** What verifies a text at a halt: with `verify` or `review`. */
export interface Scorer {
  verify?: (text: string, source: string) => unknown;
  review?: (prompt: string, answer: string) => unknown;
}

/** What a trace callback gets for each token. */
export interface TokenTrace {
  readonly index: number;
  readonly token: string;
  readonly coherence: number;
  readonly timestamp: number;
  readonly halted: boolean;
  readonly haltReason: string;
  readonly tenantId: string;
  readonly requestId: string;
}

export interface StreamOptions {
  /** What the score callback gets: all text so far with this token, the text since the last score, or this token. */
  callbackInput?: "text" | "new_text" | "token";
  /** Gets the text at a halt, and gives `session.haltEvidence`. */
  evidenceCallback?: (text: string) => unknown;
  scorer?: Scorer;
  /** Evidence chunks at a halt, by default 3. */
  topK?: number;
  prompt?: string;
  traceCallbacks?: readonly ((trace: TokenTrace) => unknown)[];
  tenantId?: string;
  requestId?: string;
  /** "raise": the error of a callback or of the source is thrown once the session is closed. */
  onError?: "halt" | "raise";
  /** Stops the stream from outside, with the code "stopped". */
  signal?: AbortSignal;
}

const STREAM = [
  ...["callbackInput", "evidenceCallback", "scorer", "topK", "prompt", "traceCallbacks", "tenantId", "requestId"],
  ...["onError", "signal"],
];
const HUNG = Symbol("hung");
const STOPPED = Symbol("stopped");

/** What the kernel switches for all its streams. */
interface Switch {
  on: boolean;
}

/** One stream: its monitor, what its callback gets, its clock and its records. */
class Run {
  readonly monitor: HaltMonitor;
  readonly timed: boolean;
  session = new StreamSession([], [], 0);
  #options: StreamOptions;
  #text = "";
  #said = "";
  #before = 0;
  #start = performance.now();
  #error: unknown = undefined;
  #errors: unknown[] = [];
  #evidence = "";
  #last: TokenEvent | undefined;
  #total: number;
  #limit: number;

  constructor(
    config: object,
    options: StreamOptions,
    readonly power: Switch,
  ) {
    const { callbackInput = "text", onError = "halt" } = options;
    if (!["text", "new_text", "token"].includes(callbackInput)) {
      const message = `callbackInput must be "text", "new_text" or "token", not ${String(callbackInput)}`;
      throw new ParitasError("invalid_argument", message);
    }
    if (!["halt", "raise"].includes(onError)) {
      throw new ParitasError("invalid_argument", `onError must be "halt" or "raise", not ${String(onError)}`);
    }
    this.monitor = new HaltMonitor(config);
    this.#options = options;
    const { totalTimeout, tokenTimeout } = this.monitor.config;
    this.#total = totalTimeout;
    this.#limit = tokenTimeout;
    this.timed = totalTimeout > 0 || tokenTimeout > 0;
  }

  now(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** Seconds until the nearer limit. */
  left(now: number): number {
    const token = this.#limit > 0 ? this.#limit - (now - this.#before) : Infinity;
    return Math.min(token, this.#total > 0 ? this.#total - now : Infinity);
  }

  /** The value of a wait, HUNG at its limit, or STOPPED by the caller's signal. Without either there is no timer. */
  async wait<T>(value: T | PromiseLike<T>, abort?: AbortController): Promise<T | typeof HUNG | typeof STOPPED> {
    const { signal } = this.#options;
    if (!this.timed && !signal) return value;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: (() => void) | undefined;
    const waits: PromiseLike<T | typeof HUNG | typeof STOPPED>[] = [Promise.resolve(value)];
    if (this.timed) {
      const ms = Math.max(0, this.left(this.now()) * 1000);
      waits.push(
        new Promise((resolve) => {
          timer = setTimeout(() => resolve(HUNG), Math.min(ms, 2 ** 31 - 1));
        }),
      );
    }
    if (signal) {
      waits.push(
        new Promise((resolve) => {
          stop = () => resolve(STOPPED);
          if (signal.aborted) stop();
          signal.addEventListener("abort", stop);
        }),
      );
    }
    try {
      const first = await Promise.race(waits);
      if (first === HUNG || first === STOPPED) {
        Promise.resolve(value).catch(() => undefined); // a late failure is nobody's
        abort?.abort();
      }
      return first;
    } finally {
      clearTimeout(timer);
      if (stop) signal?.removeEventListener("abort", stop);
    }
  }

  /** The halt of a wait that took too long; a call that ate most of its limit is named itself. */
  hung(token: string, began: number, waitingForSource: boolean): Promise<TokenEvent> {
    const now = this.now();
    const since = now - this.#before;
    const byTotal = this.#total > 0 && (this.#limit <= 0 || this.#total - now < this.#limit - since);
    const bound = byTotal ? this.#total : this.#limit;
    const took = Math.max(byTotal ? now : since, bound * (1 + 2 ** -52));
    this.#error = new Error(`no answer within ${bound} s`);
    if (!waitingForSource && (!byTotal || (now - began) * 2 > bound))
      return this.#fail("callback_timeout", bound, "", token);
    return this.#fail(byTotal ? "total_timeout" : "token_timeout", took, "", token);
  }

  stopped(token: string): Promise<TokenEvent> {
    this.#error = this.#options.signal?.reason;
    return this.#fail("stopped", 0, "", token);
  }

  sourceFailed(error: unknown): Promise<TokenEvent> {
    this.#error = error;
    return this.#fail("source_error", 0, typeName(error), "");
  }

  #fail(code: HaltCode, value: number, detail: string, token: string): Promise<TokenEvent> {
    return this.#told(this.monitor.fail(code, value, detail, token));
  }

  /** One token, from the question to the verdict. */
  async step(token: string, callback: ScoreCallback): Promise<TokenEvent> {
    if (!this.power.on) this.monitor.emergencyStop();
    const asked = this.#wanted(token);
    let score: number | null = null;
    const began = this.now();
    if (asked !== undefined && (!this.timed || this.left(began) >= 0)) {
      try {
        const abort = this.timed ? new AbortController() : undefined;
        const answer = callback(asked, abort?.signal);
        const value = typeof answer === "number" && !this.timed ? answer : await this.wait(answer, abort);
        if (value === HUNG) return await this.hung(token, began, false);
        if (value === STOPPED) return await this.stopped(token);
        score = typeof value === "number" ? value : NaN;
      } catch (error) {
        this.#error = error;
        return this.#fail("callback_error", 0, typeName(error), token);
      }
      if (!this.power.on) this.monitor.emergencyStop();
    }
    return this.#told(this.monitor.processToken(token, score, this.timed ? this.now() : null));
  }

  /** What the callback gets for this token; none where no score is wanted. */
  #wanted(token: string): string | undefined {
    const { callbackInput = "text" } = this.#options;
    if (callbackInput !== "token") this.#said += token;
    if (!this.monitor.wantsScore()) return undefined;
    if (callbackInput === "token") return token;
    const said = this.#said;
    this.#said = "";
    return callbackInput === "text" ? (this.#text += said) : said;
  }

  async #guarded<T>(call: () => T | PromiseLike<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      this.#errors.push(error);
      return undefined;
    }
  }

  async #told(seen: TokenEvent): Promise<TokenEvent> {
    this.#before = seen.timestamp;
    const event = seen.halted ? await this.#explained(seen) : seen;
    const { traceCallbacks, tenantId = "", requestId = "" } = this.#options;
    for (const trace of traceCallbacks ?? []) {
      const { index, token, score: coherence, timestamp, halted, reason: haltReason } = event;
      await this.#guarded(() => trace({ index, token, coherence, timestamp, halted, haltReason, tenantId, requestId }));
    }
    return event;
  }

  async #explained(event: TokenEvent): Promise<TokenEvent> {
    const { evidenceCallback, scorer, prompt = "", topK = 3 } = this.#options;
    let evidence = event.haltEvidence;
    this.#last = event;
    if (evidence === null || (!evidenceCallback && !scorer)) return event;
    const session = this.monitor.session;
    const before = this.monitor.config.keepHistory ? session.output : evidence.textTail;
    const text = session.softHalted ? before : before + event.token;
    if (evidenceCallback) {
      const said = await this.#guarded(() => evidenceCallback(text));
      this.#evidence = said === undefined || said === null ? "" : String(said);
    }
    if (scorer) {
      const known = evidence;
      evidence = (await this.#guarded(() => verified(known, scorer, text, prompt, topK))) ?? known;
    }
    this.#last = Object.assign(Object.create(TokenEvent.prototype) as TokenEvent, event, { haltEvidence: evidence });
    return this.#last;
  }

  /** The reader's time is not the stream's. */
  pause(): () => void {
    const paused = performance.now();
    return () => {
      this.#start += performance.now() - paused;
    };
  }

  /** Ends the stream: the event of what the end has released or halted. */
  async close(): Promise<TokenEvent | null> {
    let closing = this.monitor.end();
    if (closing?.halted) closing = await this.#explained(closing);
    const session = this.monitor.session;
    session.startTime = this.#start / 1000;
    session.endTime = performance.now() / 1000;
    session.error = this.#error;
    session.errors = this.#errors = [...session.errors, ...this.#errors];
    session.haltEvidence = this.#evidence;
    if (this.#last) {
      session.haltEvidenceStructured = this.#last.haltEvidence;
      if (session.events.length > 0) session.events[session.events.length - 1] = this.#last;
    }
    this.session = session;
    return closing;
  }

  /** After the last event: latch, onHalt, and the error for those who asked for it. */
  async closed(onHalt: HaltOptions["onHalt"]): Promise<void> {
    const { session } = this;
    if (session.haltCode === "hard_limit" && this.monitor.config.latch) this.power.on = false;
    if (session.halted && onHalt) await this.#guarded(() => onHalt(session));
    if (this.#options.onError === "raise" && session.error !== undefined) throw session.error;
  }
}

function typeName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

async function verified(
  evidence: HaltEvidence,
  scorer: Scorer,
  text: string,
  prompt: string,
  topK: number,
): Promise<HaltEvidence> {
  interface Result {
    claims?: { evidenceSpans?: EvidenceChunk[] }[];
    reasons?: unknown[];
    score?: Result;
  }
  let result: Result | undefined;
  if (typeof scorer.verify === "function") result = (await scorer.verify(text, prompt)) as Result;
  else if (typeof scorer.review === "function") {
    const review = (await scorer.review(prompt.trim() || text, text)) as Result;
    result = typeof review.score === "object" ? review.score : review; // {approved, score}
  }
  const found = (result?.claims ?? []).flatMap(({ evidenceSpans = [] }) =>
    evidenceSpans.map(({ text: said, score, span }) => ({ text: said, score, span: span ?? null })),
  );
  found.sort((a, b) => b.score - a.score || (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const seen = new Set<string>();
  const once = found.filter(({ text: said, span }) => {
    const key = `${span?.start} ${span?.end} ${said}`;
    return !seen.has(key) && seen.add(key);
  });
  return { ...evidence, evidenceChunks: once.slice(0, Math.max(0, topK)), reasons: result?.reasons ?? [] };
}

/** Runs streams, each with a HaltMonitor of its own. */
export class StreamingKernel {
  #config: object;
  #onHalt: HaltOptions["onHalt"];
  #power: Switch = { on: true };
  #own: HaltMonitor;

  constructor(options: HaltOptions = {}) {
    const [fields, { onHalt }] = split(options, ["onHalt"]);
    this.#own = new HaltMonitor(fields);
    this.#config = fields;
    this.#onHalt = onHalt;
  }

  get config(): HaltMonitor["config"] {
    return this.#own.config;
  }

  /** The events of a stream as they come; returns its session. Nothing is read past a halt. */
  async *streamTokens(
    source: TokenSource,
    callback: ScoreCallback,
    options: StreamOptions = {},
  ): AsyncGenerator<TokenEvent, StreamSession, void> {
    const run = new Run(this.#config, options, this.#power);
    try {
      for await (const event of events(run, source, callback)) {
        const resume = run.pause();
        yield event;
        resume();
      }
      const closing = await run.close();
      if (closing) yield closing;
      await run.closed(this.#onHalt);
      return run.session;
    } finally {
      run.monitor.dispose();
    }
  }

  /** Runs a stream to its end or its halt. */
  async streamToSession(
    source: TokenSource,
    callback: ScoreCallback,
    options: StreamOptions = {},
  ): Promise<StreamSession> {
    const stream = this.streamTokens(source, callback, options);
    for (;;) {
      const next = await stream.next();
      if (next.done) return next.value;
    }
  }

  /** The accepted text; after a halt "[HALT: <reason>]" follows on a line of its own. */
  async streamOutput(source: TokenSource, callback: ScoreCallback, options: StreamOptions = {}): Promise<string> {
    let text = "";
    const stream = this.streamTokens(source, callback, options);
    for (;;) {
      const next = await stream.next();
      if (next.done) return next.value.halted ? `${text}\n[HALT: ${next.value.haltReason}]` : text;
      text += next.value.emit;
    }
  }

  /** As haltTransform, for a stream of this kernel. */
  transform(callback: ScoreCallback, options: StreamOptions = {}): TransformStream<string | Uint8Array, string> {
    const run = new Run(this.#config, options, this.#power);
    const text = new TextPieces();
    const onHalt = this.#onHalt;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const show = (controller: TransformStreamDefaultController<string>, event: TokenEvent | null): void => {
      if (event && event.emit !== "") controller.enqueue(event.emit);
    };
    const end = async (controller: TransformStreamDefaultController<string>): Promise<void> => {
      over = true;
      clearTimeout(timer);
      try {
        show(controller, await run.close());
        await run.closed(onHalt);
      } finally {
        run.monitor.dispose();
      }
    };
    const halt = async (controller: TransformStreamDefaultController<string>): Promise<void> => {
      try {
        await end(controller);
        controller.terminate();
      } catch (error) {
        controller.error(error);
      }
    };
    // Between two tokens only a timer sees that the next one does not come.
    const watch = (controller: TransformStreamDefaultController<string>): void => {
      if (!run.timed) return;
      timer = setTimeout(
        () => {
          if (!over) void run.hung("", run.now(), true).then(() => halt(controller));
        },
        Math.min(Math.max(0, run.left(run.now()) * 1000), 2 ** 31 - 1),
      );
    };
    return new TransformStream<string | Uint8Array, string>({
      start: watch,
      async transform(piece, controller) {
        if (over) return;
        const token = text.add(piece);
        if (token === "" && typeof piece !== "string") return; // half a character
        clearTimeout(timer);
        const event = await run.step(token, callback);
        show(controller, event);
        if (event.halted) await halt(controller);
        else watch(controller);
      },
      async flush(controller) {
        const rest = over ? "" : text.end();
        if (rest !== "") show(controller, await run.step(rest, callback));
        if (!over) await end(controller);
      },
    });
  }

  /** The rules for a score without text, on a monitor of the kernel's own. */
  checkHalt(score: number): boolean {
    if (!this.#power.on) this.#own.emergencyStop();
    const halted = this.#own.checkHalt(score);
    if (halted && this.#own.config.latch && !this.#own.isActive) this.#power.on = false;
    return halted;
  }

  /** Makes that monitor equal to a new one, and the kernel active. */
  resetState(): void {
    this.#own.reset();
    this.#power.on = true;
  }

  get isActive(): boolean {
    return this.#power.on;
  }

  /** The next token of each of its streams halts with "kernel_inactive". */
  emergencyStop(): void {
    this.#power.on = false;
  }

  /** Lets new streams run again. */
  reactivate(): void {
    this.#power.on = true;
    this.#own.reactivate();
  }
}

async function* events(run: Run, source: TokenSource, callback: ScoreCallback): AsyncGenerator<TokenEvent, void, void> {
  let items: Iterator<unknown> | AsyncIterator<unknown>;
  try {
    refuseEvents(source);
    items = iteratorOf(source);
  } catch (error) {
    yield await run.sourceFailed(error);
    return;
  }
  const text = new TextPieces();
  let done = false;
  try {
    for (;;) {
      const began = run.now();
      let next: IteratorResult<unknown> | typeof HUNG | typeof STOPPED;
      try {
        next = await run.wait(items.next());
      } catch (error) {
        done = true;
        yield await run.sourceFailed(error);
        return;
      }
      if (next === HUNG || next === STOPPED) {
        yield await (next === HUNG ? run.hung("", began, true) : run.stopped(""));
        return;
      }
      done = next.done === true;
      const token = next.done ? text.end() : text.add(next.value);
      if (next.done && token === "") return;
      if (token === "" && typeof next.value !== "string") continue; // half a character
      const event = await run.step(token, callback);
      yield event;
      if (event.halted || done) return;
    }
  } finally {
    // Lets the source go; one that hangs is not waited for.
    if (!done) void Promise.resolve(items.return?.()).catch(() => undefined);
  }
}

/** The events of one stream as they come; returns its session. Options are those of HaltMonitor and of the stream. */
export function streamTokens(
  source: TokenSource,
  callback: ScoreCallback,
  options: HaltOptions & StreamOptions = {},
): AsyncGenerator<TokenEvent, StreamSession, void> {
  const [fields, stream] = split(options, STREAM);
  return new StreamingKernel(fields).streamTokens(source, callback, stream);
}

export interface HaltTransformOptions extends HaltOptions, StreamOptions {
  callback: ScoreCallback;
}

/** Tokens (or the bytes of a body) in, text that may be shown out: a halt ends the readable side and cancels the source. */
export function haltTransform({
  callback,
  ...options
}: HaltTransformOptions): TransformStream<string | Uint8Array, string> {
  const [fields, stream] = split(options, STREAM);
  return new StreamingKernel(fields).transform(callback, stream);
}
