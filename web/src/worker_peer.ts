import { ParitasError, ParitasTypeError } from "./errors.js";
import { generator, iteratorOf, refuseEvents } from "./iterate.js";
import type { Call, How, Message, Port } from "./worker_message.js";
import { errorAs, errorOf, pack, unpack, type Packet, type Special } from "./worker_values.js";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  stop?: () => void;
}

interface Given {
  readonly object: object;
  readonly drop?: (() => void) | undefined;
  /** When the other side dies, not when it lets go. */
  readonly lost?: (() => void) | undefined;
}

// Callbacks whose answer the package waits for, or does not need: by their key, or as arguments of these functions. The
// promise that any other one gets from here would be taken for its answer.
const KEYS = new Set("callback embed evidenceCallback nliScorer onHalt progress traceCallbacks".split(" "));
const CALLS = new Set("haltTransform streamOutput streamToSession streamTokens transform".split(" "));
const SCORERS = ["verify", "review", "score", "scoreBatch"];
const THROWN = 256; // errors of callbacks that are kept for the calls that pass them on

/** One side of a worker: asks the other one, and answers it. */
export abstract class Peer {
  #count = 0;
  #port: Port | undefined;
  #gone: ParitasError | undefined;
  #waiting = new Map<number, Waiting>();
  #given = new Map<number, Given>();
  #aborts = new Map<number, WeakRef<AbortController>>();
  #controllers = new WeakMap<AbortSignal, AbortController>(); // which lives as long as its signal
  #thrown = new Map<number, unknown>();
  #origins = new WeakMap<object, number>();
  #aborting = new WeakMap<AbortSignal, Set<() => void>>();
  #queue: [Call, () => unknown][] = []; // calls that may still be dropped, and whatever comes after them
  #forgotten = new FinalizationRegistry<number>((object) => {
    this.#aborts.delete(object);
    this.#post({ t: "release", object });
  });

  /** How an object crosses, beside what both sides know; undefined for others. */
  protected abstract declare(value: object, transfers: Set<Transferable>): Special | undefined;
  /** What one of the other side's specials is here. */
  protected abstract admit(special: Special): unknown;
  /** What the other side asks of the package, or of an object that was given to it. */
  protected abstract run(object: object | undefined, how: How, name: string, args: unknown[]): unknown;
  /** Whether an error was this side's end, and has been dealt with. */
  protected fatal(_error: unknown): boolean {
    return false;
  }

  /** Whether typed arrays that calls return are moved, because nobody keeps them on this side. */
  protected get gives(): boolean {
    return false;
  }

  protected open(port: Port): void {
    this.#port = port;
  }

  /** How many objects are kept for the other side. */
  protected get kept(): number {
    return this.#given.size;
  }

  /** Keeps an object for the other side, until that lets it go. */
  protected give(object: object, drop?: () => void, lost?: () => void): number {
    this.#given.set(++this.#count, { object, drop, lost });
    return this.#count;
  }

  /** Lets go what was given after this number, for a message that was not sent. */
  #takeBack(last: number): void {
    for (let id = this.#count; id > last; --id) {
      this.#given.get(id)?.drop?.();
      this.#given.delete(id);
    }
  }

  /** What was given under this number. */
  protected given(id: number): object {
    const found = this.#given.get(id);
    if (found === undefined) throw new ParitasError("closed", "an object of the worker was used after dispose()");
    return found.object;
  }

  /** Watches what stands here for an object: when nobody has it any more, the other side lets the object go. */
  protected take<T extends object>(id: number, standIn: T): T {
    this.#forgotten.register(standIn, id, standIn);
    return standIn;
  }

  /** The same at once. */
  protected letGo(id: number, standIn: object): void {
    this.#forgotten.unregister(standIn);
    this.#post({ t: "release", object: id });
  }

  /** Asks the other side. A signal rejects at once, and what has not begun there never will. */
  protected ask(
    object: number,
    how: How,
    name: string,
    args: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) throw this.#gone;
      signal?.throwIfAborted();
      const id = ++this.#count;
      try {
        const [packet, transfers] = this.#packed(args, name);
        this.#send({ t: "call", id, object, how, name, args: packet, droppable: signal !== undefined }, transfers);
      } catch (error) {
        this.#takeBack(id);
        throw error;
      }
      const waiting: Waiting = { resolve, reject };
      if (signal !== undefined) {
        const abort = (): void => {
          this.#post({ t: "drop", id });
          reject(signal.reason);
        };
        waiting.stop = this.#onAbort(signal, abort);
      }
      this.#waiting.set(id, waiting);
      this.#port?.busy(true);
    });
  }

  /** One listener for all calls of a signal: Node warns of a leak when there are more than ten. */
  #onAbort(signal: AbortSignal, abort: () => void): () => void {
    let all = this.#aborting.get(signal);
    if (all === undefined) {
      const fresh = (all = new Set());
      this.#aborting.set(signal, fresh);
      signal.addEventListener("abort", () => fresh.forEach((each) => each()), { once: true });
    }
    const these = all.add(abort);
    return () => these.delete(abort);
  }

  /** The end: all that wait, and all that will ask, get this error. */
  protected end(error: ParitasError): void {
    if (this.#gone !== undefined) return;
    this.#gone = error;
    for (const { drop, lost } of this.#given.values()) {
      drop?.();
      lost?.();
    }
    this.#given.clear();
    for (const { reject, stop } of this.#waiting.values()) {
      stop?.();
      reject(error);
    }
    this.#waiting.clear();
    this.#port?.busy(false);
    this.#port?.close();
  }

  protected get gone(): ParitasError | undefined {
    return this.#gone;
  }

  protected receive(message: Message): void {
    if (this.#gone !== undefined) return;
    switch (message.t) {
      case "call":
        this.#called(message);
        break;
      case "answer":
      case "failure":
        this.#settle(message);
        break;
      case "release":
        this.#given.get(message.object)?.drop?.();
        this.#given.delete(message.object);
        break;
      case "abort":
        this.#aborts.get(message.object)?.deref()?.abort(this.#unpacked(message.reason));
        break;
      case "drop":
        this.#drop(message.id);
        break;
      case "hello":
      case "broken":
    }
  }

  #settle(message: Message & { t: "answer" | "failure" }): void {
    const waiting = this.#answered(message.id);
    try {
      const value = this.#unpacked(message.value);
      if (message.t === "answer") return waiting?.resolve(value);
      if (message.origin > 0 && typeof value === "object" && value !== null) this.#origins.set(value, message.origin);
      waiting?.reject(value);
    } catch (error) {
      waiting?.reject(error); // of another version: whoever waits must hear of it
    }
  }

  #answered(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#port?.busy(false);
    waiting?.stop?.();
    return waiting;
  }

  #called(call: Call): void {
    const task = this.#prepared(call);
    if (!call.droppable && this.#queue.length === 0) return void this.#answer(call, task);
    this.#queue.push([call, task]);
    // Behind the messages that are here already, one of which may drop it.
    behind(() => {
      const next = this.#queue.shift();
      if (next !== undefined) void this.#answer(...next);
    });
  }

  /** Finds the objects of a call when it comes: one that waits keeps them, even if the other side lets them go. */
  #prepared({ object, how, name, args }: Call): () => unknown {
    try {
      const target = object === 0 ? undefined : this.given(object);
      const given = this.#unpacked(args) as unknown[];
      if (how === "dispose") this.#given.delete(object);
      return () => this.run(target, how, name, given);
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  #drop(id: number): void {
    const at = this.#queue.findIndex(([call]) => call.id === id);
    if (at < 0) return; // it runs, or has run
    this.#queue.splice(at, 1);
    this.#post({ t: "answer", id, value: { value: undefined, specials: [] } });
  }

  async #answer({ id, object, how, name }: Call, task: () => unknown): Promise<void> {
    let answer: unknown;
    try {
      answer = task();
      if (answer instanceof Promise) answer = await answer;
      const [value, transfers] = this.#packed(answer, name, this.gives && how === "call");
      this.#send({ t: "answer", id, value }, transfers);
    } catch (error) {
      if (this.#gone !== undefined || this.fatal(error)) return;
      const origin = object === 0 ? 0 : this.#remember(error);
      const last = this.#count;
      const fail = (thrown: unknown): void =>
        this.#post({ t: "failure", id, value: this.#packed(thrown, name)[0], origin });
      try {
        fail(error);
      } catch {
        this.#takeBack(last);
        fail(new Error(said(error))); // anything can be thrown, not everything can cross
      }
    }
  }

  #remember(error: unknown): number {
    const id = ++this.#count;
    this.#thrown.set(id, error);
    if (this.#thrown.size > THROWN) this.#thrown.delete(this.#thrown.keys().next().value!);
    return id;
  }

  #packed(value: unknown, name: string, giving = false): [Packet, Transferable[]] {
    return pack(value, name, (item, called, transfers) => this.#declared(item, called, transfers), giving);
  }

  #unpacked(packet: Packet): unknown {
    return unpack(packet, (special) => this.#admitted(special));
  }

  #declared(value: object, name: string, transfers: Set<Transferable>): Special | undefined {
    const own = this.declare(value, transfers);
    if (own !== undefined) return own;
    if (typeof value === "function") {
      if (KEYS.has(name) || CALLS.has(name)) return ["function", this.give(value)];
      const message = `a function as ${name} cannot cross to a worker, because its answer is needed at once`;
      throw new ParitasTypeError(`${message}: give a value instead, or make this call without a worker`);
    }
    if (name === "nliScorer" || name === "scorer") {
      const scorer = value as Record<string, unknown>; // whose methods may be those of its class
      const methods = SCORERS.filter((method) => typeof scorer[method] === "function");
      return ["methods", methods, ...methods.map((method) => this.give((scorer[method] as () => void).bind(scorer)))];
    }
    if (value instanceof AbortSignal) {
      const abort = (): void => this.#post({ t: "abort", object: id, reason: this.#packed(value.reason, name)[0] });
      value.addEventListener("abort", abort, { once: true });
      const id = this.give(value, () => value.removeEventListener("abort", abort));
      return ["signal", id, value.aborted, value.aborted ? errorAs(value.reason as Error) : null];
    }
    if (CALLS.has(name)) refuseEvents(value);
    if (Symbol.asyncIterator in value || value instanceof ReadableStream || value instanceof Response) {
      const iterator = iteratorOf(value);
      const lost = (): void => void (async () => iterator.return?.())().catch(() => undefined);
      return ["iterator", this.give(iterator, undefined, lost)];
    }
    const origin = this.#origins.get(value);
    return origin === undefined ? undefined : ["thrown", origin, errorAs(value as Error)];
  }

  #admitted(special: Special): unknown {
    const [kind, data, more, last] = special;
    const id = data as number;
    switch (kind) {
      case "function":
        return this.#function(id);
      case "methods":
        return Object.fromEntries(
          (data as string[]).map((name, i) => [name, this.#function(special[i + 2] as number)]),
        );
      case "signal": {
        const controller = new AbortController();
        this.#controllers.set(controller.signal, controller);
        this.#aborts.set(id, new WeakRef(controller));
        if (more === true) controller.abort(errorOf(last as Special));
        return this.take(id, controller.signal);
      }
      case "iterator":
        return this.#iterator(id);
      case "thrown":
        return this.#thrown.get(id) ?? errorOf(more as Special);
      default:
        return this.admit(special);
    }
  }

  #function(id: number): (...args: unknown[]) => Promise<unknown> {
    return this.take(id, (...args: unknown[]) => this.ask(id, "call", "", args));
  }

  #iterator(id: number): AsyncGenerator<unknown, unknown, unknown> {
    const step = async (name: string, args: unknown[]): Promise<IteratorResult<unknown>> => {
      const result = (await this.ask(id, "call", name, args)) as IteratorResult<unknown>;
      if (result.done) this.letGo(id, iterator);
      return result;
    };
    const iterator = this.take(id, generator(step));
    return iterator;
  }

  #post(message: Message): void {
    if (this.#gone === undefined) this.#send(message, []);
  }

  #send(message: Message, transfers: Transferable[]): void {
    try {
      this.#port?.post(message, transfers);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ParitasTypeError(`this cannot cross to a worker: ${reason}`);
    }
  }
}

function said(error: unknown): string {
  try {
    return String(error);
  } catch {
    return `a value of the type ${typeof error} was thrown`;
  }
}

function behind(call: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(null);
}
