import assert from "node:assert/strict";
import test from "node:test";
import { init, stem } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("stem_light")) {
  test(`stem: ${id}`, () => {
    const actual = outcome(() => stem(given.word));
    assert.deepEqual(actual, expect);
  });
}
