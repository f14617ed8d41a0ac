import { withBytes } from "./convert.js";
import { codeName, codeNumber, configOf, created } from "./halt_config.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";
import { StreamSession, TokenEvent, type DebugRecord, type HaltCode, type HaltEvidence } from "./session.js";

const encoder = new TextEncoder();

/** What a halt monitor keeps to; every field is checked once. */
export interface HaltConfig {
  /** 0 to 1, by default 0.5: a score below it halts at once. */
  hardLimit?: number;
  /** From hardLimit to 1, by default 0.6: a score below it warns. */
  softLimit?: number;
  /** 1 to 4096 scores, by default 10. */
  windowSize?: number;
  /** 0 to 1, by default 0.55: the mean of a full window below it halts. */
  windowThreshold?: number;
  /** 2 to 1024 scores, by default 5. */
  trendWindow?: number;
  /** Above 0, by default 0.15: a drop over the trend window above it may halt. */
  trendThreshold?: number;
  /** By default 4: how far above the noise the drop must be; 0: no such test. */
  trendZ?: number;
  /** "soft": window and trend halts finish the sentence. */
  haltMode?: "hard" | "soft";
  /** 0 to 10000 tokens after a soft halt, by default 50. */
  softTailMax?: number;
  scoreEveryN?: number;
  /** Scores calm streams ever less often, every maxCadence tokens at least. */
  adaptive?: boolean;
  maxCadence?: number;
  onInvalid?: "halt" | "hold" | "abstain";
  /** Invalid scores in a row that "hold" bears, by default 3. */
  maxInvalid?: number;
  /** Seconds, 0 for none. */
  tokenTimeout?: number;
  totalTimeout?: number;
  /** "sentence": text is held back until its sentence has ended without a halt. */
  release?: "token" | "sentence";
  /** A hardLimit halt stops the whole kernel. */
  latch?: boolean;
  /** Whether sessions keep tokens and scores; by default they do. */
  keepHistory?: boolean;
  /** Whether sessions keep a record of each token. */
  debug?: boolean;
}

export interface HaltOptions extends HaltConfig {
  /** Called once per halt, with the complete session; its errors are collected in `session.errors`. */
  onHalt?: ((session: StreamSession) => unknown) | undefined;
}

/** @internal Finds fields among options that have more. */
export function split<T extends object>(options: T, own: readonly string[]): [fields: object, rest: Partial<T>] {
  const entries = Object.entries(options);
  return [
    Object.fromEntries(entries.filter(([key]) => !own.includes(key))),
    Object.fromEntries(entries.filter(([key]) => own.includes(key))) as Partial<T>,
  ];
}

/**
 * Watches the scores of one running answer and says, token by token, whether it may go on. Whatever cannot be judged
 * halts: NaN, infinity, a missing score. A halt is final until reset.
 *
 * @throws ParitasError `invalid_argument` for a field out of its range
 */
export class HaltMonitor extends Handle {
  #config: Record<string, unknown> = {};
  #onHalt: HaltOptions["onHalt"];
  #events: TokenEvent[] = [];
  #debugLog: DebugRecord[] = [];
  #errors: unknown[] = [];
  #evidence: HaltEvidence | null = null;
  #before = 0; // tokens of a restored stream, which are in no list
  #keep = true;
  #debug = false;
  #report = 0; // where a step leaves its numbers
  #room = 0; // where a token is written
  #size = 0;
  // Text that waits for the end of its sentence, as it came: the module has it with U+FFFD for halves of pairs.
  #held: string | undefined;

  constructor(options: HaltOptions = {}) {
    const [fields, { onHalt }] = split(options, ["onHalt"]);
    super(created(fields), core().haltDelete);
    this.#report = core().haltReport(this.raw) / 8;
    this.#onHalt = onHalt;
    this.#settle();
    this.#held = "";
  }

  #settle(): void {
    this.#config = configOf(this.raw);
    this.#keep = this.#config["keepHistory"] as boolean;
    this.#debug = this.#config["debug"] as boolean;
    this.#clear();
  }

  #clear(): void {
    this.#events = [];
    this.#debugLog = [];
    this.#errors = [];
    this.#evidence = null;
    this.#before = this.#summary().tokenCount;
  }

  get config(): Required<HaltConfig> {
    return { ...this.#config } as Required<HaltConfig>;
  }

  /**
   * One step.
   *
   * @param score 0 to 1; none: not scored, the last score holds; what is no number counts as NaN
   * @param now seconds since the start; none: no clock
   */
  processToken(token: string, score?: number | null, now?: number | null): TokenEvent {
    if (typeof token !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof token}`);
    let given = 0;
    let value = NaN;
    if (score !== undefined && score !== null) {
      given = 1;
      if (typeof score === "number") value = score;
    }
    if (now !== undefined && now !== null) {
      if (typeof now !== "number") throw new ParitasTypeError(`a number is needed, not ${typeof now}`);
      given |= 2;
    }
    const raw = this.raw;
    return this.#event(token, core().haltStep(raw, this.#write(raw, token), value, now ?? 0, given));
  }

  /** The same rules for a score without text; true also while a soft halt is pending. */
  checkHalt(score: number): boolean {
    const event = this.processToken("", typeof score === "number" ? score : NaN);
    return event.halted || event.softPending;
  }

  /** Whether the next token needs a score. */
  wantsScore(): boolean {
    return core().haltWantsScore(this.raw) !== 0;
  }

  /** Ends the stream and releases what was held back; later tokens get the code "closed". */
  finish(): StreamSession {
    this.end();
    return this.session;
  }

  /** @internal The event of what the end has released or halted. */
  end(): TokenEvent | null {
    const flags = core().haltFinish(this.raw);
    return (flags & 16) !== 0 && (flags & (2 | 64)) !== 0 ? this.#event("", flags) : null;
  }

  /** @internal A halt that the host has seen, such as a callback that failed. */
  fail(code: HaltCode, value: number, detail = "", token = ""): TokenEvent {
    const raw = this.raw;
    const size = this.#write(raw, detail);
    const bytes = this.#write(raw, token, size);
    return this.#event(token, core().haltFail(raw, codeNumber(code), value, size, bytes));
  }

  /** Makes it equal to a new one. */
  reset(): void {
    core().haltReset(this.raw);
    this.#clear();
    this.#held = "";
  }

  get isActive(): boolean {
    return core().haltActive(this.raw) !== 0;
  }

  /** The next token halts with "kernel_inactive". */
  emergencyStop(): void {
    core().haltStop(this.raw, true);
  }

  /** Takes an emergency stop back; a stream that was halted stays so until reset. */
  reactivate(): void {
    core().haltStop(this.raw, false);
  }

  /** All that the rules need to go on elsewhere, on any target; the session's lists are no part of it. */
  saveState(): Uint8Array {
    return unwrap(core().haltSave(this.raw)).copy();
  }

  /** Goes on where saveState was called. @throws ParitasError `corrupt_data`, and nothing has changed */
  restoreState(data: Uint8Array): void {
    if (!(data instanceof Uint8Array)) throw new ParitasTypeError(`a Uint8Array is needed, not ${typeof data}`);
    unwrap(withBytes(data, (at, bytes) => core().haltRestore(this.raw, at, bytes)));
    this.#settle();
    this.#held = undefined;
  }

  /** What has happened so far; built anew by each access. */
  get session(): StreamSession {
    const { accepted: _, code, elapsed, start: _start, end: _end, trendSe: _se, ...counts } = this.#summary();
    const session = new StreamSession([...this.#events], [...this.#debugLog], counts.tokenCount - this.#before);
    Object.assign(session, counts);
    session.endTime = elapsed;
    session.haltCode = codeName(code) as HaltCode;
    session.haltReason = this.#reason(code);
    session.haltEvidenceStructured = this.#evidence;
    session.errors = this.#errors;
    return session;
  }

  #summary() {
    const input = unwrap(core().haltSummary(this.raw));
    return {
      tokenCount: input.f64(),
      accepted: input.f64(),
      halted: input.f64() !== 0,
      softHalted: input.f64() !== 0,
      haltIndex: input.f64(),
      code: input.f64(),
      warningCount: input.f64(),
      invalidCount: input.f64(),
      uncheckedCount: input.f64(),
      start: input.f64(),
      end: input.f64(),
      avgCoherence: input.f64(),
      minCoherence: input.f64(),
      elapsed: input.f64(),
      trendSe: input.f64(),
    };
  }

  #reason(code: number): string {
    return unwrap(core().haltReason(this.raw, code)).text();
  }

  /** Writes a text into the room, behind what stands there; its bytes. */
  #write(raw: number, text: string, start = 0): number {
    const most = start + 3 * text.length;
    if (most > this.#size || this.#size === 0) {
      this.#size = 2 * most + 64;
      this.#room = core().haltRoom(raw, this.#size);
    }
    const heap = core().HEAPU8;
    const at = this.#room + start;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return encoder.encodeInto(text, heap.subarray(at, this.#room + this.#size)).written;
      heap[at + i] = unit;
    }
    return text.length;
  }

  #event(token: string, flags: number): TokenEvent {
    const heap = core().HEAPF64;
    const at = this.#report;
    const [index, score, mean] = [heap[at] as number, heap[at + 1] as number, heap[at + 2] as number];
    const [drop, now] = [heap[at + 3] as number, heap[at + 4] as number];
    const emit = (flags & 32) !== 0 ? token : this.#released(token, flags);
    const halted = (flags & 2) !== 0;
    const recorded = (flags & 16) !== 0;
    const code = flags >> 8;
    const reason = code === 0 ? "" : this.#reason(code);
    const name = code === 0 ? "" : (codeName(code) as HaltCode);
    const pending = (flags & 8) !== 0;
    if (halted && recorded) this.#evidence = this.#explain(name, reason, score, mean, drop);
    const event = new TokenEvent(
      index,
      token,
      score,
      (flags & 1) !== 0,
      halted,
      (flags & 4) !== 0,
      pending,
      emit,
      reason,
      name,
      mean,
      drop,
      now,
      halted ? this.#evidence : null,
    );
    if (!recorded) return event;
    if (this.#debug) {
      const { accepted: acceptedTokens, trendSe: se } = this.#summary();
      this.#debugLog.push({ index, coherence: score, windowAvg: mean, trendDrop: drop, se, acceptedTokens });
    }
    if (this.#keep) this.#events.push(event);
    if (halted && this.#onHalt) {
      try {
        this.#onHalt(this.session);
      } catch (error) {
        this.#errors.push(error);
      }
    }
    return event;
  }

  /** What a step of `release: "sentence"` lets go. */
  #released(token: string, flags: number): string {
    if (this.#held !== undefined) this.#held += token;
    if ((flags & 64) === 0) return "";
    const said = unwrap(core().haltEmitted(this.raw)).text();
    if (this.#held === undefined) return said;
    const emit = this.#held.slice(0, said.length); // U+FFFD for half a pair is one unit too
    this.#held = this.#held.slice(said.length);
    return emit;
  }

  #explain(code: HaltCode, reason: string, lastScore: number, windowMean: number, trendDrop: number): HaltEvidence {
    const { haltIndex: index, trendSe, start, end } = this.#summary();
    const input = unwrap(core().haltEvidence(this.raw));
    const textTail = input.text();
    const suggestedAction = input.text();
    return {
      code,
      reason,
      index,
      lastScore,
      windowMean,
      trendDrop,
      trendSe,
      scores: input.all(() => input.f64()),
      textTail,
      tokenSpan: { start, end },
      evidenceChunks: [],
      reasons: [],
      suggestedAction,
    };
  }
}
