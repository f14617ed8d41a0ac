import assert from "node:assert/strict";
import test from "node:test";
import { init, sentences } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("sentences")) {
  test(`sentences: ${id}`, () => {
    const actual = outcome(() => sentences(given.text));
    assert.deepEqual(actual, expect);
  });
}
