import { ParitasError, ParitasTypeError } from "./errors.js";
import type { InitOptions } from "./index.js";
import { generator } from "./iterate.js";
import type { How, Message } from "./worker_message.js";
import { Peer } from "./worker_peer.js";
import { openPort, type ThreadLike, type WorkerSource } from "./worker_port.js";
import type { ClassDescription, Description } from "./worker_server.js";
import type { Remote, RemoteParitas } from "./worker_types.js";
import { transfer, type Special } from "./worker_values.js";

export { ParitasError, ParitasTypeError, transfer };
export type { Remote, RemoteParitas, ThreadLike, WorkerSource };

export interface WorkerOptions extends InitOptions {
  /** A worker that runs `paritas/worker_entry`, or where that file is; by default `worker_entry.js` beside this one. */
  worker?: WorkerSource | undefined;
  /** What tools of developers call the worker. */
  name?: string | undefined;
  /** Gives the start up: for a server that never answers, `AbortSignal.timeout(10_000)`. */
  signal?: AbortSignal | undefined;
}

const WHAT_NOW = "all that it kept is gone; call startWorker() again and make the indexes anew";

/**
 * Starts a worker that runs the whole package, so that no call keeps a page from answering. Its functions give promises,
 * its classes are made with `await new paritas.BM25()`, its objects stay in the worker.
 *
 * @throws ParitasError `closed` when the worker cannot be started; as `init`
 */
export async function startWorker(options: WorkerOptions = {}): Promise<RemoteParitas> {
  const { worker, name = "paritas", signal, ...rest } = options;
  signal?.throwIfAborted();
  const client = new Client();
  const stop = (): void => client.giveUp(signal?.reason);
  signal?.addEventListener("abort", stop);
  try {
    await client.connect(worker, name);
    return await client.start(rest, signal);
  } catch (error) {
    client.died(String(error));
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

let current: AbortSignal | undefined;

/**
 * Makes calls that a signal can take back: `withSignal(signal, () => index.query("fox"))`. They fail with the reason of the
 * signal at once, and the worker skips those that it has not begun.
 *
 * @param call makes them, before its first `await`
 */
export function withSignal<T>(signal: AbortSignal, call: () => T): T {
  const before = current;
  current = signal;
  try {
    return call();
  } finally {
    current = before;
  }
}

// Functions and methods that give a generator at once, where others give a promise.
const GENERATORS = new Set(["serverSentEvents", "sseTokens", "streamTokens"]);
const ids = new WeakMap<object, { client: Client; id: number; name: string; disposed: boolean }>();

const served = new WeakSet<object>();

/** What is known of a stand-in. */
function about(standIn: object | undefined): { client: Client; id: number; name: string; disposed: boolean } {
  const known = ids.get(standIn as object);
  if (known === undefined) throw new ParitasTypeError("call a method on its object, as index.query(..)");
  return known;
}

/** What stands in a page for an object of the worker. */
class StandIn {
  /** Frees the memory of the object in the worker; a second call does nothing. */
  async dispose(): Promise<void> {
    const known = about(this);
    if (known.disposed) return;
    known.disposed = true;
    if (known.client.closed === undefined) await known.client.disposeOf(this, known.id);
  }
}

/** The symbol of `await using`, or what compilers take for it where there is none yet. */
const asyncDispose = (Symbol as Partial<typeof Symbol>).asyncDispose ?? Symbol.for("Symbol.asyncDispose");
Object.defineProperty(StandIn.prototype, asyncDispose, { value: StandIn.prototype.dispose });

/** The page's side. */
class Client extends Peer {
  #prototypes = new Map<number, { name: string; prototype: object }>();
  #greeted!: () => void;
  #greeting = new Promise<void>((resolve) => (this.#greeted = resolve));
  #tellClosed!: (error: ParitasError) => void;
  readonly whenClosed = new Promise<ParitasError>((resolve) => (this.#tellClosed = resolve));
  #failed!: (reason: unknown) => void;
  #failure = new Promise<never>((_, reject) => (this.#failed = reject));

  async connect(worker: WorkerSource | undefined, name: string): Promise<void> {
    this.#failure.catch(() => undefined);
    if (typeof worker === "object" && !(worker instanceof URL)) {
      // Both would take the answers of the other for their own.
      if (served.has(worker))
        throw new ParitasError("invalid_argument", "another startWorker() has this worker already");
      served.add(worker);
    }
    try {
      const port = await openPort(worker, name, {
        message: (message) => this.receive(message),
        died: (reason) => this.died(reason),
      });
      this.open(port);
      port.post({ t: "hello" }, []);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ParitasError("closed", `the worker could not be started (${reason}); ${WHAT_IS_NEEDED}`);
    }
    await Promise.race([this.#greeting, this.#failure]);
  }

  get closed(): ParitasError | undefined {
    return this.gone;
  }

  protected override receive(message: Message): void {
    if (message.t === "hello") this.#greeted();
    else if (message.t === "broken") this.died(message.reason);
    else super.receive(message);
  }

  died(reason: string): void {
    this.#failed(new ParitasError("closed", `the worker could not be started (${reason}); ${WHAT_IS_NEEDED}`));
    this.close(`the worker died (${reason}): ${WHAT_NOW}`);
  }

  /** Ends the start with the reason of a signal. */
  giveUp(reason: unknown): void {
    this.#failed(reason);
  }

  close(message: string): void {
    if (this.gone !== undefined) return;
    const error = new ParitasError("closed", message);
    this.end(error);
    this.#tellClosed(error);
  }

  protected override declare(value: object): Special | undefined {
    const known = ids.get(value);
    if (known === undefined) return undefined;
    this.#alive(known);
    if (known.client !== this) throw new ParitasTypeError(`this ${known.name} lives in another worker`);
    return ["handle", known.id];
  }

  protected override admit(special: Special): unknown {
    const [kind, id, type, fields, news] = special as [string, number, number, string[], ClassDescription | undefined];
    if (kind !== "handle") {
      throw new ParitasError("unsupported", `the worker runs another version of paritas: ${kind} is unknown here`);
    }
    if (news !== undefined) this.#prototype(news);
    const { name, prototype } = this.#prototypes.get(type)!;
    const standIn = Object.create(prototype) as object;
    ids.set(standIn, { client: this, id, name, disposed: false });
    for (const field of fields) {
      Object.defineProperty(standIn, field, { get: () => this.#property(standIn, field), enumerable: true });
    }
    return this.take(id, standIn);
  }

  // The functions and iterators of the page, that the worker calls.
  protected override run(object: object | undefined, how: How, name: string, args: unknown[]): unknown {
    if (object === undefined || how !== "call") throw new ParitasError("unsupported", `the page has no ${name}`);
    if (typeof object === "function") return (object as (...given: unknown[]) => unknown)(...args);
    const step = (object as Record<string, ((...given: unknown[]) => unknown) | undefined>)[name];
    if (step !== undefined) return step.apply(object, args);
    if (name === "throw") throw args[0];
    return { done: true, value: args[0] };
  }

  #alive(known: { name: string; disposed: boolean }): void {
    if (known.disposed) throw new ParitasError("closed", `${known.name} was used after dispose()`);
  }

  async disposeOf(standIn: object, id: number): Promise<void> {
    await this.ask(id, "dispose", "dispose", []);
    this.letGo(id, standIn);
  }

  #property(standIn: object, name: string): Promise<unknown> {
    const answer = this.#of(standIn, "get", name, []);
    answer.catch(() => undefined); // tools that look at every property wait for none
    return answer;
  }

  async #of(standIn: object, how: How, name: string, args: unknown[]): Promise<unknown> {
    const known = about(standIn);
    this.#alive(known);
    return this.ask(known.id, how, name, args, current);
  }

  /** Makes the class of stand-ins. */
  #prototype({ id, name, methods, getters }: ClassDescription): object {
    const prototype = Object.create(StandIn.prototype, { [Symbol.toStringTag]: { value: name } }) as object;
    const client = this;
    for (const method of methods) {
      if (method === "dispose") continue;
      const call = function (this: object, ...args: unknown[]): unknown {
        return client.#called(method, () => client.#of(this, "call", method, args));
      };
      Object.defineProperty(prototype, method, { value: call, writable: true, configurable: true });
    }
    for (const getter of getters) {
      Object.defineProperty(prototype, getter, {
        get(this: object) {
          return client.#property(this, getter);
        },
      });
    }
    this.#prototypes.set(id, { name, prototype });
    return prototype;
  }

  /** A call; of one that streams its results, a generator that makes it when it is read. */
  #called(name: string, call: () => Promise<unknown>): unknown {
    if (name.endsWith("Inplace")) {
      const message = `${name} changes an array of the caller, which a worker cannot reach: use ${name.slice(0, -7)}`;
      return Promise.reject(new ParitasError("unsupported", message));
    }
    if (!GENERATORS.has(name)) return call();
    const signal = current;
    let stream: Promise<AsyncGenerator> | undefined;
    return generator(async (step, args) => {
      if (stream === undefined && step === "return") return { done: true, value: args[0] };
      stream ??= withSignal(signal as AbortSignal, () => call()) as Promise<AsyncGenerator>;
      return (await stream)[step as "next"](...(args as []));
    });
  }

  async start(options: InitOptions, signal?: AbortSignal): Promise<RemoteParitas> {
    const description = (await this.ask(0, "call", "", [options], signal)) as Description;
    const named = (name: string) => {
      const own = name.slice(name.indexOf(".") + 1);
      const call = (...args: unknown[]): unknown => this.#called(own, () => this.ask(0, "call", name, args, current));
      return Object.defineProperty(call, "name", { value: own });
    };
    const all: Record<string, unknown> = { ...description.constants, ParitasError, ParitasTypeError };
    for (const name of description.functions) all[name] = named(name);
    for (const [name, about] of Object.entries(description.classes)) {
      const client = this;
      const made = function (...args: unknown[]): Promise<unknown> {
        if (!new.target) throw new ParitasTypeError(`${name} is a class: await new paritas.${name}()`);
        return client.ask(0, "new", name, args, current);
      };
      Object.defineProperty(made, "name", { value: name });
      made.prototype = this.#prototypes.get(about.id)?.prototype ?? this.#prototype(about);
      for (const key of about.statics) Object.defineProperty(made, key, { value: named(`${about.name}.${key}`) });
      all[name] = made;
    }
    if (description.lock !== null) this.#watch(description.lock);
    Object.defineProperty(all, "closed", { get: () => this.closed });
    return Object.assign(all, {
      whenClosed: this.whenClosed,
      terminate: () => this.close(`the worker was terminated: ${WHAT_NOW}`),
      held: () => this.ask(0, "get", "held", []),
      [asyncDispose]: async () => this.close(`the worker was terminated: ${WHAT_NOW}`),
    }) as unknown as RemoteParitas;
  }

  /** No event tells that a worker has ended itself, or was ended by the browser; its lock does. */
  #watch(lock: string): void {
    const stop = new AbortController();
    void this.whenClosed.then(() => stop.abort());
    navigator.locks
      .request(lock, { signal: stop.signal }, () => this.died("it ended, or the browser ended it"))
      .catch(() => undefined);
  }
}

const WHAT_IS_NEEDED =
  "it runs worker_entry.js, which must be beside the script of paritas/worker; a page whose policy has worker-src must allow it; " +
  "or give startWorker({ worker }) one of your own";
