import assert from "node:assert/strict";
import test from "node:test";
import { init, validateToolName } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("tool_name")) {
  test(`validateToolName: ${id}`, () => {
    assert.deepEqual(
      outcome(() => validateToolName(given.name)),
      expect,
    );
  });
}

test("validateToolName: a lone surrogate is no letter", () => {
  assert.deepEqual(validateToolName("a\ud800"), { ok: false, reason: "invalid_characters" });
});
