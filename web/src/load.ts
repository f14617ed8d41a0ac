import type { RawModule } from "./raw.js";

/** A module: where it is, what is in it, or compiled already. */
export type WasmSource = URL | BufferSource | WebAssembly.Module;

export async function compiled(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  return WebAssembly.compile(source instanceof URL ? await read(source) : source);
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
