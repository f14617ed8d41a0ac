import assert from "node:assert/strict";
import test from "node:test";
import { HaltMonitor, init, ParitasError, StreamingKernel } from "paritas";
import { driven, fields, tokensOf } from "./halting.mjs";
import { loadVectors, outcome, plain } from "./vectors.mjs";

await init();
const cases = loadVectors("halt");
for (const { id, given, expect } of cases) {
  test(`HaltMonitor: ${id}`, () => {
    assert.deepEqual(
      outcome(() => driven(given)),
      expect,
    );
  });

  if (expect.error) continue;
  test(`HaltMonitor, restored at every index: ${id}`, () => {
    const whole = driven(given);
    for (let at = 0; at < given.scores.length; at++) {
      const broken = driven(given, at);
      // Lists are no part of a state.
      for (const key of ["output", "tokens", "evidence"]) broken[key] = whole[key];
      assert.deepEqual(plain(broken), plain(whole), `at ${at}`);
    }
  });

  if (given.times || given.scores.includes(null) || given.config.adaptive) continue;
  test(`StreamingKernel: ${id}`, async () => {
    const scores = given.scores[Symbol.iterator]();
    const kernel = new StreamingKernel(fields(given.config));
    const session = await kernel.streamToSession(tokensOf(given), () => scores.next().value);
    const { halt_index, halt_reason, soft_halted, output, emits } = expect.value;
    assert.deepEqual(
      [session.haltIndex, session.haltReason, session.softHalted, session.output, session.events.map((e) => e.emit)],
      [halt_index, halt_reason, soft_halted, output, emits],
    );
    if (given.config.halt_mode === "soft") return;
    const monitor = new HaltMonitor(fields(given.config));
    assert.equal(
      given.scores.findIndex((score) => monitor.checkHalt(score)),
      halt_index,
    );
    monitor.dispose();
  });
}

const failure = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return `${error.code} ${error instanceof TypeError ? "type" : "value"}: ${error.message}`;
  }
  return "nothing";
};

test("messages name the field, the value and the range", () => {
  for (const [options, message] of [
    [{ hardLimit: NaN }, "value: hard_limit must be a number from 0.0 to 1.0, not nan"],
    [{ hardLimit: 0.7 }, "value: soft_limit must be a number from hard_limit (0.7) to 1.0, not 0.6"],
    [{ windowSize: 0 }, "value: window_size must be a whole number from 1 to 4096, not 0"],
    [{ windowSize: "3" }, 'type: window_size must be a whole number from 1 to 4096, not "3"'],
    [{ trendThreshold: 0 }, "value: trend_threshold must be a number above 0, not 0.0"],
    [{ haltMode: "é" }, 'value: halt_mode must be "hard" or "soft", not "é"'],
    [{ onInvalid: 1 }, 'type: on_invalid must be "halt", "hold" or "abstain", not 1'],
    [{ latch: 1 }, "type: latch must be true or false, not 1"],
  ]) {
    assert.equal(
      failure(() => new HaltMonitor(options)),
      `invalid_argument ${message}`,
    );
    assert.equal(
      failure(() => new StreamingKernel(options)),
      `invalid_argument ${message}`,
    );
  }
  assert.match(
    failure(() => new HaltMonitor({ hardlimit: 1 })),
    /type: unknown field hardlimit = 1; known: hardLimit, softLimit/,
  );
});

test("what a score and a token may be", () => {
  const monitor = new HaltMonitor();
  for (const [score, reason] of [
    ["0.9", "invalid_score (nan)"],
    [true, "invalid_score (nan)"],
    [{}, "invalid_score (nan)"],
    [1n, "invalid_score (nan)"],
    [2, "invalid_score (2.0000)"],
    [undefined, "invalid_score (missing)"],
    [null, "invalid_score (missing)"],
  ]) {
    assert.equal(monitor.processToken("a", score).reason, reason);
    monitor.reset();
  }
  for (const call of [
    () => monitor.processToken(5, 0.9),
    () => monitor.processToken("a", 0.9, "1"),
    () => monitor.restoreState("x"),
  ]) {
    assert.match(failure(call), /^invalid_argument type/);
  }
  const long = "long ".repeat(10_000);
  assert.equal(monitor.processToken(long, 0.9).emit, long);
  assert.equal(monitor.processToken("é".repeat(40_000), 0.9).emit.length, 40_000);
  monitor.dispose();
  assert.match(
    failure(() => monitor.wantsScore()),
    /^closed value/,
  );
});

test("a pair cut in two comes out whole", () => {
  const monitor = new HaltMonitor({ release: "sentence" });
  for (const token of ["a\ud83d", "\ude00.", " b\ud83d", "\ude00"]) monitor.processToken(token, 0.9);
  assert.equal(monitor.finish().output, "a\u{1f600}. b\u{1f600}");
  monitor.dispose();
});

test("a halt is final until reset, and onHalt hears of it once", () => {
  const seen = [];
  const monitor = new HaltMonitor({ onHalt: (session) => seen.push(session.haltReason) });
  monitor.processToken("a", 0.9);
  const event = monitor.processToken("b", 0.1);
  assert.deepEqual(seen, ["hard_limit (0.1000 < 0.5)"]);
  const again = monitor.processToken("c", 0.9);
  assert.deepEqual([again.halted, again.emit, again.reason], [true, "", event.reason]);
  assert.deepEqual(event.haltEvidence.tokenSpan, { start: 1, end: 2 });
  assert.equal(monitor.session.durationMs, 0);
  assert.equal(monitor.session.toDict().output, "a");
  monitor.reset();
  assert.equal(monitor.processToken("e", 0.9).emit, "e");
  monitor.emergencyStop();
  assert.equal(monitor.isActive, false);
  assert.equal(monitor.processToken("f", 0.9).code, "kernel_inactive");
  assert.equal(seen.length, 2);
  monitor.dispose();
});

test("finish, closed, debug records and no history", () => {
  const monitor = new HaltMonitor({ debug: true });
  monitor.processToken("a", 0.9);
  const session = monitor.finish();
  assert.deepEqual(session.debugLog, [
    { index: 0, coherence: 0.9, windowAvg: 0.9, trendDrop: 0, se: 0, acceptedTokens: 1 },
  ]);
  assert.deepEqual([session.halted, session.haltIndex, session.output], [false, -1, "a"]);
  const late = monitor.processToken("b", 0.9);
  assert.deepEqual([late.halted, late.code, late.emit], [true, "closed", ""]);
  const short = new HaltMonitor({ keepHistory: false });
  short.processToken("a", 0.9);
  assert.deepEqual([short.session.tokenCount, short.session.events, short.session.output], [1, [], ""]);
  monitor.dispose();
  short.dispose();
});

test("a damaged state is refused and changes nothing", () => {
  const monitor = new HaltMonitor({ haltMode: "soft" });
  for (let i = 0; i < 9; i++) monitor.processToken("é ", 0.9 - i / 50);
  const data = monitor.saveState();
  for (let at = 0; at < data.length; at++) {
    const damaged = data.slice();
    damaged[at] ^= 0x10;
    for (const bytes of [data.slice(0, at), damaged])
      assert.match(
        failure(() => monitor.restoreState(bytes)),
        /^corrupt_data/,
      );
  }
  assert.deepEqual(monitor.saveState(), data);
  const other = new HaltMonitor();
  other.restoreState(data);
  assert.deepEqual(other.saveState(), data);
  assert.deepEqual(other.config, monitor.config);
  monitor.dispose();
  other.dispose();
});
