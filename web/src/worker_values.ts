import { ParitasError, ParitasTypeError } from "./errors.js";
import { StreamSession, TokenEvent } from "./session.js";

// How values cross between a page and its worker. What structured clone can carry goes as it is; whatever it would refuse, or
// strip of its class, is listed beside it with the place where it stands.

/** A kind, and what the other side needs to make its own. */
export type Special = readonly [kind: string, ...data: unknown[]];
type Path = readonly (string | number)[];

export interface Packet {
  readonly value: unknown;
  /** What is inside of another one comes before it. */
  readonly specials: readonly (readonly [Path, Special])[];
}

/** What one side says of an object or a function: how it crosses, or undefined for what is cloned. */
export type Declare = (value: object, name: string, transfers: Set<Transferable>) => Special | undefined;

const moved = new WeakMap<object, readonly Transferable[]>();

/**
 * Marks a value, so that a call in a worker moves these buffers there instead of copying them; they are empty here afterwards.
 *
 * @param value what is given to the call, or a part of it
 * @param buffers by default the one of a typed array, or the ArrayBuffer itself
 */
export function transfer<T extends object>(value: T, buffers: readonly Transferable[] = ownBuffer(value)): T {
  moved.set(value, buffers);
  return value;
}

function ownBuffer(value: object): readonly Transferable[] {
  if (value instanceof ArrayBuffer) return [value];
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) return [value.buffer];
  throw new ParitasTypeError("say which buffers to transfer: transfer(value, [buffers])");
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * @param name what the value is called in messages
 * @param giving whether typed arrays that fill their buffer are moved, because nobody keeps them on this side
 */
export function pack(value: unknown, name: string, declare: Declare, giving = false): [Packet, Transferable[]] {
  const specials: [Path, Special][] = [];
  const transfers = new Set<Transferable>();
  const seen = new Set<object>(); // without anything special inside; an object may hold itself

  const fields = (item: object, path: Path): object => {
    let copy: Record<string, unknown> | undefined;
    for (const [key, field] of Object.entries(item)) {
      const walked = walk(field, [...path, key], key);
      if (walked !== field) (copy ??= { ...item })[key] = walked;
    }
    return copy ?? item;
  };

  const walk = (item: unknown, path: Path, called: string): unknown => {
    if (typeof item === "symbol") throw new ParitasTypeError(`a symbol as ${called} cannot cross to a worker`);
    if ((typeof item !== "object" && typeof item !== "function") || item === null || seen.has(item)) return item;
    for (const buffer of moved.get(item) ?? []) transfers.add(buffer);
    moved.delete(item); // for this call alone
    const special = declare(item, called, transfers) ?? declared(item);
    if (special !== undefined) {
      specials.push([path, special]);
      return null;
    }
    if (item instanceof StreamSession || item instanceof TokenEvent) {
      const kind = item instanceof StreamSession ? "session" : "event";
      const data = fields({ ...item }, path);
      specials.push([path, [kind, item instanceof StreamSession ? item.tokens.length : 0]]);
      return data;
    }
    if (item instanceof ArrayBuffer) refuseEmptied(item, called);
    if (ArrayBuffer.isView(item)) {
      const { buffer } = item;
      if (buffer instanceof ArrayBuffer) refuseEmptied(buffer, called);
      if (giving && buffer instanceof ArrayBuffer && buffer.byteLength === item.byteLength) transfers.add(buffer);
      return item;
    }
    if (Array.isArray(item)) {
      seen.add(item);
      let copy: unknown[] | undefined;
      for (let i = 0; i < item.length; ++i) {
        const part: unknown = item[i];
        if (typeof part !== "object" && typeof part !== "function" && typeof part !== "symbol") continue;
        const walked = walk(part, [...path, i], called);
        if (walked !== part) (copy ??= [...(item as unknown[])])[i] = walked;
      }
      if (copy !== undefined) seen.delete(item);
      return copy ?? item;
    }
    if (isPlain(item)) {
      seen.add(item);
      const copy = fields(item, path);
      if (copy !== item) seen.delete(item);
      return copy;
    }
    // A generator is read here, as its next() cannot wait for the other side.
    const isIterable = Symbol.iterator in item && !(item instanceof Map || item instanceof Set);
    return isIterable ? walk([...(item as Iterable<unknown>)], path, called) : item;
  };
  return [{ value: walk(value, [], name), specials }, [...transfers]];
}

/** Node loses a message with a buffer that was moved away, and tells nobody. */
function refuseEmptied(buffer: ArrayBuffer, name: string): void {
  if (buffer.byteLength > 0) return;
  try {
    new Uint8Array(buffer);
  } catch {
    throw new ParitasTypeError(
      `an array in ${name} was moved to a worker before and is empty: give a copy to transfer()`,
    );
  }
}

/** What every side sends alike. */
function declared(item: object): Special | undefined {
  if (item instanceof Error || item instanceof ParitasError) return errorAs(item);
  if (typeof DOMException !== "undefined" && item instanceof DOMException) return errorAs(item);
  if (item instanceof URL) return ["url", item.href];
  return undefined;
}

export function errorAs(error: Error): Special {
  const { code, offset } = error as { code?: unknown; offset?: unknown };
  const kind = error instanceof ParitasError ? "ours" : error instanceof DOMException ? "dom" : "other";
  const said = typeof code === "string" || typeof code === "number" ? code : undefined;
  return ["error", kind, error.name, error.message, said, offset, error.stack];
}

const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

export function errorOf([, kind, name, message, code, offset, stack]: Special): Error {
  const text = String(message);
  if (kind === "dom") return new DOMException(text, String(name));
  let error: Error;
  if (kind === "ours" && name === "ParitasTypeError") error = new ParitasTypeError(text);
  else if (kind === "ours") error = new ParitasError(String(code), text, Number(offset));
  else {
    error = new (ERRORS[name as keyof typeof ERRORS] ?? Error)(text);
    if (error.name !== name) Object.defineProperty(error, "name", { value: name, configurable: true });
    if (code !== undefined) Object.assign(error, { code });
  }
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true }); // where it happened
  return error;
}

/** What `pack` has packed; `admit` makes this side's own of the specials that `declare` has named. */
export function unpack({ value, specials }: Packet, admit: (special: Special) => unknown): unknown {
  const root = { value };
  for (const [path, special] of specials) {
    let place = root as Record<string | number, unknown>;
    let last: string | number = "value";
    for (const key of path) {
      place = place[last] as Record<string | number, unknown>;
      last = key;
    }
    place[last] = admitted(special, place[last], admit);
  }
  return root.value;
}

function admitted(special: Special, data: unknown, admit: (special: Special) => unknown): unknown {
  switch (special[0]) {
    case "error":
      return errorOf(special);
    case "url":
      return new URL(String(special[1]));
    case "event":
      return Object.assign(Object.create(TokenEvent.prototype) as TokenEvent, data);
    case "session": {
      const { events, debugLog, ...rest } = data as StreamSession;
      return Object.assign(new StreamSession(events, debugLog, Number(special[1])), rest);
    }
    default:
      return admit(special);
  }
}
