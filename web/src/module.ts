import type { Outcome, RawModule } from "./raw.js";

const mark = Symbol.for("paritas.error");

/** A call that could not be answered. `code` is the same word on every target. */
export class ParitasError extends Error {
  override readonly name: string = "ParitasError";
  readonly [mark] = true;
  constructor(
    readonly code: string,
    message: string,
    readonly offset: number = 0,
  ) {
    super(message);
  }
  /** A `ParitasTypeError` counts too, and so does an error of a second copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value;
  }
}

/** A value of the wrong type: JavaScript's own TypeError, and a ParitasError of the code "invalid_argument" too. */
export class ParitasTypeError extends TypeError {
  override readonly name: string = "ParitasTypeError";
  readonly [mark] = true;
  readonly code = "invalid_argument";
  readonly offset = 0;
}

let loaded: RawModule | undefined;
let loading: Promise<RawModule> | undefined;

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: URL | BufferSource;
}

/** Loads the module once; every other function needs it. */
export async function init({ wasm = new URL("./paritas.wasm", import.meta.url) }: InitOptions = {}): Promise<void> {
  loading ??= load(wasm);
  try {
    loaded = await loading;
  } finally {
    loading = undefined; // a failed load may be tried again
  }
}

async function load(wasm: URL | BufferSource): Promise<RawModule> {
  if (loaded !== undefined) return loaded;
  const { default: create } = await import("./paritas.mjs");
  return create({ wasmBinary: wasm instanceof URL ? await read(wasm) : wasm });
}

async function read(url: URL): Promise<BufferSource> {
  if (url.protocol === "file:") {
    const node = "node:fs/promises"; // a variable, so that bundlers for pages leave it alone
    const { readFile } = (await import(
      /* webpackIgnore: true */ /* @vite-ignore */ node
    )) as typeof import("node:fs/promises");
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}; give init() the bytes or another URL`);
  return response.arrayBuffer();
}

export function core(): RawModule {
  if (loaded === undefined) throw new Error("call `await init()` once before using paritas");
  return loaded;
}

/** The value of an outcome; its error is thrown. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.error === undefined) return outcome.value;
  throw new ParitasError(outcome.error.code, outcome.error.message, outcome.error.offset);
}
