import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { core } from "../../dist/module.js";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("maths")) {
  test(`maths: ${id}`, () => {
    const actual = outcome(() => core()[given.function](given.x));
    assert.deepEqual(actual, expect);
  });
}
