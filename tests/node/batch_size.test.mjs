import assert from "node:assert/strict";
import test from "node:test";
import { init, optimalBatchSize } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("batch_size")) {
  test(`optimal_batch_size: ${id}`, () => {
    const options = { strictMemory: given.strict_memory };
    const call = () =>
      optimalBatchSize(given.total_items, given.available_memory_mb, given.memory_per_item_mb, options);
    assert.deepEqual(outcome(call), expect);
  });
}
