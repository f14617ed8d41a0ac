import assert from "node:assert/strict";
import test from "node:test";
import { detectRepetition, init, ParitasError, RepetitionDetector } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );
const textOf = ({ parts }) => parts.map(([piece, times]) => piece.repeat(times)).join("");
const shaped = ({ kind, position, start, covered, period, repeats, unit, novelty }) => ({
  kind,
  read: [0, position],
  where: [start, start + covered],
  period: [start, start + period],
  repeats,
  unit,
  novelty,
});

function streamed(given, cuts = []) {
  const detector = new RepetitionDetector(camel(given.options));
  const text = textOf(given);
  let start = 0;
  for (const cut of [...cuts, text.length]) {
    detector.feed(text.slice(start, cut));
    start = cut;
  }
  const report = detector.finish();
  detector.dispose();
  return report;
}

for (const { id, given, expect } of loadVectors("repetition")) {
  test(`RepetitionDetector: ${id}`, () => {
    const run = () => {
      const out = { stream: shaped(streamed(given)) };
      if (given.options === undefined) out.whole = shaped(detectRepetition(textOf(given)));
      return out;
    };
    assert.deepEqual(outcome(run), expect);
    if (expect.error) return;
    const text = textOf(given);
    const whole = streamed(given);
    for (let cut = 0; cut < Math.min(text.length, 300); cut++) assert.deepEqual(streamed(given, [cut]), whole);
    assert.deepEqual(streamed(given, [...text].keys()), whole);
  });
}

const failure = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return `${error.code}: ${error.message}`;
  }
  return "nothing";
};

test("the first report is kept until reset, and slices the text", () => {
  const text = "\u{1f600} go! ".repeat(30);
  const detector = new RepetitionDetector();
  const first = detector.feed(text);
  assert.equal(first.isLoop, true);
  assert.equal(text.slice(first.start, first.start + first.period), first.unit);
  assert.deepEqual(detector.feed("else"), first);
  assert.deepEqual(detector.finish(), first);
  assert.match(
    failure(() => detector.feed("a")),
    /^stream_finished: the stream has ended: call reset\(\)/,
  );
  assert.match(
    failure(() => detector.finish()),
    /^stream_finished/,
  );
  detector.reset();
  assert.equal(detector.feed("fresh").isLoop, false);
  detector.dispose();
});

test("a lone surrogate counts as one unit", () => {
  assert.deepEqual(detectRepetition("\ud800b".repeat(40)), detectRepetition("\ufffdb".repeat(40)));
});

test("types and options", () => {
  for (const call of [
    () => new RepetitionDetector({ maxPeriod: 1.5 }),
    () => new RepetitionDetector({ maxperiod: 1 }),
    () => new RepetitionDetector().feed(5),
    () => detectRepetition(null),
  ]) {
    assert.match(failure(call), /^invalid_argument/);
  }
  assert.equal(
    failure(() => new RepetitionDetector({ maxPeriod: 4096 })),
    "invalid_argument: max_period must be from 1 to 2048, not 4096",
  );
});
