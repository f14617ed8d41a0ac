import type { Packet } from "./worker_values.js";

// What a page and its worker say to each other.

/** What both ends of a worker have in common, in a page and in Node. */
export interface Port {
  post(message: Message, transfers: Transferable[]): void;
  /** Keeps a program of Node running while somebody waits, and only then. */
  busy(waiting: boolean): void;
  close(): void;
}

/** What is asked: a function or method by its name, a new object of a class, a property, the end of an object. */
export type How = "call" | "new" | "get" | "dispose";

export interface Call {
  readonly t: "call";
  readonly id: number;
  /** 0 for the package itself. */
  readonly object: number;
  readonly how: How;
  readonly name: string;
  readonly args: Packet;
  /** Whether a "drop" may follow. */
  readonly droppable: boolean;
}

export type Message =
  | Call
  | { readonly t: "answer"; readonly id: number; readonly value: Packet }
  /** `origin` is the number that the other side may say to have its own error back. */
  | { readonly t: "failure"; readonly id: number; readonly value: Packet; readonly origin: number }
  | { readonly t: "drop"; readonly id: number }
  | { readonly t: "release"; readonly object: number }
  | { readonly t: "abort"; readonly object: number; readonly reason: Packet }
  | { readonly t: "hello" }
  | { readonly t: "broken"; readonly reason: string };
