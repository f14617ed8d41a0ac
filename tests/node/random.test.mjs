import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { core } from "../../dist/module.js";
import { loadVectors } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("random")) {
  test(`Random: ${id}`, () => {
    const [nexts, belows, units] = [0, 1, 2].map(() => core().randomCreate(BigInt(`0x${given.seed}`)));
    const draw = (one) => Array.from({ length: given.draws }, one);
    const value = {
      next: draw(() => BigInt.asUintN(64, core().randomNext(nexts)).toString(16).padStart(16, "0")),
      below: draw(() => core().randomBelow(belows, given.count)),
      unit: draw(() => core().randomUnit(units)),
    };
    for (const handle of [nexts, belows, units]) core().randomDelete(handle);
    assert.deepEqual({ value }, expect);
  });
}
