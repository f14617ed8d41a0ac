import assert from "node:assert/strict";
import test from "node:test";
import { init, normalizeBlock, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("normalize_block")) {
  test(`normalizeBlock: ${id}`, () => {
    assert.deepEqual(
      outcome(() => normalizeBlock(given.block)),
      expect,
    );
  });
}

test("normalizeBlock: another type is refused", () => {
  assert.throws(() => normalizeBlock(5), ParitasError);
});
