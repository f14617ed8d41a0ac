// Engines without Symbol.dispose: what compilers make of `using` looks for Symbol.for("Symbol.dispose") there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";

const OLD = `
const Now = Symbol;
const Old = (name) => Now(name);
for (const key of Reflect.ownKeys(Now)) {
  if (!/dispose/i.test(String(key)) && !(key in Old && key === "length")) {
    Object.defineProperty(Old, key, Object.getOwnPropertyDescriptor(Now, key));
  }
}
globalThis.Symbol = Old;
`;
const USE = `
const { BM25, init } = await import("paritas");
const { startWorker } = await import("paritas/worker");
await init();
const [dispose, asyncDispose] = [Symbol.for("Symbol.dispose"), Symbol.for("Symbol.asyncDispose")];
const seen = [Symbol.dispose === undefined];
const index = new BM25();
index[dispose]();
try { index.count(); } catch ({ code }) { seen.push(code); }
const paritas = await startWorker();
const remote = await new paritas.BM25();
await remote[asyncDispose]();
await remote.count().catch(({ message }) => seen.push(message));
await paritas[asyncDispose]();
await paritas.norm([1]).catch(({ code }) => seen.push(code));
console.log(JSON.stringify(seen));
`;

for (const [engine, before, old] of [
  ["an old engine", OLD, true],
  [
    "this one",
    "Symbol.for = ((known) => (name) => ({ 'Symbol.dispose': Symbol.dispose, 'Symbol.asyncDispose': Symbol.asyncDispose })[name] ?? known(name))(Symbol.for);",
    false,
  ],
]) {
  test(`handles and workers can be disposed of by their symbols in ${engine}`, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", before + USE], {
      cwd: new URL("../../", import.meta.url),
      encoding: "utf8",
      timeout: 120_000,
    });
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), [old, "closed", "BM25 was used after dispose()", "closed"]);
  });
}
