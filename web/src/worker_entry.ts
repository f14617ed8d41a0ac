import type { Message } from "./worker_message.js";
import { Server } from "./worker_server.js";

// What runs in the worker of `startWorker`: new Worker(new URL("paritas/worker_entry", ..), { type: "module" }).

interface NodePort {
  postMessage(message: unknown, transfers?: readonly unknown[]): void;
  on(event: "message", listener: (message: Message) => void): void;
  close(): void;
}

interface PageScope extends EventTarget {
  postMessage(message: unknown, transfers?: readonly unknown[]): void;
  close(): void;
}

async function serve(): Promise<void> {
  if ("WorkerGlobalScope" in globalThis) {
    const scope = globalThis as unknown as PageScope;
    const server = new Server({
      post: (message, transfers) => scope.postMessage(message, transfers),
      busy: () => undefined,
      close: () => scope.close(),
    });
    scope.addEventListener("message", (event) => server.receive((event as MessageEvent<Message>).data));
    scope.postMessage({ t: "hello" });
    return;
  }
  const threads = "node:worker_threads"; // a variable, so that bundlers for pages leave it alone
  const { parentPort } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ threads)) as {
    parentPort: NodePort;
  };
  const server = new Server({
    post: (message, transfers) => parentPort.postMessage(message, transfers),
    busy: () => undefined,
    close: () => parentPort.close(),
  });
  parentPort.on("message", (message) => server.receive(message));
  parentPort.postMessage({ t: "hello" });
}

void serve();
