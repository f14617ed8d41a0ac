import assert from "node:assert/strict";
import test from "node:test";
import { batchCoerceStringTypes, coerceStringType, init, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const cases = loadVectors("coerce");
for (const { id, given, expect } of cases) {
  test(`coerceStringType: ${id}`, () => {
    assert.deepEqual(
      outcome(() => coerceStringType(given.s)),
      expect,
    );
  });
}

test("batchCoerceStringTypes: each of them", () => {
  assert.deepEqual(
    batchCoerceStringTypes(cases.map(({ given }) => given.s)),
    cases.map(({ expect }) => expect.value),
  );
});

test("coerceStringType: other types are refused", () => {
  for (const call of [
    () => coerceStringType(5),
    () => batchCoerceStringTypes("a"),
    () => batchCoerceStringTypes([1]),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "invalid_argument");
  }
});
