import assert from "node:assert/strict";
import test from "node:test";
import { init, extractNumbers } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("numbers")) {
  test(`extract_numbers: ${id}`, () => {
    const actual = outcome(() => extractNumbers(given.text));
    assert.deepEqual(actual, expect);
  });
}
