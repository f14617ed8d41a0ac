import assert from "node:assert/strict";
import test from "node:test";
import { CoherenceScorer, FactStore, init } from "paritas";
import { loadVectors, outcome, plain } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());

/** Calls with both ways to ask a model; the loop over the vectors needs no promise. */
function run({ facts, options = {}, prompt, answer, context, scores, fields }) {
  const named = Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
  const store = facts === undefined ? undefined : new FactStore();
  for (const [id, text, tenant] of facts ?? []) store.add(id, text, tenant);
  let scorer;
  try {
    scorer = new CoherenceScorer({
      ...named,
      factStore: store,
      nliScorer: scores === undefined ? undefined : () => scores,
    });
    const { approved, score } = scorer.review(prompt, answer, context);
    assert.equal(approved, score.approved);
    const value = plain(score);
    return fields === undefined ? value : Object.fromEntries(fields.map((field) => [field, value[field]]));
  } finally {
    scorer?.dispose();
    store?.dispose();
  }
}

for (const { id, given, expect } of loadVectors("coherence")) {
  test(`CoherenceScorer: ${id}`, () => {
    assert.deepEqual(
      outcome(() => run(given)),
      expect,
    );
  });
}
