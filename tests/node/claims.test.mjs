import assert from "node:assert/strict";
import test from "node:test";
import { init, splitClaims } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("claims")) {
  test(`split_claims: ${id}`, () => {
    const { text, ...options } = given;
    const actual = outcome(() => splitClaims(text, options));
    assert.deepEqual(actual, expect);
  });
}
