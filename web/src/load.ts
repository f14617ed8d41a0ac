import { ParitasError } from "./errors.js";
import type { RawModule } from "./raw.js";

/** A module: where it is, what is in it, or compiled already. */
export type WasmSource = URL | BufferSource | WebAssembly.Module;

const ENGINES = "Chrome and Edge 91, Firefox 89, Safari 16.4, Node 20, Deno and Bun have it, and later ones";
// A function of one instruction of SIMD, i8x16.splat.
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

/** @throws ParitasError `unsupported` where the modules cannot run, saying what is missing */
export function checkEngine(): void {
  const { WebAssembly: engine } = globalThis as { WebAssembly?: typeof WebAssembly };
  if (typeof engine?.compile !== "function") {
    const off = "this browser has no WebAssembly, or it is switched off (by a lockdown mode or by whoever manages it)";
    throw new ParitasError("unsupported", `${off}: allow it for this page, or use another browser; ${ENGINES}`);
  }
  if (engine.validate(new Uint8Array(SIMD))) return;
  const old = "this browser's WebAssembly has no SIMD (128 bits)";
  throw new ParitasError("unsupported", `${old}: update it, or use another one; ${ENGINES}`);
}

/**
 * @throws ParitasError `not_found` for a file that cannot be fetched, with its URL and status; `corrupt_data` for one that is
 *   no module; `unsupported` where the policy of the page forbids modules
 */
export async function compiled(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  try {
    return await (source instanceof URL ? fetched(source) : WebAssembly.compile(source));
  } catch (error) {
    if (!(error instanceof Error) || error instanceof ParitasError) throw error;
    const { message } = error;
    if (/Content.Security.Policy|unsafe-eval|\bCSP\b/i.test(message)) {
      const policy = "the Content-Security-Policy of this page forbids WebAssembly";
      throw new ParitasError("unsupported", `${policy}: add 'wasm-unsafe-eval' to its script-src (${message})`);
    }
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    const where = source instanceof URL ? `what is at ${source.href}` : "what init() got";
    const fix = "give init() the file of this version of paritas; a server may have sent a page instead of it";
    throw new ParitasError("corrupt_data", `${where} is no WebAssembly module: ${fix} (${message})`);
  }
}

async function fetched(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === "file:") {
    const node = "node:fs/promises"; // a variable, so that bundlers for pages leave it alone
    const { readFile } = (await import(
      /* webpackIgnore: true */ /* @vite-ignore */ node
    )) as typeof import("node:fs/promises");
    return WebAssembly.compile(await readFile(url));
  }
  const help = "check that the file is served there, or give init() its bytes or another URL";
  const response = await fetch(url).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ParitasError("not_found", `${url.href} could not be fetched (${reason}): ${help}`);
  });
  if (!response.ok) throw new ParitasError("not_found", `${url.href} answered ${response.status}: ${help}`);
  // Compiled while it comes, where the server names its type; browsers keep the code of that for the next visit.
  const named = response.headers.get("Content-Type")?.toLowerCase().startsWith("application/wasm");
  if (named && typeof WebAssembly.compileStreaming === "function") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The first module. All that it asks for is to hear of a larger memory, and a way to stop when there is none left. */
export async function instantiated(module: WebAssembly.Module): Promise<RawModule> {
  const { exports } = await WebAssembly.instantiate(module, {
    env: { emscripten_notify_memory_growth() {} },
    wasi_snapshot_preview1: {
      proc_exit(code: number) {
        throw new WebAssembly.RuntimeError(`the module stopped with ${code}`);
      },
    },
  });
  const raw = exports as unknown as RawModule;
  raw._initialize();
  return raw;
}

/**
 * The modules so far with the functions of another one, which works in the memory of the first and calls their functions: a
 * shared library as https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md describes it.
 *
 * @param later what stands for a function that none of them has yet
 */
export async function extended(
  first: RawModule,
  module: WebAssembly.Module,
  later: (name: string) => WebAssembly.ImportValue,
): Promise<RawModule> {
  const [described] = WebAssembly.Module.customSections(module, "dylink.0");
  const { memorySize, memoryAlign, tableSize } = needs(new Uint8Array(described!));
  const { memory, __indirect_function_table: table } = first;
  const align = 2 ** memoryAlign;
  const base = Math.ceil(first.malloc(memorySize + align) / align) * align; // for good, as its tables lie there
  new Uint8Array(memory.buffer, base, memorySize).fill(0);
  const names = first as unknown as Record<string, WebAssembly.ExportValue>;
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {
    env: {
      ...names,
      __memory_base: new WebAssembly.Global({ value: "i32", mutable: false }, base),
      __table_base: new WebAssembly.Global({ value: "i32", mutable: false }, table.grow(tableSize)),
    },
    "GOT.mem": {}, // where data of the first module lies
    "GOT.func": {}, // which places of the table have its functions
  };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from === "env") {
      imports["env"]![name] ??= later(name);
      continue;
    }
    const found = names[name];
    const place =
      from === "GOT.mem"
        ? (found as WebAssembly.Global).value
        : table.grow(1, found as (...values: never[]) => unknown);
    imports[from]![name] = new WebAssembly.Global({ value: "i32", mutable: true }, place);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  (exports["__wasm_call_ctors"] as () => void)();
  return { ...first, ...exports };
}

/** What the section dylink.0 says: kind and size of a part, then LEB128 numbers; all of ours are in part 1. */
function needs(section: Uint8Array): { memorySize: number; memoryAlign: number; tableSize: number } {
  let at = 2;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = section[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  return { memorySize: number(), memoryAlign: number(), tableSize: number() };
}
