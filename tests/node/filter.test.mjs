import assert from "node:assert/strict";
import test from "node:test";
import { init, matchesFilter } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("filter")) {
  test(`matchesFilter: ${id}`, () => {
    const actual = outcome(() => matchesFilter(given.metadata, given.filter));
    assert.deepEqual(actual, expect);
  });
}
