import assert from "node:assert/strict";
import test from "node:test";
import { countTokens, countTokensApprox, countTokensBatch, init, ParitasTypeError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("sizer")) {
  test(`countTokens: ${id}`, () => {
    assert.deepEqual(
      outcome(() => countTokens(given.text)),
      expect,
    );
    assert.deepEqual(
      outcome(() => countTokensApprox(given.text)),
      expect,
    );
    assert.deepEqual(
      outcome(() => countTokensBatch([given.text])[0]),
      expect,
    );
  });
}

test("countTokens refuses a wrong type", () => {
  assert.throws(() => countTokens(1), ParitasTypeError);
  assert.throws(() => countTokensBatch("abc"), ParitasTypeError);
});
