import type { RawModule } from "./raw.js";

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

/** The loaded module: its functions, and its memory as bytes and numbers. A view lasts until the next call. */
export interface Core extends RawModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
}

let loaded: Core | undefined;
let loading: Promise<Core> | undefined;

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

async function load(wasm: URL | BufferSource): Promise<Core> {
  if (loaded !== undefined) return loaded;
  const bytes = wasm instanceof URL ? await read(wasm) : wasm;
  // All that the module asks for: to hear of a larger memory, and a way to stop for good when there is none left.
  const { instance } = await WebAssembly.instantiate(bytes, {
    env: { emscripten_notify_memory_growth() {} },
    wasi_snapshot_preview1: {
      proc_exit(code: number) {
        throw new WebAssembly.RuntimeError(`the module stopped with ${code}`);
      },
    },
  });
  const raw = instance.exports as unknown as RawModule;
  raw._initialize();
  return withViews(raw);
}

/** Growth of the memory detaches its views, so they are made anew when the old ones have lost their bytes. */
function withViews(raw: RawModule): Core {
  let bytes = new Uint8Array(0);
  let words = new Uint32Array(0);
  let floats = new Float32Array(0);
  let doubles = new Float64Array(0);
  const fresh = (): void => {
    if (bytes.length > 0) return;
    const { buffer } = raw.memory;
    bytes = new Uint8Array(buffer);
    words = new Uint32Array(buffer);
    floats = new Float32Array(buffer);
    doubles = new Float64Array(buffer);
  };
  return {
    ...raw,
    get HEAPU8() {
      fresh();
      return bytes;
    },
    get HEAPU32() {
      fresh();
      return words;
    },
    get HEAPF32() {
      fresh();
      return floats;
    },
    get HEAPF64() {
      fresh();
      return doubles;
    },
  };
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

export function core(): Core {
  if (loaded === undefined) throw new Error("call `await init()` once before using paritas");
  return loaded;
}
