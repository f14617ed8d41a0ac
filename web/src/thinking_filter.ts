import { settle, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, unwrap } from "./packed.js";
import type { Span } from "./span.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** How the thoughts of a model are told from its answer. */
export interface StreamingFilterOptions {
  /** Thoughts are counted, and not let through. */
  suppressThinking?: boolean | undefined;
  /** Characters of thoughts in the whole stream, by default 50000, 0 for any number; beyond it shouldAbort() is true. */
  maxThinkingContent?: number | undefined;
  /** Pairs of what opens and what closes a thought, beside those of the table. */
  markers?: Iterable<readonly [string, string]> | undefined;
  /** Whether the markers of the table act; by default they do. */
  defaultMarkers?: boolean | undefined;
  /** The prompt has opened the thought. */
  startInThinking?: boolean | undefined;
  /** A thought ends with as many closers as it has openers. */
  nesting?: boolean | undefined;
  /** "drop", the default, takes a closer without a thought away, "text" keeps it. */
  orphanClose?: "drop" | "text" | undefined;
  /** Markers in fences of the answer and between backticks are text; by default they are. */
  respectCode?: boolean | undefined;
  /** White space between the closer of a thought and the answer is dropped. */
  trimAfter?: boolean | undefined;
}

/** A part of a model's output, without its markers. */
export interface Segment {
  readonly kind: "answer" | "thinking";
  readonly text: string;
}

/** What a piece of a model's output has added. */
export interface StreamingChunkResult {
  /** No two neighbours of one kind, none without text. */
  readonly segments: readonly Segment[];
  /** The text of those of the answer. */
  readonly answer: string;
  readonly thinking: string;
  /** All that was let through, in order. */
  readonly content: string;
  /** After this piece. */
  readonly isThinking: boolean;
  readonly stateChanged: boolean;
  /** At least once in this piece. */
  readonly enteringThinking: boolean;
  readonly exitingThinking: boolean;
}

/** What a filter counts over a stream; lengths in code points. */
export interface FilterStats {
  readonly thoughts: number;
  readonly orphanClosers: number;
  /** Up to the limit. */
  readonly thinkingLength: number;
  /** Beyond it. */
  readonly thinkingDropped: number;
  readonly answerLength: number;
}

/** A marker that begins or ends a thought; of the table's even numbers open and odd ones close. */
export interface ThinkingToken extends Span {
  readonly patternIdx: number;
}

/** A model's output in two. */
export interface ThinkingContent {
  readonly main: string;
  /** The thoughts, joined by line feeds. */
  readonly thinking: string;
}

function created({ markers = [], ...options }: StreamingFilterOptions): number {
  const input = unwrap(core().thinkingDefaults());
  const defaults = {
    suppressThinking: input.truth(),
    maxThinkingContent: input.f64(),
    defaultMarkers: input.truth(),
    startInThinking: input.truth(),
    nesting: input.truth(),
    respectCode: input.truth(),
    trimAfter: input.truth(),
    orphanClose: "drop" as string,
  };
  const { maxThinkingContent, orphanClose, ...settled } = settle(defaults, options);
  if (!Number.isSafeInteger(maxThinkingContent)) {
    throw new ParitasTypeError(`a whole number as maxThinkingContent is needed, not ${maxThinkingContent}`);
  }
  const bits = [
    ...[settled.suppressThinking, settled.defaultMarkers, settled.startInThinking, settled.nesting],
    ...[settled.respectCode, settled.trimAfter],
  ];
  const flags = bits.reduce((sum, bit, i) => sum | (bit ? 1 << i : 0), 0);
  const texts = new Packer().text(orphanClose);
  for (const pair of markers) {
    if (!Array.isArray(pair) || pair.length !== 2) throw new ParitasTypeError("pairs of strings are needed as markers");
    texts.text(pair[0]).text(pair[1]);
  }
  return unwrap(texts.lend((at, bytes) => core().thinkingCreate(maxThinkingContent, flags, at, bytes))).f64();
}

/**
 * Takes the thoughts of a language model apart from its answer, while the text comes.
 *
 * However a stream is cut, the segments joined are the same. At most 192 characters are held back: those that may become a
 * marker.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range, `stream_finished` for a piece after the end
 */
export class StreamingFilter extends Handle {
  #room = 0; // where a piece is written
  #size = 0;
  #half = ""; // the first half of a surrogate pair whose second may follow
  #aborts = false;

  constructor(options: StreamingFilterOptions = {}) {
    super(created(options), core().thinkingDelete);
  }

  /** What a piece of the text adds; an empty one adds nothing. */
  processChunk(chunk: string): StreamingChunkResult {
    if (typeof chunk !== "string") throw new ParitasTypeError(`a string is needed, not ${typeof chunk}`);
    let text = chunk;
    if (this.#half !== "" && chunk !== "") {
      text = this.#half + chunk;
      this.#half = "";
    }
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#half = text.slice(-1);
      text = text.slice(0, -1);
    }
    const raw = this.raw;
    const bytes = this.#write(raw, text);
    return this.#result(core().thinkingStep(raw, bytes), bytes === text.length ? text : undefined);
  }

  /** Ends the stream: text that was held back, because it could have become a marker, is given out. */
  finish(): StreamingChunkResult {
    const raw = this.raw;
    const bytes = this.#write(raw, this.#half);
    this.#half = "";
    return this.#result(core().thinkingFinish(raw, bytes), undefined);
  }

  /** The same as finish(). */
  flush(): StreamingChunkResult {
    return this.finish();
  }

  /** Makes it equal to a new one. */
  reset(): void {
    core().thinkingReset(this.raw);
    this.#half = "";
    this.#aborts = false;
  }

  /** Whether there was more thinking than maxThinkingContent. */
  shouldAbort(): boolean {
    void this.raw;
    return this.#aborts;
  }

  /** Why, or null. */
  getAbortReason(): string | null {
    const reason = unwrap(core().thinkingAbort(this.raw)).optional();
    return reason === undefined ? null : decoder.decode(reason);
  }

  getState(): "normal" | "in_thinking" {
    return core().thinkingState(this.raw) !== 0 ? "in_thinking" : "normal";
  }

  /** Characters of thinking so far, up to the limit. */
  getThinkingLength(): number {
    return this.stats().thinkingLength;
  }

  /** Counts of the whole stream. */
  stats(): FilterStats {
    const input = unwrap(core().thinkingStats(this.raw));
    return {
      thoughts: input.f64(),
      orphanClosers: input.f64(),
      thinkingLength: input.f64(),
      thinkingDropped: input.f64(),
      answerLength: input.f64(),
    };
  }

  #write(raw: number, text: string): number {
    const most = 3 * text.length;
    if (most > this.#size || this.#size === 0) {
      this.#size = 2 * most + 64;
      this.#room = core().thinkingRoom(raw, this.#size);
    }
    const heap = core().HEAPU8;
    if (text.length > 24) return encoder.encodeInto(text, heap.subarray(this.#room, this.#room + this.#size)).written;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        return encoder.encodeInto(text, heap.subarray(this.#room, this.#room + this.#size)).written;
      }
      heap[this.#room + i] = unit;
    }
    return text.length;
  }

  /** piece: what the room holds where it is ASCII: a segment that is all of it needs no decoding. */
  #result(flags: number, piece: string | undefined): StreamingChunkResult {
    if (flags < 0) unwrap(core().thinkingRefusal(this.raw));
    this.#aborts = (flags & 8) !== 0;
    const count = flags >> 8;
    const segments: Segment[] = [];
    let answer = "";
    let thinking = "";
    let content = "";
    if (count === 1 && (flags & 16) !== 0 && piece !== undefined) {
      const isThinking = (flags & 32) !== 0;
      segments.push({ kind: isThinking ? "thinking" : "answer", text: piece });
      content = piece;
      if (isThinking) thinking = piece;
      else answer = piece;
    } else if (count > 0) {
      const { HEAPU8, HEAPU32 } = core();
      const at = core().thinkingSegments(this.raw) / 4;
      for (let i = at; i < at + 3 * count; i += 3) {
        const [start, size] = [HEAPU32[i + 1]!, HEAPU32[i + 2]!];
        const text = decoder.decode(HEAPU8.subarray(start, start + size));
        const isThinking = HEAPU32[i] !== 0;
        segments.push({ kind: isThinking ? "thinking" : "answer", text });
        content += text;
        if (isThinking) thinking += text;
        else answer += text;
      }
    }
    return {
      segments,
      answer,
      thinking,
      content,
      isThinking: (flags & 1) !== 0,
      stateChanged: (flags & 6) !== 0,
      enteringThinking: (flags & 2) !== 0,
      exitingThinking: (flags & 4) !== 0,
    };
  }
}

/** The text without its markers; what stands between them stays. */
export function stripThinkingTokens(text: string): string {
  return unwrap(withText(text, (at, bytes) => core().thinkingStrip(at, bytes))).text();
}

/** The text without markers and thoughts: the answer. */
export function removeThinking(text: string): string {
  return unwrap(withText(text, (at, bytes) => core().thinkingRemove(at, bytes))).text();
}

/** Whether stripThinkingTokens would take anything away. */
export function containsThinkingTokens(text: string): boolean {
  return withText(text, (at, bytes) => core().thinkingContains(at, bytes)) !== 0;
}

/** The markers that stripThinkingTokens takes away, in order; patternIdx says which, even ones open. */
export function findThinkingTokens(text: string): ThinkingToken[] {
  const input = unwrap(withText(text, (at, bytes) => core().thinkingFind(at, bytes)));
  return input.all(() => ({ ...input.span(), patternIdx: input.u32() }));
}

/**
 * Answer and thoughts, these joined by line feeds.
 *
 * @param orphanClose what becomes of a closing marker without a thought: with "thinking", the default, all text before the
 *   first one is thinking, as of a model whose prompt has opened the thought; "drop" takes it away, "text" keeps it
 * @throws ParitasError `invalid_argument` for another word
 */
export function extractThinkingContent(
  text: string,
  { orphanClose = "thinking" }: { orphanClose?: "thinking" | "drop" | "text" | undefined } = {},
): ThinkingContent {
  const given = new Packer().text(text).text(orphanClose);
  const input = unwrap(given.lend((at, bytes) => core().thinkingExtract(at, bytes)));
  return { main: input.text(), thinking: input.text() };
}
