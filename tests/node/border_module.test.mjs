import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { BM25, init, ParitasError, signals, trendDrop, williamsSpaceBound } from "paritas";

const dist = new URL("../../dist/", import.meta.url);

test("before init() everything says what is missing", () => {
  assert.throws(() => williamsSpaceBound(16), /await init\(\)/);
});

test("a module that cannot be read is an error, and init() may be tried again", async () => {
  await assert.rejects(init({ wasm: new URL("nowhere.wasm", dist), verify: false }), { code: "ENOENT" });
});

test("the first module alone has the functions up to retrieve", async () => {
  await init({ wasm: await readFile(new URL("paritas.wasm", dist)), verify: false });
  assert.equal(williamsSpaceBound(16), 16);
  assert.throws(
    () => trendDrop([0.8, 0.2]),
    (error) =>
      error instanceof ParitasError && error.code === "unsupported" && /paritas-verify\.wasm/.test(error.message),
  );
});

test("the second module comes later, works in the same memory, and what was made before lives on", async () => {
  const index = new BM25();
  index.addDocument("a", "red fox");
  const verify = await WebAssembly.compile(await readFile(new URL("paritas-verify.wasm", dist)));
  await Promise.all([init({ verify }), init()]);
  assert.equal(trendDrop([0.8, 0.2]), 0.6000000000000001);
  assert.equal(signals("Four cats.", "Four cats sat.").numericalConsistency, true);
  assert.deepEqual(
    index.query("fox").map(({ id }) => id),
    ["a"],
  );
});
