import { ParitasError, ParitasTypeError } from "./errors.js";
import { checkEngine, compiled, extended, instantiated, type WasmSource } from "./load.js";
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
  ocr: /^(field|format|tesseract|textQuality|validateFormat)/,
  search: /^(bm25|embedding|filter|fus|hamming|hnsw|hybrid|matches|quantized|rescore|vectorIndex)/,
  regex: /^regex/,
  match: /^(aho|classif|cycle|loop|match(?!es)|registry|repetition|signature|thinking|toolName)/,
  guard: /^(pii|secret|validateResponse)/,
  repair: /^(coerce|dedup|hash[A-Z]|json|minhash|nearDuplicate|normalizeText|repair|simhash|textNormalizer)/,
  chunk: /^(chunk|count(Lines|Tokens)|detectDocType|line[A-Z])/,
  verify: /^/,
} as const;
export type PartName = keyof typeof PARTS;
const ORDER = Object.keys(PARTS) as PartName[];

/** Where a module of these is found: each in a file of its own, so that a bundle carries only those that it loads. */
export type Beside<Name extends PartName> = { readonly [Key in Name]: () => URL };

export type Sources<Name extends PartName> = { [Key in Name]?: WasmSource | false | undefined } & {
  wasm?: WasmSource | undefined;
};

let raw: RawModule | undefined;
let loaded: Core | undefined;
const there = new Set<PartName>();
let loading: Promise<void> | undefined;

/** Loads the first module and these others, each once. What is there already stays, whoever has loaded it. */
export async function load<Name extends PartName>(
  sources: Sources<NoInfer<Name>>,
  first: () => URL,
  beside: Beside<Name>,
): Promise<void> {
  const missing = (): Name[] =>
    (ORDER.filter((part) => part in beside) as Name[]).filter((part) => sources[part] !== false && !there.has(part));
  while (loaded === undefined || missing().length > 0) {
    // One load at a time, so that nobody gets half of another one's; a failed one may be tried again.
    loading ??= loadMissing(sources, first, beside, missing()).finally(() => (loading = undefined));
    await loading;
  }
}

async function loadMissing<Name extends PartName>(
  sources: Sources<NoInfer<Name>>,
  first: () => URL,
  beside: Beside<Name>,
  wanted: Name[],
): Promise<void> {
  checkEngine();
  const { wasm } = sources;
  const sourceOf = (part: Name): WasmSource =>
    sources[part] || (wasm instanceof URL ? new URL(`paritas-${part}.wasm`, wasm) : beside[part]());
  const [base, ...others] = await Promise.all([
    raw === undefined ? compiled(wasm ?? first()) : undefined,
    ...wanted.map((part) => compiled(sourceOf(part))),
  ]);
  if (base !== undefined) raw = await instantiated(base);
  for (const [i, part] of wanted.entries()) {
    raw = await extended(raw!, others[i]!, later);
    there.add(part);
  }
  loaded = withViews(raw!);
  const absent = ORDER.filter((part) => !there.has(part) && part !== "regex"); // whose calls the core itself refuses
  if (absent.length > 0) loaded = withoutRest(loaded, absent);
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

/** What is looked up when a function is not there; those that are there are found first. */
function withoutRest(module: Core, absent: PartName[]): Core {
  const rest = new Proxy(Object.prototype, {
    get(_, name) {
      // The self check asks for C++ names, which do not say where they are: it needs all the modules anyway.
      const known = absent.find((part) => PARTS[part].test(String(name)));
      const needed = String(name).startsWith("_Z") || known === undefined ? absent : [known];
      const files = needed.map((part) => `paritas-${part}.wasm`).join(" and ");
      const how = needed.map((part) => `"paritas/${part}"`).join(" or ");
      const message = `init() must load ${files} too, that of "paritas" or ${how} does: ${String(name)} is in there`;
      throw new ParitasError("unsupported", message);
    },
  });
  return Object.setPrototypeOf(module, rest) as Core;
}

export function core(): Core {
  if (loaded === undefined) throw new Error("call `await init()` once before using paritas");
  return loaded;
}
