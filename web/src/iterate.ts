import { ParitasError, ParitasTypeError } from "./errors.js";

/** Text in pieces: strings, or bytes of UTF-8 that may be cut anywhere; the body of a response too. */
export type TextSource =
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>
  | ReadableStream<string>
  | ReadableStream<Uint8Array>
  | Response;

/** An iterator of whatever can be read piece by piece; of a ReadableStream also where it has none of its own (Safari). */
export function iteratorOf(source: unknown): AsyncIterator<unknown> | Iterator<unknown> {
  if (typeof Response !== "undefined" && source instanceof Response) return bodyOf(source);
  if ((typeof source === "object" && source !== null) || typeof source === "string") {
    const open = Object(source) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
    const make = open[Symbol.asyncIterator] ?? open[Symbol.iterator];
    if (make) return (make as (this: unknown) => Iterator<unknown>).call(source);
    if (typeof ReadableStream !== "undefined" && source instanceof ReadableStream) return readerOf(source);
  }
  throw new ParitasTypeError(
    `something that can be iterated, a ReadableStream or a Response is needed, not ${typeof source}`,
  );
}

function readerOf(stream: ReadableStream<unknown>): AsyncIterator<unknown> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

function bodyOf(response: Response): AsyncIterator<unknown> | Iterator<unknown> {
  // What a server says about its failure must not pass for the text that was asked for.
  if (!response.ok)
    throw new ParitasError("not_found", `${response.url} answered ${response.status}: it has no text to read`);
  return response.body === null ? [].values() : readerOf(response.body);
}

/** The pieces as text: a character whose bytes are in two pieces comes with the second. */
export class TextPieces {
  readonly #decoder = new TextDecoder();
  /** What a piece adds. @throws ParitasTypeError for one that is neither a string nor bytes */
  add(piece: unknown): string {
    if (typeof piece === "string") return piece;
    if (piece instanceof Uint8Array) return this.#decoder.decode(piece, { stream: true });
    throw new ParitasTypeError(`a token must be a string, not ${typeof piece}`);
  }
  /** U+FFFD for a character that was cut off by the end. */
  end(): string {
    return this.#decoder.decode();
  }
}

/** Events would be judged with their braces and quotes. @throws ParitasError `invalid_argument` for a response of them */
export function refuseEvents(source: unknown): void {
  if (typeof Response === "undefined" || !(source instanceof Response)) return;
  if (!source.headers.get("Content-Type")?.startsWith("text/event-stream")) return;
  const message = "this response holds server-sent events: read its tokens by sseTokens(response, pick)";
  throw new ParitasError("invalid_argument", message);
}

/** An asynchronous generator whose steps are asked of somebody else. */
export function generator(
  step: (name: string, args: unknown[]) => Promise<IteratorResult<unknown>>,
): AsyncGenerator<unknown, unknown, unknown> {
  let over = false;
  const next = async (name: string, args: unknown[]): Promise<IteratorResult<unknown>> => {
    if (over && name === "throw") throw args[0];
    if (over) return { done: true, value: name === "return" ? args[0] : undefined };
    try {
      const result = await step(name, args);
      over = result.done === true;
      return result;
    } catch (error) {
      over = true;
      throw error;
    }
  };
  return {
    next: (...args) => next("next", args),
    return: (value) => next("return", [value]),
    throw: (error) => next("throw", [error]),
    async [Symbol.asyncDispose]() {
      await next("return", [undefined]);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
