import assert from "node:assert/strict";
import test from "node:test";
import { init, terms } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("terms")) {
  test(`terms: ${id}`, () => {
    const actual = outcome(() => terms(given.text));
    assert.deepEqual(actual, expect);
  });
}
