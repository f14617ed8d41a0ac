import { ParitasError, ParitasTypeError } from "./errors.js";
import { iteratorOf, TextPieces, type TextSource } from "./iterate.js";

/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** "message" where the stream gives no name. */
  readonly event: string;
  readonly data: string;
  /** The last id that was given, "" without one. */
  readonly id: string;
}

/**
 * The events of a stream in the format of `EventSource` (https://html.spec.whatwg.org/multipage/server-sent-events.html),
 * however it is cut: for answers of `fetch`, which EventSource cannot post for. What the end cuts off is no event.
 *
 * @throws ParitasError `not_found` for a response with the status of a failure
 */
export async function* serverSentEvents(source: TextSource): AsyncGenerator<ServerSentEvent, void, undefined> {
  const lines = new Lines();
  const fields = new Fields();
  for await (const piece of pieces(source)) {
    for (const line of lines.add(piece)) {
      const event = fields.add(line);
      if (event !== undefined) yield event;
    }
  }
}

/**
 * The tokens of a model's answer that comes as server-sent events of JSON, up to the end or to "[DONE]": a source for
 * `streamTokens` and, by `ReadableStream.from`, for `haltTransform`.
 *
 * @typeParam Data what an event holds; anything where it is not said
 * @param pick finds the text in one event, `({ choices }) => choices[0]?.delta.content`; null, undefined or "" is none
 * @throws ParitasError `corrupt_data` for an event that is no JSON; what `pick` throws; as `serverSentEvents`
 */
export async function* sseTokens<Data = any>(
  source: TextSource,
  pick: (data: Data, event: ServerSentEvent) => string | null | undefined,
): AsyncGenerator<string, void, undefined> {
  if (typeof pick !== "function") throw new ParitasTypeError(`a function as pick is needed, not ${typeof pick}`);
  let index = 0;
  for await (const event of serverSentEvents(source)) {
    if (event.data === "[DONE]") return;
    const token = pick(parsed(event.data, index++) as Data, event);
    if (token === undefined || token === null || token === "") continue;
    if (typeof token !== "string") throw new ParitasTypeError(`pick must return a string, not ${typeof token}`);
    yield token;
  }
}

function parsed(data: string, index: number): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new ParitasError("corrupt_data", `the data of event ${index} is no JSON: ${data.slice(0, 80)}`, index);
  }
}

async function* pieces(source: TextSource): AsyncGenerator<string, void, undefined> {
  const items = iteratorOf(source);
  const text = new TextPieces();
  let done = false;
  try {
    for (;;) {
      const next = await items.next();
      done = next.done === true;
      if (next.done) break;
      yield text.add(next.value);
    }
    yield text.end();
  } finally {
    if (!done) await items.return?.();
  }
}

/** The fields of one event after the other; an empty line ends it. */
class Fields {
  #event = "";
  #id = "";
  #data: string[] = [];
  add(line: string): ServerSentEvent | undefined {
    if (line === "") {
      const whole = { event: this.#event || "message", data: this.#data.join("\n"), id: this.#id };
      const empty = this.#data.length === 0;
      this.#event = "";
      this.#data = [];
      return empty ? undefined : whole;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    return undefined;
  }
}

/** Lines that end with a line feed, a carriage return or both; a part of a line waits for its end. */
class Lines {
  #waiting: string[] = [];
  #first = true;
  #half = false; // the last character was a carriage return, whose line feed may follow
  *add(piece: string): Generator<string, void, undefined> {
    let text = piece;
    if (this.#first && text !== "") {
      this.#first = false;
      if (text.startsWith("\ufeff")) text = text.slice(1);
    }
    if (this.#half && text !== "") {
      this.#half = false;
      if (text.startsWith("\n")) text = text.slice(1);
    }
    let at = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      yield this.#line(text.slice(at, index));
      at = index + end.length;
      this.#half = at === text.length && end === "\r";
    }
    if (at < text.length) this.#waiting.push(text.slice(at));
  }
  #line(last: string): string {
    const line = this.#waiting.join("") + last;
    this.#waiting = [];
    return line;
  }
}
