import assert from "node:assert/strict";
import test from "node:test";
import { CoherenceScorer, FactStore, init, ParitasError } from "paritas";

await init();
const answer = "They live in the south.";
const context = "Penguins are birds of the south.";

test("wrong types are TypeErrors", () => {
  const scorer = new CoherenceScorer();
  for (const call of [
    () => scorer.review(null, "a"),
    () => scorer.review("a", 5),
    () => scorer.review("a", "b", 5),
    () => new CoherenceScorer({ factStore: {} }),
    () => new CoherenceScorer({ threshold: "x" }),
    () => new CoherenceScorer({ topK: 1.5 }),
    () => new CoherenceScorer({ tenantId: null }),
    () => new CoherenceScorer({ treshold: 1 }),
  ]) {
    assert.throws(call, (error) => error instanceof TypeError && error instanceof ParitasError, String(call));
  }
  scorer.dispose();
  assert.throws(() => scorer.review("a", "b"), { code: "closed" });
});

test("a model may take its time, and sees the claims and the prompt", async () => {
  const seen = [];
  const later = new CoherenceScorer({
    nliScorer: async (pairs) => {
      seen.push(...pairs);
      return pairs.map(() => 0.75);
    },
  });
  const { approved, score } = await later.reviewAsync("Where?", answer, context);
  assert.deepEqual(seen, [
    [context, answer],
    ["Where?", answer],
  ]);
  assert.ok(approved && score.hLogical === 0.25);
  const now = new CoherenceScorer({ nliScorer: { score: () => 0.75 } });
  assert.deepEqual(now.review("Where?", answer, context).score, score);
  assert.deepEqual((await now.reviewAsync("Where?", answer, context)).score, score);
  assert.throws(() => later.review("Where?", answer, context), TypeError);
  const never = new CoherenceScorer({ nliScorer: () => new Promise(() => {}) });
  await assert.rejects(never.reviewAsync("Where?", answer, context, { timeoutMs: 5 }), { name: "TimeoutError" });
  const fails = new CoherenceScorer({ nliScorer: () => Promise.reject(new Error("no model")) });
  await assert.rejects(fails.reviewAsync("Where?", answer, context), { message: "no model" });
  for (const scorer of [later, now, never, fails]) scorer.dispose();
});

test("facts may change between reviews", () => {
  const store = new FactStore();
  const scorer = new CoherenceScorer({ factStore: store });
  const said = "Refunds are accepted within 30 days.";
  assert.equal(scorer.review("How long?", said).approved, false);
  store.add("refunds", said);
  assert.equal(scorer.review("How long?", said).approved, true);
  store.dispose();
  assert.throws(() => scorer.review("How long?", said), { code: "closed" });
  scorer.dispose();
});

test("reviews leave no memory behind", async () => {
  const { core } = await import("../../dist/module.js");
  const store = new FactStore();
  store.add("a", "The plan costs $10.");
  const size = () => {
    for (let i = 0; i < 3_000; ++i) {
      const scorer = new CoherenceScorer({ factStore: store });
      scorer.review("How much?", `The plan costs $${i}. It is good. `.repeat(5));
      scorer.dispose();
    }
    return core().HEAPU8.length;
  };
  const first = size();
  assert.equal(size(), first);
  store.dispose();
});
