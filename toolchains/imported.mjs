// Lists what one module imports from another, as Emscripten wants its exports: node toolchains/imported.mjs MODULE OUT
import { readFileSync, writeFileSync } from "node:fs";

const [, , file, out] = process.argv;
// Of the linker itself, and what the loader gives.
const OTHERS = new Set(["memory", "__indirect_function_table", "__stack_pointer", "__memory_base", "__table_base"]);
const names = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(file)))
  .map(({ name }) => name)
  .filter((name) => !OTHERS.has(name));
writeFileSync(out, JSON.stringify(["malloc", "free", ...names].map((name) => `_${name}`)));
