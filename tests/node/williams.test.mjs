import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome, plain } from "./vectors.mjs";

await paritas.init();
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** What an optimizer returned for each step, and what it says afterwards. */
function runOptimizer(steps, historyLimit) {
  const optimizer = new paritas.WilliamsSpaceOptimizer({ historyLimit });
  const returns = steps.map(([method, ...rest]) => {
    const result = plain(optimizer[camel(method)](...rest)) ?? null;
    return result === null || typeof result === "number" ? result : Object.values(result);
  });
  const after = {
    returns,
    history: optimizer.spaceEfficiencyHistory,
    maximum: optimizer.maxEfficiencyAchieved,
    stats: optimizer.getOptimizationStats(),
  };
  optimizer.dispose();
  return after;
}

/** The call of a vector: a function, an optimizer with its steps, or the constants. */
function run({ call, steps, history_limit: historyLimit, bounds_only: boundsOnly, ...given }) {
  if (call === "WilliamsSpaceOptimizer") return runOptimizer(steps, historyLimit);
  const options = boundsOnly === undefined ? [] : [{ boundsOnly }];
  return paritas[camel(call)](...Object.values(given), ...options);
}

for (const { id, given, expect } of loadVectors("williams")) {
  test(`the Williams numbers: ${id}`, () => {
    if (given.call === "constants") {
      const { MATHALIVE_GRAVITY_P, TSP_LEVERAGE_MULTIPLIERS } = paritas;
      assert.deepEqual(
        { MATHALIVE_GRAVITY_P, TSP_LEVERAGE_MULTIPLIERS: { ...TSP_LEVERAGE_MULTIPLIERS } },
        expect.value,
      );
      return;
    }
    const actual = outcome(() => run(given));
    assert.deepEqual(actual, expect);
  });
}

async function sha256(values) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", values));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("the Williams numbers of 0 to 1,000,000 have the published digests", async () => {
  const t = BigInt64Array.from({ length: 1_000_001 }, (_, i) => BigInt(i));
  const { spaceBound, efficiency, spaceReductionPercent } = paritas.spaceBoundBatch(t);
  assert.equal(await sha256(spaceBound), "c0aa9a79bf5bc544b74f4aa9736c852d9b6a00fd6f65de57f7803ae7d62e0578");
  assert.equal(await sha256(efficiency), "594b9b9b1681cc88292989d824ff2908690794583a6d76228142c41666e64f34");
  assert.equal(await sha256(spaceReductionPercent), "7e82d2d2ae26e65ae665c9a528dd88208ea908973a89a675a88bceb689cd21a9");
  const regimes = {
    balance: "b2cd4977cb5478381bb675d222ed778aebed0ff258d13cc0d8e2df52305bf1b7",
    exploration: "9be6199545473ce696269e1df3940a39365eab2a999a822a2d3034083619b319",
    support: "f75162e44afa54c9ce479220ccd96af7c69ec7c3556c6dd8595b929ac38dc443",
  };
  for (const [regime, digest] of Object.entries(regimes)) {
    assert.equal(await sha256(paritas.confidenceMultiplierBatch(t, regime)), digest);
  }
});
