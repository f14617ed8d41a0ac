import assert from "node:assert/strict";
import test from "node:test";
import {
  confidenceMultiplier,
  confidenceMultiplierBatch,
  init,
  optimalBatchSize,
  ParitasError,
  spaceBound,
  spaceBoundBatch,
  WilliamsSpaceOptimizer,
  WilliamsSpaceOptimizerFFI,
  williamsSpaceBound,
} from "paritas";

await init();
const refuses = (call, code, offset = 0, type = ParitasError) =>
  assert.throws(call, (error) => error instanceof type && error.code === code && error.offset === offset);

test("a count is a safe integer or a BigInt", () => {
  assert.deepEqual(spaceBound(1000n), { ...spaceBound(1000), timeComplexity: 1000n });
  assert.equal(williamsSpaceBound(-5), 1);
  assert.equal(williamsSpaceBound(-(2 ** 40)), 1);
  assert.equal(williamsSpaceBound(2 ** 40), 2 ** 20 * 40);
  assert.equal(williamsSpaceBound(2n ** 62n), 2 ** 31 * 62);
  for (const t of [1000.5, NaN, Infinity, -Infinity, 2 ** 53]) refuses(() => spaceBound(t), "invalid_argument");
  for (const t of [2n ** 63n, -(2n ** 63n) - 1n, 2 ** 63, -1e300]) refuses(() => spaceBound(t), "out_of_range");
  for (const t of ["1000", null, undefined, [1000], {}]) {
    refuses(() => spaceBound(t), "invalid_argument", 0, TypeError);
    refuses(() => confidenceMultiplier(t), "invalid_argument", 0, TypeError);
    refuses(() => new WilliamsSpaceOptimizer().calculateSpaceBound(t), "invalid_argument", 0, TypeError);
  }
});

test("a batch takes both kinds and names the item that is no count", () => {
  const numbers = [-3, 0, 1, 2, 1000, 2 ** 40 + 7, -(2 ** 40)];
  const { spaceBound: bounds } = spaceBoundBatch(numbers, { boundsOnly: true });
  assert.deepEqual(bounds, spaceBoundBatch(BigInt64Array.from(numbers, BigInt)).spaceBound);
  assert.deepEqual(Array.from(bounds), numbers.map(williamsSpaceBound));
  assert.deepEqual(spaceBoundBatch(Int32Array.of(5, 7)).spaceBound, spaceBoundBatch([5, 7]).spaceBound);
  assert.equal(confidenceMultiplierBatch(new BigInt64Array(0)).length, 0);
  refuses(() => spaceBoundBatch([1, 2, 2.5]), "invalid_argument", 2);
  refuses(() => confidenceMultiplierBatch([1, 2 ** 64]), "out_of_range", 1);
  refuses(() => spaceBoundBatch(12), "invalid_argument", 0, TypeError);
  refuses(() => spaceBoundBatch(null), "invalid_argument", 0, TypeError);
});

test("options are known and have their type", () => {
  refuses(() => spaceBoundBatch([1], { bounds: true }), "invalid_argument", 0, TypeError);
  refuses(() => optimalBatchSize(1, 2, 3, { strictMemory: 1 }), "invalid_argument", 0, TypeError);
  refuses(() => optimalBatchSize(1, "2"), "invalid_argument", 0, TypeError);
  refuses(() => confidenceMultiplier(1, 2), "invalid_argument", 0, TypeError);
  refuses(() => new WilliamsSpaceOptimizer({ historyLimit: 1.5 }), "invalid_argument");
  refuses(() => new WilliamsSpaceOptimizer({ historyLimit: 5n }), "invalid_argument", 0, TypeError);
  refuses(() => new WilliamsSpaceOptimizer({ limit: 5 }), "invalid_argument", 0, TypeError);
});

test("the batch of a whole heap's growth comes back whole", () => {
  const t = new BigInt64Array(4_000_000).fill(1000n);
  const { spaceReductionPercent } = spaceBoundBatch(t);
  assert.ok(spaceReductionPercent.every((value) => value === 68.485422990555961));
});

test("an optimizer is a handle", () => {
  assert.equal(WilliamsSpaceOptimizerFFI, WilliamsSpaceOptimizer);
  const optimizer = new WilliamsSpaceOptimizer();
  optimizer.calculateSpaceBound(1000);
  const history = optimizer.spaceEfficiencyHistory;
  optimizer.resetStats();
  assert.equal(history[0], 3.1731347677626394);
  optimizer.dispose();
  optimizer.dispose();
  refuses(() => optimizer.calculateSpaceBound(1000), "closed");
});
