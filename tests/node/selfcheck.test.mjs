import assert from "node:assert/strict";
import test from "node:test";
import { init, selfcheck, selfcheckReport } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("selfcheck")) {
  test(`selfcheck: ${id}`, () => {
    const actual = outcome(() => selfcheck(given.cases));
    assert.deepEqual(actual, expect);
  });
}

test("the report has the digest of selfcheck and counts every case once", () => {
  const { digest, features } = selfcheckReport(1001);
  assert.equal(digest, selfcheck(1001));
  assert.equal(
    features.reduce((sum, { cases }) => sum + cases, 0),
    1001,
  );
});
