import { split } from "./halt.js";
import { iteratorOf, refuseEvents, TextPieces, type TextSource } from "./iterate.js";
import {
  StreamingFilter,
  type Segment,
  type StreamingChunkResult,
  type StreamingFilterOptions,
} from "./thinking_filter.js";

/** How a stream of text is filtered. */
export interface ThinkingStreamOptions extends StreamingFilterOptions {
  /** Strings of the answer come, in place of segments. */
  answerOnly?: boolean | undefined;
  /** The stream ends where there is more thinking than maxThinkingContent; its source is told. */
  stopAtLimit?: boolean | undefined;
}

const OWN = ["answerOnly", "stopAtLimit"];

/** A filter and what of its results is shown. */
class Sieve {
  readonly #filter: StreamingFilter;
  readonly #options: Pick<ThinkingStreamOptions, "answerOnly" | "stopAtLimit">;
  readonly #text = new TextPieces();

  constructor(options: ThinkingStreamOptions) {
    const [fields, own] = split(options, OWN);
    this.#filter = new StreamingFilter(fields);
    this.#options = own;
  }
  add(piece: unknown): (Segment | string)[] {
    return this.#shown(this.#filter.processChunk(this.#text.add(piece)));
  }
  end(): (Segment | string)[] {
    const rest = this.#text.end();
    const last = rest === "" ? [] : this.#shown(this.#filter.processChunk(rest));
    return [...last, ...this.#shown(this.#filter.finish())];
  }
  /** Whether nothing more is to be read. */
  get stops(): boolean {
    return this.#options.stopAtLimit === true && this.#filter.shouldAbort();
  }
  dispose(): void {
    this.#filter.dispose();
  }
  #shown({ segments, answer }: StreamingChunkResult): (Segment | string)[] {
    if (this.#options.answerOnly !== true) return [...segments];
    return answer === "" ? [] : [answer];
  }
}

/**
 * The segments of a stream of text, in order, as they come: thoughts apart from the answer. Whoever stops reading closes the
 * source; what the source throws comes through.
 *
 * @param source strings or bytes of UTF-8, cut anywhere; the tokens of a model, say, by `sseTokens(response, pick)`
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export function filterThinking(
  source: TextSource,
  options: ThinkingStreamOptions & { answerOnly: true },
): AsyncGenerator<string, void, undefined>;
export function filterThinking(
  source: TextSource,
  options?: ThinkingStreamOptions,
): AsyncGenerator<Segment, void, undefined>;
export async function* filterThinking(
  source: TextSource,
  options: ThinkingStreamOptions = {},
): AsyncGenerator<Segment | string, void, undefined> {
  refuseEvents(source);
  const sieve = new Sieve(options);
  try {
    const items = iteratorOf(source);
    let done = false;
    try {
      while (!sieve.stops) {
        const next = await items.next();
        done = next.done === true;
        if (next.done) break;
        yield* sieve.add(next.value);
      }
      yield* sieve.end();
    } finally {
      if (!done) await items.return?.();
    }
  } finally {
    sieve.dispose();
  }
}

/**
 * The same for `pipeThrough`: text or bytes go in, segments come out, or strings of the answer with `answerOnly`.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export function thinkingFilterStream(
  options: ThinkingStreamOptions & { answerOnly: true },
): TransformStream<string | Uint8Array, string>;
export function thinkingFilterStream(options?: ThinkingStreamOptions): TransformStream<string | Uint8Array, Segment>;
export function thinkingFilterStream(
  options: ThinkingStreamOptions = {},
): TransformStream<string | Uint8Array, Segment | string> {
  const sieve = new Sieve(options);
  const show = (controller: TransformStreamDefaultController<Segment | string>, shown: (Segment | string)[]): void => {
    for (const item of shown) controller.enqueue(item);
  };
  const transformer: Transformer<string | Uint8Array, Segment | string> & { cancel: () => void } = {
    transform(piece, controller) {
      show(controller, sieve.add(piece));
      if (!sieve.stops) return;
      show(controller, sieve.end());
      sieve.dispose();
      controller.terminate();
    },
    flush(controller) {
      show(controller, sieve.end());
      sieve.dispose();
    },
    // Young engines call it when either side gives up; elsewhere the collector frees the filter.
    cancel: () => sieve.dispose(),
  };
  return new TransformStream(transformer);
}
