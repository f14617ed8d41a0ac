import type { Message, Port } from "./worker_message.js";

/** A worker of Node's worker_threads, as far as it is needed here. */
export interface ThreadLike {
  postMessage(message: unknown, transfers?: readonly never[]): void;
  on(event: string, listener: (value: never) => void): unknown;
  off(event: string, listener: (value: never) => void): unknown;
  ref(): void;
  unref(): void;
  terminate(): unknown;
}

/** A worker that runs `paritas/worker_entry`, or where that file is. */
export type WorkerSource = Worker | ThreadLike | URL | string;

/** What a port tells: a message, or that there is no worker any more, and why. */
export interface Heard {
  message(message: Message): void;
  died(reason: string): void;
}

/** Starts the worker, or takes the one that is given. */
export async function openPort(source: WorkerSource | undefined, name: string, heard: Heard): Promise<Port> {
  if (typeof source === "object" && "on" in source) return ofThread(source, heard);
  if (typeof source === "object" && "addEventListener" in source) return ofWorker(source, heard);
  if (typeof Worker === "undefined") return ofThread(await newThread(source, name), heard);
  return ofWorker(source === undefined ? ownWorker(name) : newWorker(new URL(source, location.href), name), heard);
}

/** Where the script of the worker is without a bundler, which must not make a second file of it. */
function entry(): URL {
  const here = import.meta.url;
  return new URL("worker_entry.js", here);
}

function ownWorker(name: string): Worker {
  const { origin, protocol, href } = entry();
  const isElsewhere = protocol.startsWith("http") && typeof location !== "undefined" && origin !== location.origin;
  if (isElsewhere) return newWorker(new URL(href), name);
  // Written as bundlers look for it: Vite and webpack make a file of their own of what it names.
  return new Worker(new URL("./worker_entry.js", import.meta.url), { type: "module", name });
}

/** A page may start only what has its own origin, as a script that imports the other one has. */
function newWorker(url: URL, name: string): Worker {
  if (url.origin === location.origin || url.protocol === "blob:") return new Worker(url, { type: "module", name });
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const own = URL.createObjectURL(script);
  const worker = new Worker(own, { type: "module", name });
  worker.addEventListener("message", () => URL.revokeObjectURL(own), { once: true });
  return worker;
}

async function newThread(source: URL | string | undefined, name: string): Promise<ThreadLike> {
  const threads = "node:worker_threads"; // a variable, so that bundlers for pages leave it alone
  const { Worker: Thread } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ threads)) as {
    Worker: new (url: URL | string, options: object) => ThreadLike;
  };
  return new Thread(source ?? entry(), { name, execArgv: [] }); // which may forbid files
}

function ofWorker(worker: Worker, { message, died }: Heard): Port {
  const hear = ({ data }: MessageEvent<Message>): void => message(data);
  const fail = ({ message: said, filename }: ErrorEvent): void => {
    died(said ? `${said}${filename ? ` in ${filename}` : ""}` : "its script could not be loaded");
  };
  const unreadable = (): void => died("one of its messages could not be read");
  worker.addEventListener("message", hear);
  worker.addEventListener("error", fail);
  worker.addEventListener("messageerror", unreadable);
  return {
    post: (data, transfers) => worker.postMessage(data, transfers),
    busy: () => undefined,
    close() {
      worker.removeEventListener("message", hear);
      worker.removeEventListener("error", fail);
      worker.removeEventListener("messageerror", unreadable);
      worker.terminate();
    },
  };
}

function ofThread(thread: ThreadLike, { message, died }: Heard): Port {
  const fail = (error: unknown): void => died(error instanceof Error ? error.message : String(error));
  const exit = (code: number): void => died(`it ended with ${code}`);
  const unreadable = (): void => died("one of its messages could not be read");
  thread.on("message", message);
  thread.on("error", fail);
  thread.on("exit", exit);
  thread.on("messageerror", unreadable);
  return {
    post: (data, transfers) => thread.postMessage(data, transfers as never[]),
    busy: (waiting) => (waiting ? thread.ref() : thread.unref()),
    close() {
      thread.off("message", message);
      thread.off("exit", exit);
      thread.off("messageerror", unreadable);
      // "error" stays: without a listener an error on the way out would end the program.
      void thread.terminate();
    },
  };
}
