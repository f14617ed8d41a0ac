import { ParitasError, ParitasTypeError } from "./errors.js";
import { compiled, extended, instantiated, type WasmSource } from "./load.js";
import type { RawModule } from "./raw.js";

export { ParitasError, ParitasTypeError };
export type { WasmSource };

/** The loaded modules: their functions, and their one memory as bytes and numbers. A view lasts until the next call. */
export interface Core extends RawModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
}

/**
 * Modules that come after the first and may be left out, in the order in which they are linked, and how their functions
 * begin; the last one has the rest. Each one's functions throw `unsupported` until it is there.
 */
const PARTS = {
  ocr: /^(field|format|textQuality|validateFormat)/,
  search: /^(bm25|embedding|filter|fus|hamming|hnsw|hybrid|matches|quantized|rescore|vectorIndex)/,
  verify: /^/,
} as const;
type Part = keyof typeof PARTS;
const parts = Object.keys(PARTS) as Part[];

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource;
  /** What looks at a field's text: formats, its quality, confidence. By default `paritas-ocr.wasm`; false leaves it out. */
  ocr?: WasmSource | false;
  /** The indexes: BM25 and those of vectors. By default `paritas-search.wasm` beside the first; false leaves it out. */
  search?: WasmSource | false;
  /** Claims, signals, what watches streams, the self check. By default `paritas-verify.wasm`; false leaves it out. */
  verify?: WasmSource | false;
}

let raw: RawModule | undefined;
let loaded: Core | undefined;
const there = new Set<Part>();
let loading: Promise<void> | undefined;

const missing = (options: InitOptions): Part[] => parts.filter((part) => options[part] !== false && !there.has(part));

/** Loads the modules, each once; every other function needs them. */
export async function init(options: InitOptions = {}): Promise<void> {
  while (loaded === undefined || missing(options).length > 0) {
    // One load at a time, so that nobody gets half of another one's; a failed one may be tried again.
    loading ??= load(options).finally(() => (loading = undefined));
    await loading;
  }
}

// Each written out, so that bundlers find the files.
const beside = {
  first: () => new URL("./paritas.wasm", import.meta.url),
  ocr: () => new URL("./paritas-ocr.wasm", import.meta.url),
  search: () => new URL("./paritas-search.wasm", import.meta.url),
  verify: () => new URL("./paritas-verify.wasm", import.meta.url),
};

async function load(options: InitOptions): Promise<void> {
  const { wasm } = options;
  const sourceOf = (part: Part): WasmSource =>
    options[part] || (wasm instanceof URL ? new URL(`paritas-${part}.wasm`, wasm) : beside[part]());
  const wanted = missing(options);
  const [first, ...others] = await Promise.all([
    raw === undefined ? compiled(wasm ?? beside.first()) : undefined,
    ...wanted.map((part) => compiled(sourceOf(part))),
  ]);
  if (first !== undefined) raw = await instantiated(first);
  for (const [i, part] of wanted.entries()) {
    raw = await extended(raw!, others[i]!, later);
    there.add(part);
  }
  loaded = withViews(raw!);
  if (there.size < parts.length) loaded = withoutRest(loaded);
}

/** Functions of ours that a module calls, by name. */
export const callbacks: Record<string, (...values: number[]) => number> = {};

/** One of these, or of a module that is not there yet: the self check runs the indexes, and may be loaded before them. */
function later(name: string): (...values: never[]) => unknown {
  return (...values) => (callbacks[name] ?? (core()[name as keyof Core] as (...values: number[]) => number))(...values);
}

/** Growth of the memory detaches its views, so they are made anew when the old ones have lost their bytes. */
function withViews(module: RawModule): Core {
  let bytes = new Uint8Array(0);
  let words = new Uint32Array(0);
  let floats = new Float32Array(0);
  let doubles = new Float64Array(0);
  const fresh = (): void => {
    if (bytes.length > 0) return;
    const { buffer } = module.memory;
    bytes = new Uint8Array(buffer);
    words = new Uint32Array(buffer);
    floats = new Float32Array(buffer);
    doubles = new Float64Array(buffer);
  };
  return {
    ...module,
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

function withoutRest(module: Core): Core {
  return new Proxy(module, {
    get(target, name) {
      if (name in target) return target[name as keyof Core];
      const absent = parts.filter((part) => !there.has(part));
      // The self check asks for C++ names, which do not say where they are: it needs all the modules anyway.
      const known = absent.find((part) => PARTS[part].test(String(name)));
      const needed = String(name).startsWith("_Z") || known === undefined ? absent : [known];
      const files = needed.map((part) => `paritas-${part}.wasm`).join(" and ");
      throw new ParitasError("unsupported", `init() must load ${files} too: ${String(name)} is in there`);
    },
  });
}

export function core(): Core {
  if (loaded === undefined) throw new Error("call `await init()` once before using paritas");
  return loaded;
}
