// Lists what modules import from others, as the linker wants it for the module that gives it:
//   node toolchains/imported.mjs --ask OUT MODULE         what another one may export if it has it
//   node toolchains/imported.mjs --export OUT MODULE..    what none of them has, as Emscripten's list of exports
import { readFileSync, writeFileSync } from "node:fs";

const [, , mode, out, ...files] = process.argv;
// Of the linker itself, and what the loader gives.
const OTHERS = new Set(["memory", "__indirect_function_table", "__stack_pointer", "__memory_base", "__table_base"]);
for (const name of ["chunkCount", "hnswCall"]) OTHERS.add(name); // `callbacks` of web/src/module.ts
const modules = files.map((file) => new WebAssembly.Module(readFileSync(file)));
const given = new Set(modules.flatMap((module) => WebAssembly.Module.exports(module).map(({ name }) => name)));
const names = [
  ...new Set(modules.flatMap((module) => WebAssembly.Module.imports(module).map(({ name }) => name))),
].filter((name) => !OTHERS.has(name) && !given.has(name));
// The functions of the library are the first module's, though RE2 brings some of its own: it is often loaded last.
const ours = names.filter((name) => !/^_ZN?K?St/.test(name));
if (mode === "--ask") writeFileSync(out, ours.map((name) => `--export-if-defined=${name}\n`).join(""));
else writeFileSync(out, JSON.stringify([...new Set(["malloc", "free", ...names])].map((name) => `_${name}`)));
