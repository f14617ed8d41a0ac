import assert from "node:assert/strict";
import test from "node:test";
import { init, countLines, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("line_count")) {
  test(`countLines: ${id}`, () => {
    assert.deepEqual(
      outcome(() => countLines(given.text)),
      expect,
    );
  });
}

test("countLines: another type is refused", () => {
  assert.throws(() => countLines(5), ParitasError);
});
