import assert from "node:assert/strict";
import test from "node:test";
import { init, PreparedSource, verify, verifyBatch, VerifiedScorer } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

const camel = (key) => key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const CALL = ["response", "source", "atomic", "evidence_top_k", "scores"];

/** The call and the options of a case. */
function split(given) {
  const pick = (wanted) =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([key]) => CALL.includes(key) === wanted)
        .map(([key, value]) => [camel(key), value]),
    );
  return [pick(true), pick(false)];
}

for (const { id, given, expect } of loadVectors("verifier")) {
  test(`verify: ${id}`, () => {
    const [{ response, source, ...call }, options] = split(given);
    assert.deepEqual(
      outcome(() => new VerifiedScorer(options).verify(response, source, call)),
      expect,
    );
    assert.deepEqual(
      outcome(() => verify(response, source, { ...call, ...options })),
      expect,
    );
    const prepared = outcome(() => new PreparedSource(source).dispose());
    if (prepared.error !== undefined) return;
    using_(new PreparedSource(source), (read) => {
      assert.deepEqual(
        outcome(() => new VerifiedScorer(options).verify(response, read, call)),
        expect,
      );
    });
  });
}

function using_(handle, call) {
  try {
    return call(handle);
  } finally {
    handle.dispose();
  }
}

for (const { id, given, expect } of loadVectors("verifier_plan")) {
  test(`plan and finish: ${id}`, () => {
    const [{ response, source, scores, ...call }, options] = split(given);
    const scorer = new VerifiedScorer(options);
    using_(scorer.plan(response, source, call), (plan) => {
      const found = outcome(() => ({ pairs: plan.pairs, result: scorer.finish(plan, scores) }));
      assert.deepEqual(found, expect);
      if (plan.pairs.length === 0) return;
      const asked = outcome(() =>
        new VerifiedScorer({ ...options, nliScorer: () => scores }).verify(response, source, call),
      );
      assert.deepEqual(asked, expect.error === undefined ? { value: expect.value.result } : expect);
    });
  });
}

for (const { id, given, expect } of loadVectors("verifier_batch")) {
  test(`verify_batch: ${id}`, () => {
    const { responses, sources, ...rest } = given;
    const [, options] = split(rest);
    const rows = (results) =>
      results.map(({ approved, score, status, reasons }) => ({
        approved,
        score,
        status,
        reasons: reasons.map(({ code, message }) => [code, message]),
      }));
    assert.deepEqual(
      outcome(() => rows(new VerifiedScorer(options).verifyBatch(responses, sources))),
      expect,
    );
    assert.deepEqual(
      outcome(() => rows(verifyBatch(responses, sources, options))),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("prepared_source")) {
  test(`PreparedSource: ${id}`, () => {
    const found = outcome(() =>
      using_(new PreparedSource(given.source, given.ids), (source) => ({
        passages: source.passages.length,
        sentences: source.sentences,
        characters: source.characters,
        ids: source.ids,
      })),
    );
    assert.deepEqual(found, expect);
  });
}

const CLAIM = "The plan includes 5 seats.";
const SOURCE = "The plan includes five seats.";

test("an nliScorer may be a function or an object, and take its time", async () => {
  const asked = [];
  const scorers = [
    (pairs) => (asked.push(...pairs), pairs.map(() => 0.99)),
    { scoreBatch: (pairs) => (asked.push(...pairs), pairs.map(() => 0.99)) },
    { score: (premise, hypothesis) => (asked.push([premise, hypothesis]), 0.99) },
  ];
  for (const nliScorer of scorers) assert.ok(verify(CLAIM, SOURCE, { nliScorer }).approved);
  assert.deepEqual(asked, [
    [SOURCE, CLAIM],
    [SOURCE, CLAIM],
    [SOURCE, CLAIM],
  ]);
  for (const nliScorer of [async () => [0.99], { score: async () => 0.99 }, () => [0.99]]) {
    assert.ok((await new VerifiedScorer({ nliScorer }).verifyAsync(CLAIM, SOURCE)).approved);
  }
  assert.ok((await new VerifiedScorer().verifyAsync(CLAIM, SOURCE)).approved);
});

test("what an nliScorer throws goes on, and a promise is not taken for scores", async () => {
  const broken = new VerifiedScorer({
    nliScorer() {
      throw new Error("out of memory");
    },
  });
  assert.throws(() => broken.verify(CLAIM, SOURCE), /out of memory/);
  assert.throws(() => broken.verifyBatch([CLAIM], [SOURCE]), /out of memory/);
  await assert.rejects(broken.verifyAsync(CLAIM, SOURCE), /out of memory/);
  const late = new VerifiedScorer({ nliScorer: () => Promise.reject(new Error("no network")) });
  assert.throws(() => late.verify(CLAIM, SOURCE), TypeError);
  await assert.rejects(late.verifyAsync(CLAIM, SOURCE), /no network/);
});

test("what never returns times out or is aborted", async () => {
  const scorer = new VerifiedScorer({ nliScorer: () => new Promise(() => undefined) });
  await assert.rejects(scorer.verifyAsync(CLAIM, SOURCE, { timeoutMs: 10 }), { name: "TimeoutError" });
  const stop = new AbortController();
  const waiting = scorer.verifyAsync(CLAIM, SOURCE, { signal: stop.signal });
  stop.abort(new Error("the user has gone"));
  await assert.rejects(waiting, /the user has gone/);
  await assert.rejects(scorer.verifyAsync(CLAIM, SOURCE, { signal: stop.signal }), /the user has gone/);
});

test("what is no score approves nothing", () => {
  for (const answer of [NaN, -0.1, 1.1, Infinity, "high", null]) {
    const result = verify(CLAIM, SOURCE, { nliScorer: () => [answer] });
    assert.equal(result.approved, false);
    assert.deepEqual(
      result.reasons.map(({ code }) => code),
      ["nli_invalid"],
    );
  }
});

test("wrong types are TypeErrors with a code", () => {
  for (const wrong of [undefined, null, 5, true]) {
    assert.throws(() => verify(wrong, SOURCE), TypeError);
    assert.throws(() => verify(CLAIM, wrong), TypeError);
    assert.throws(() => verify(CLAIM, [wrong]), TypeError);
  }
  assert.throws(() => verify(CLAIM, SOURCE, { evidenceTopK: 1.5 }), TypeError);
  assert.throws(() => new VerifiedScorer({ nliTreshold: 0.5 }), TypeError);
});

test("scores come as arrays, and one bad pair does not spoil them", () => {
  const found = new VerifiedScorer().scoreBatch(
    [CLAIM, undefined, "The fee is €9."],
    [SOURCE, SOURCE, "The fee is $9."],
  );
  assert.deepEqual(found.approved, [true, false, false]);
  assert.equal(found.score[1], 0);
});

test("a disposed source or plan says so", () => {
  const source = new PreparedSource(SOURCE);
  const scorer = new VerifiedScorer();
  const plan = scorer.plan(CLAIM, source);
  assert.ok(scorer.finish(plan, [0.9]).approved);
  source.dispose();
  assert.throws(() => scorer.verify(CLAIM, source), { code: "closed" });
  assert.throws(() => scorer.finish(plan, [0.9]), { code: "closed" });
  plan.dispose();
  assert.throws(() => scorer.finish(plan, [0.9]), { code: "closed" });
});
