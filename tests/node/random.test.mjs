import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { core } from "../../dist/module.js";
import { loadVectors } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("random")) {
  test(`Random: ${id}`, () => {
    const [nexts, belows, units] = [0, 1, 2].map(() => core().Random.create(given.seed));
    const draw = (one) => Array.from({ length: given.draws }, one);
    const value = {
      next: draw(() => nexts.next()),
      below: draw(() => belows.below(given.count)),
      unit: draw(() => units.unit()),
    };
    for (const handle of [nexts, belows, units]) handle.delete();
    assert.deepEqual({ value }, expect);
  });
}
