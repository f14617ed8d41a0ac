import assert from "node:assert/strict";
import test from "node:test";
import { init, keepIndices, nearDuplicateGroups, nearDuplicates, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

for (const { id, given, expect } of loadVectors("near_duplicates")) {
  test(`nearDuplicates: ${id}`, () => {
    const { num_perm: numPerm, ...rest } = given.options;
    const options = { ...rest, numPerm };
    const run = () => ({
      pairs: nearDuplicates(given.texts, options).map(({ i, j, similarity }) => [i, j, similarity]),
      groups: nearDuplicateGroups(given.texts, options),
      kept: keepIndices(given.texts, options),
    });
    assert.deepEqual(outcome(run), expect);
  });
}

test("types and options", () => {
  for (const call of [
    () => nearDuplicates("abc"),
    () => nearDuplicates(["a", 5]),
    () => keepIndices(["a"], { threshold: "high" }),
    () => nearDuplicateGroups(["a"], { method: 3 }),
    () => nearDuplicateGroups(["a"], { k: 1.5 }),
    () => keepIndices(["a"], { limit: 1 }),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "invalid_argument");
  }
});
