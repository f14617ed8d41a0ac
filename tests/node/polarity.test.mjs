import assert from "node:assert/strict";
import test from "node:test";
import { init, extractCues } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("polarity")) {
  test(`extract_cues: ${id}`, () => {
    const actual = outcome(() => extractCues(given.text));
    assert.deepEqual(actual, expect);
  });
}
