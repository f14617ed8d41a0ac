import assert from "node:assert/strict";
import test from "node:test";
import { CycleDetector, init, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );

for (const { id, given, expect } of loadVectors("cycles")) {
  test(`CycleDetector: ${id}`, () => {
    const run = () => {
      const detector = new CycleDetector(camel(given.options));
      const out = given.calls.map((call) => {
        const report = typeof call === "string" ? detector.recordSignature(call) : detector.record(...call);
        const { isCycle, ...rest } = report;
        assert.equal(isCycle, rest.period > 0);
        return rest;
      });
      detector.dispose();
      return out;
    };
    assert.deepEqual(outcome(run), expect);
  });
}

test("reset, default, and what is refused changes nothing", () => {
  const detector = new CycleDetector({ sameRepeats: 2 });
  detector.record("read", new Date(0), { default: () => 1 });
  assert.throws(
    () => detector.record("read", { a: new Date(0) }),
    (error) => error instanceof ParitasError && error.code === "unsupported_type" && / at \/a /.test(error.message),
  );
  assert.equal(detector.record("read", 1).repeats, 2);
  detector.reset();
  assert.equal(detector.record("read", 1).isCycle, false);
  for (const call of [
    () => new CycleDetector({ repeats: "3" }),
    () => detector.record(1, {}),
    () => detector.recordSignature(null),
  ]) {
    assert.throws(call, TypeError);
  }
  detector.dispose();
});
