import assert from "node:assert/strict";
import test from "node:test";
import { codeRegions, init, ParitasTypeError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("code_regions")) {
  test(`codeRegions: ${id}`, () => {
    const actual = outcome(() =>
      codeRegions(given.text, given.inline).map(({ kind, start, end, info, closed }) => [
        kind,
        [start, end],
        info,
        closed,
      ]),
    );
    assert.deepEqual(actual, expect);
  });
}

test("codeRegions refuses a wrong type", () => {
  assert.throws(() => codeRegions(1), ParitasTypeError);
  assert.throws(() => codeRegions("", 1), ParitasTypeError);
});

test("codeRegions is linear on a megabyte of backticks", { timeout: 300_000 }, () => {
  let text = "";
  for (let length = 1; text.length < 1e6; length++) text += `${"`".repeat(length)} `;
  assert.equal(codeRegions(text).length, 0);
});
