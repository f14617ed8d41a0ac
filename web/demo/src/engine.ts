// The one place that talks to Paritas: a worker that is watched, and replaced when it dies.
import type { IndexFacts, JobName, Jobs, Reply, Request, SourceFacts } from "./engine.worker.js";

export type Status =
  | { readonly kind: "starting" }
  | { readonly kind: "ready" }
  | { readonly kind: "restarted"; readonly times: number }
  | { readonly kind: "failed"; readonly message: string };

type Given<Name extends JobName> = Parameters<Jobs[Name]>;
type Answer<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;

interface Waiting {
  readonly name: JobName;
  readonly given: readonly unknown[];
  readonly done: (value: never) => void;
  readonly failed: (error: Error) => void;
  /** Workers that died over it. */
  deaths: number;
}

/** A refusal of the core, with its code. */
export class EngineError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const DEATHS = 6; // of workers within half a minute, until no further one is tried

export const newWorker = (): Worker =>
  new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "paritas" });

/** What a browser lacks that Paritas needs; "" for nothing. */
export function lacks(): string {
  if (typeof WebAssembly !== "object") return "WebAssembly";
  // A function that splats an i32 into a vector: only an engine with SIMD takes it.
  const simd = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
  ];
  if (!WebAssembly.validate(new Uint8Array(simd))) return "SIMD in WebAssembly";
  return typeof Worker === "function" ? "" : "workers";
}

export class Engine {
  #worker: Worker | undefined;
  #watch: AbortController | undefined;
  #sent = new Map<number, Waiting>();
  #id = 0;
  #generation = 0;
  #deaths: number[] = [];
  #source: Given<"setSource"> | undefined;
  #index: Uint8Array | undefined;
  #turns = new Map<JobName, number>();
  #running = new Map<JobName, Promise<unknown>>();

  constructor(private readonly told: (status: Status) => void) {}

  start(): void {
    const missing = lacks();
    if (missing !== "") {
      const message =
        `This browser has no ${missing}, which Paritas runs on. Your texts are kept and shown; to have them judged, open ` +
        "this page in a current Chrome, Edge, Firefox or Safari (16.4 or later), or switch WebAssembly on again.";
      this.told({ kind: "failed", message });
      return;
    }
    this.told({ kind: "starting" });
    this.#spawn();
  }

  #spawn(): void {
    const generation = ++this.#generation;
    const worker = newWorker();
    this.#worker = worker;
    this.#watch = new AbortController();
    const died = (why: string): void => {
      if (generation === this.#generation) this.#died(why);
    };
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#answered(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      died(event.message);
    });
    worker.addEventListener("messageerror", () => died("a message was lost"));
    const lock = `paritas-engine-${crypto.randomUUID?.() ?? Math.random()}`;
    const waiting = [...this.#sent.values()];
    this.#sent.clear();
    this.#post("start", [], lock).then(
      () => {
        this.told(generation === 1 ? { kind: "ready" } : { kind: "restarted", times: generation - 1 });
        const { signal } = this.#watch!;
        navigator.locks?.request(lock, { signal }, () => died("it ended")).catch(() => undefined);
      },
      (error: Error) => this.#failedStart(error),
    );
    // What the new worker must know before it is asked; a text that still waits comes by itself.
    const isSource = ({ name }: Waiting): boolean => name === "setSource";
    const sources = waiting.filter(isSource);
    if (sources.length === 0 && this.#source !== undefined && generation > 1) {
      this.#post("setSource", this.#source).catch(() => undefined);
    }
    if (this.#index !== undefined) this.#post("openIndex", [this.#index]).catch(() => undefined);
    for (const job of [...sources, ...waiting.filter((each) => !isSource(each))]) this.#send(job);
  }

  #failedStart(error: Error): void {
    this.#generation += 1; // what the worker still says, or dies of, is no news
    this.#watch?.abort();
    this.#worker?.terminate();
    this.#worker = undefined;
    const message = `Paritas could not be loaded (${error.message}). Your texts are kept and shown; reload the page to try again.`;
    this.told({ kind: "failed", message });
  }

  #died(why: string): void {
    this.#watch?.abort();
    this.#worker?.terminate();
    this.#worker = undefined;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < 30_000), now];
    if (this.#deaths.length > DEATHS) return this.#failedStart(new Error(why));
    // The first that waits was being worked on: what two workers have died of is not tried again.
    for (const [id, job] of this.#sent) {
      job.deaths += 1;
      if (job.name === "start") this.#sent.delete(id);
      else if (job.deaths > 1) {
        this.#sent.delete(id);
        if (job.name === "setSource") this.#source = undefined;
        job.failed(new EngineError("engine", `the engine ended twice over this: ${why}`));
      }
      break;
    }
    this.told({ kind: "starting" });
    this.#spawn();
  }

  #answered(reply: Reply): void {
    const job = this.#sent.get(reply.id);
    if (job === undefined) return;
    this.#sent.delete(reply.id);
    if ("error" in reply) job.failed(new EngineError(reply.error.code, reply.error.message));
    else job.done(reply.value as never);
  }

  #send(job: Waiting, lock?: string): void {
    const id = ++this.#id;
    this.#sent.set(id, job);
    const request: Request = { id, name: job.name, given: job.given, ...(lock === undefined ? {} : { lock }) };
    this.#worker?.postMessage(request);
  }

  #post<Name extends JobName>(name: Name, given: readonly unknown[], lock?: string): Promise<Answer<Name>> {
    return new Promise((done, failed) => this.#send({ name, given, done, failed, deaths: 0 }, lock));
  }

  /** Asks the worker; what waits when it dies is asked again of the next one. */
  ask<Name extends JobName>(name: Name, ...given: Given<Name>): Promise<Answer<Name>> {
    return this.#post(name, given);
  }

  /**
   * As ask, for questions of which only the latest counts: one is on its way, one waits, and those between are never
   * asked. An answer that is not the latest any more is `undefined`.
   */
  async latest<Name extends JobName>(name: Name, ...given: Given<Name>): Promise<Answer<Name> | undefined> {
    const turn = (this.#turns.get(name) ?? 0) + 1;
    this.#turns.set(name, turn);
    const isLatest = (): boolean => turn === this.#turns.get(name);
    while (this.#running.has(name)) {
      await this.#running.get(name);
      if (!isLatest()) return undefined;
    }
    const asked = this.ask(name, ...given);
    const over = (): boolean => this.#running.delete(name);
    this.#running.set(name, asked.then(over, over));
    try {
      const answer = await asked;
      return isLatest() ? answer : undefined;
    } catch (error) {
      if (isLatest()) throw error;
      return undefined;
    }
  }

  setSource(...source: Given<"setSource">): Promise<SourceFacts | undefined> {
    this.#source = source;
    return this.latest("setSource", ...source);
  }

  async openIndex(bytes: Uint8Array): Promise<IndexFacts> {
    const found = await this.ask("openIndex", bytes);
    this.#index = bytes;
    return found;
  }

  closeIndex(): Promise<void> {
    this.#index = undefined;
    return this.ask("closeIndex");
  }
}

/** The digest of this browser, by a worker of its own: it takes most of a second, and nobody should wait for it. */
export async function digestHere(cases: number): Promise<string> {
  const worker = newWorker();
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
      worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
        if ("error" in data) reject(new Error(data.error.message));
        else if (data.id === 2) resolve((data.value as { digest: string }).digest);
      });
      worker.postMessage({ id: 1, name: "start", given: [] } satisfies Request);
      worker.postMessage({ id: 2, name: "digest", given: [cases] } satisfies Request);
    });
  } finally {
    worker.terminate();
  }
}
