import assert from "node:assert/strict";
import test from "node:test";
import { init, stemEnglish } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("stem_english")) {
  test(`stemEnglish: ${id}`, () => {
    const actual = outcome(() => stemEnglish(given.word));
    assert.deepEqual(actual, expect);
  });
}
