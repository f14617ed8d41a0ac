import assert from "node:assert/strict";
import test from "node:test";
import { init, extractEntities } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("entities")) {
  test(`extract_entities: ${id}`, () => {
    const actual = outcome(() => extractEntities(given.text));
    assert.deepEqual(actual, expect);
  });
}
