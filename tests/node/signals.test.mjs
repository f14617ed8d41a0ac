import assert from "node:assert/strict";
import test from "node:test";
import { entityOverlap, init, negationFlip, numericalConsistency, signals, signalsBatch, traceability } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const features = {
  signals: [signals, "claim", "source"],
  signals_batch: [signalsBatch, "claims", "sources"],
  signals_entity_overlap: [entityOverlap, "text_a", "text_b"],
  signals_negation_flip: [negationFlip, "claim", "source"],
  signals_numerical_consistency: [numericalConsistency, "claim", "source"],
  signals_traceability: [traceability, "claim", "source"],
};
for (const [stem, [call, first, second]] of Object.entries(features)) {
  for (const { id, given, expect } of loadVectors(stem)) {
    test(`${stem}: ${id}`, () => {
      const actual = outcome(() => call(given[first], given[second]));
      assert.deepEqual(actual, expect);
    });
  }
}
