import type { Span } from "./span.js";

/** Why a stream was halted; "" for no halt. */
export type HaltCode =
  | ""
  | "hard_limit"
  | "window_avg"
  | "downward_trend"
  | "invalid_score"
  | "callback_error"
  | "callback_timeout"
  | "token_timeout"
  | "total_timeout"
  | "kernel_inactive"
  | "stopped"
  | "source_error"
  | "closed";

/** A passage of the sources that speaks about what was halted. */
export interface EvidenceChunk {
  readonly text: string;
  readonly score: number;
  readonly span: Span | null;
}

/** Why a stream was halted. */
export interface HaltEvidence {
  readonly code: HaltCode;
  readonly reason: string;
  readonly index: number;
  /** Of the halting token; NaN without one. */
  readonly lastScore: number;
  readonly windowMean: number;
  readonly trendDrop: number;
  /** Standard error of the trend's drop, 0 for too few scores. */
  readonly trendSe: number;
  /** The window, oldest first. */
  readonly scores: readonly number[];
  /** The last 200 characters of the output. */
  readonly textTail: string;
  /** Of the halting token, in all accepted text and it. */
  readonly tokenSpan: Span;
  readonly evidenceChunks: readonly EvidenceChunk[];
  /** Of the verifier. */
  readonly reasons: readonly unknown[];
  readonly suggestedAction: string;
}

/** What became of one token. */
export class TokenEvent {
  constructor(
    readonly index: number,
    readonly token: string,
    /** The last one where it was not scored; NaN without one. */
    readonly score: number,
    readonly scored: boolean,
    readonly halted: boolean,
    readonly warning: boolean,
    /** A soft halt waits for the end of the sentence. */
    readonly softPending: boolean,
    /** Text that may be shown now. */
    readonly emit: string,
    readonly reason: string,
    readonly code: HaltCode,
    readonly windowMean: number,
    /** 0 until the trend window is full. */
    readonly trendDrop: number,
    /** Seconds since the start, as the caller said. */
    readonly timestamp: number,
    readonly haltEvidence: HaltEvidence | null,
  ) {}

  /** The score. */
  get coherence(): number {
    return this.score;
  }
}

export interface DebugRecord {
  readonly index: number;
  readonly coherence: number;
  readonly windowAvg: number;
  readonly trendDrop: number;
  readonly se: number;
  readonly acceptedTokens: number;
}

/** One stream. Without `keepHistory` it has counts, but no lists and no output. */
export class StreamSession {
  halted = false;
  softHalted = false;
  /** -1 without a halt. */
  haltIndex = -1;
  haltReason = "";
  haltCode: HaltCode = "";
  /** What the evidence callback said. */
  haltEvidence = "";
  haltEvidenceStructured: HaltEvidence | null = null;
  /** Seconds. */
  startTime = 0;
  endTime = 0;
  warningCount = 0;
  invalidCount = 0;
  uncheckedCount = 0;
  tokenCount = 0;
  /** 0 without scores. */
  avgCoherence = 0;
  minCoherence = 0;
  /** Of callbacks about the stream: they are no verdict. */
  errors: unknown[] = [];
  /** Of the score callback or the source. */
  error: unknown = undefined;
  readonly #listed: number;

  /** @internal */
  constructor(
    readonly events: TokenEvent[],
    readonly debugLog: DebugRecord[],
    listed: number,
  ) {
    this.#listed = listed;
  }

  /** What came, a token that a score has halted included. */
  get tokens(): string[] {
    return this.events.slice(0, this.#listed).map(({ token }) => token);
  }

  /** The scores, of scored tokens alone. */
  get coherenceHistory(): number[] {
    return this.events.filter(({ scored }) => scored).map(({ score }) => score);
  }

  /** Everything accepted: what all events together have emitted. */
  get output(): string {
    return this.events.map(({ emit }) => emit).join("");
  }

  get durationMs(): number {
    return (this.endTime - this.startTime) * 1000;
  }

  /** All of it in plain values, errors as texts. */
  toDict(): Record<string, unknown> {
    const { events: _, errors, error, ...rest } = this;
    return {
      ...rest,
      tokens: this.tokens,
      output: this.output,
      coherenceHistory: this.coherenceHistory,
      durationMs: this.durationMs,
      errors: errors.map(String),
      error: error === undefined ? null : String(error),
    };
  }
}
