import { ParitasError } from "./errors.js";
import { Handle } from "./handle.js";
import * as paritas from "./index.js";
import type { How, Message, Port } from "./worker_message.js";
import { Peer } from "./worker_peer.js";
import type { Special } from "./worker_values.js";

/** What a class offers; the page makes one of the same shape of it. */
export interface ClassDescription {
  readonly id: number;
  readonly name: string;
  readonly methods: readonly string[];
  readonly getters: readonly string[];
  readonly statics: readonly string[];
}

/** What the package offers. */
export interface Description {
  readonly functions: readonly string[];
  readonly classes: Readonly<Record<string, ClassDescription>>;
  readonly constants: Readonly<Record<string, unknown>>;
  /** A lock that is held as long as the worker lives, where there are locks. */
  readonly lock: string | null;
}

type Class = abstract new (...args: never[]) => object;
type Callable = (...args: unknown[]) => unknown;

function describe(constructor: Class, id: number, name: string): ClassDescription {
  const methods = new Set<string>();
  const getters = new Set<string>();
  const statics = new Set<string>();
  for (let made = constructor; made !== Function.prototype; made = Object.getPrototypeOf(made) as Class) {
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(made))) {
      if (typeof value === "function") statics.add(key);
    }
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(made.prototype as object))) {
      if (key !== "constructor") (typeof value === "function" ? methods : getters).add(key);
    }
  }
  return { id, name, methods: [...methods], getters: [...getters], statics: [...statics] };
}

/** The worker's side: runs the package for the page. */
export class Server extends Peer {
  #exports: Record<string, unknown> = paritas;
  #classes = new Map<unknown, ClassDescription>();
  #callables = new Map<string, Callable>();
  #described = 0;

  constructor(private readonly port: Port) {
    super();
    this.open(port);
    for (const [name, value] of Object.entries(this.#exports)) {
      if (typeof value !== "function") continue;
      this.#callables.set(name, value as Callable);
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      if (!isClass || value.prototype instanceof Error || this.#classes.has(value)) continue;
      const description = describe(value as Class, ++this.#described, name);
      this.#classes.set(value, description);
      const statics = value as unknown as Record<string, Callable>;
      for (const key of description.statics) this.#callables.set(`${name}.${key}`, statics[key]!.bind(value));
    }
  }

  /** The page says hello until it is heard; the answer tells it to begin. */
  override receive(message: Message): void {
    if (message.t === "hello") this.port.post(message, []);
    else super.receive(message);
  }

  protected override get gives(): boolean {
    return true;
  }

  protected override declare(value: object, transfers: Set<Transferable>): Special | undefined {
    const { constructor } = value;
    let description = this.#classes.get(constructor);
    let news: ClassDescription | undefined;
    if (description === undefined && value instanceof Handle) {
      news = description = describe(constructor as Class, ++this.#described, constructor.name);
      this.#classes.set(constructor, description);
    }
    if (description !== undefined) return ["handle", this.give(value), description.id, Object.keys(value), news];
    if (typeof TransformStream !== "undefined" && value instanceof TransformStream) {
      transfers.add(value as unknown as Transferable);
    }
    return undefined;
  }

  protected override admit([kind, id]: Special): unknown {
    if (kind === "handle") return this.given(id as number);
    throw new ParitasError("unsupported", `the page is of another version of paritas: ${kind} is unknown here`);
  }

  protected override run(object: object | undefined, how: How, name: string, args: unknown[]): unknown {
    if (object === undefined) return this.#ofPackage(how, name, args);
    const target = object as Record<string, unknown>;
    if (how === "get") return target[name];
    if (how === "dispose") return (target["dispose"] as Callable | undefined)?.call(target);
    const method = target[name] as Callable | undefined;
    if (method === undefined && name === "return") return { done: true, value: args[0] }; // of an iterator without it
    return method!.apply(target, args);
  }

  #ofPackage(how: How, name: string, args: unknown[]): unknown {
    if (how === "call" && name === "") return this.#start(args[0] as paritas.InitOptions);
    if (how === "get") return this.kept;
    const callable = this.#callables.get(name);
    if (callable === undefined) throw new ParitasError("unsupported", `the worker's paritas has no ${name}`);
    return how === "new" ? (Reflect.construct(callable, args) as object) : callable(...args);
  }

  async #start(options: paritas.InitOptions): Promise<Description> {
    await paritas.init(options);
    const classes: Record<string, ClassDescription> = {};
    const functions: string[] = [];
    const constants: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(this.#exports)) {
      const description = this.#classes.get(value);
      if (description !== undefined) classes[name] = description;
      else if (typeof value !== "function") constants[name] = value;
      else if (!(value.prototype instanceof Error)) functions.push(name);
    }
    return { functions, classes, constants, lock: await held() };
  }

  /** A module that has stopped is not to be trusted any more: the page gets that instead of an answer. */
  protected override fatal(error: unknown): boolean {
    if (!(error instanceof WebAssembly.RuntimeError)) return false;
    this.port.post({ t: "broken", reason: error.message }, []);
    this.port.close();
    return true;
  }
}

/** Takes a lock of a new name for good: the browser gives it back when the worker dies, whatever it died of. */
async function held(): Promise<string | null> {
  try {
    const { locks } = navigator;
    const name = `paritas worker ${crypto.randomUUID()}`;
    await new Promise<void>((resolve, reject) => {
      locks
        .request(name, () => {
          resolve();
          return new Promise(() => undefined);
        })
        .catch(reject);
    });
    return name;
  } catch {
    return null; // no locks here: outside of pages, or where they are refused
  }
}
