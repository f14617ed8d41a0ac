import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import {
  Analyzer,
  BM25,
  EmbeddingIndex,
  hasSecrets,
  init,
  ParitasError,
  selfcheck,
  signals,
  trendDrop,
  validateFormat,
  validateFormatBatch,
  validateToolName,
  williamsSpaceBound,
} from "paritas";

const dist = new URL("../../dist/", import.meta.url);
const ALONE = { chunk: false, guard: false, match: false, ocr: false, repair: false, search: false, verify: false };

test("before init() everything says what is missing", () => {
  assert.throws(() => williamsSpaceBound(16), /await init\(\)/);
});

test("a module that cannot be read is an error, and init() may be tried again", async () => {
  await assert.rejects(init({ wasm: new URL("nowhere.wasm", dist), ...ALONE }), { code: "ENOENT" });
});

test("the first module alone has the functions up to retrieve", async () => {
  await init({ wasm: await readFile(new URL("paritas.wasm", dist)), ...ALONE });
  assert.equal(williamsSpaceBound(16), 16);
  const unsupported = (file) => (error) =>
    error instanceof ParitasError && error.code === "unsupported" && error.message.includes(file);
  assert.throws(() => trendDrop([0.8, 0.2]), unsupported("paritas-verify.wasm"));
  assert.throws(() => new EmbeddingIndex(), unsupported("paritas-search.wasm"));
  assert.throws(() => new BM25(), unsupported("paritas-search.wasm"));
  assert.throws(() => validateFormat("1", "number"), unsupported("paritas-ocr.wasm"));
  assert.throws(() => hasSecrets(""), unsupported("paritas-guard.wasm"));
  assert.throws(() => validateToolName("read"), unsupported("paritas-match.wasm"));
  assert.throws(() => validateFormatBatch(["1"], "number"), unsupported("paritas-ocr.wasm"));
});

test("the others come later in any order, work in the same memory, and what was made before lives on", async () => {
  const words = new Analyzer({ minLength: 4, stemmer: "none" });
  const verify = await WebAssembly.compile(await readFile(new URL("paritas-verify.wasm", dist)));
  await init({ ...ALONE, verify });
  assert.throws(() => selfcheck(50), /paritas-search\.wasm/);
  await Promise.all([init({ search: await readFile(new URL("paritas-search.wasm", dist)) }), init()]);
  assert.match(selfcheck(50), /^[0-9a-f]{16}$/);
  assert.equal(validateFormat("12,50", "number").normalized, "12.50");
  assert.deepEqual(new EmbeddingIndex([[1, 0]], ["east"]).query([2, 0], 1), [["east", 1]]);
  assert.equal(trendDrop([0.8, 0.2]), 0.6000000000000001);
  assert.equal(signals("Four cats.", "Four cats sat.").numericalConsistency, true);
  assert.deepEqual(words.analyze("a red fox sleeps"), ["sleeps"]);
});
