// What kernels do beside the rules: callbacks, errors, time, evidence, streams of the platform.
import assert from "node:assert/strict";
import test from "node:test";
import { haltTransform, init, ParitasError, StreamingKernel, streamTokens } from "paritas";

await init();
// Seconds. What has to come within it comes at once; half a second forgives a busy machine.
const LIMIT = 0.5;
const never = () => new Promise(() => undefined);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const calls = (scores) => () => scores.shift();
const session = (options, source, callback, stream) =>
  new StreamingKernel(options).streamToSession(source, callback, stream);
async function all(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}

test("streamTokens gives events as they come, and its session in the end", async () => {
  const events = await all(streamTokens(["a", "b"], calls([0.9, 0.1]), {}));
  assert.deepEqual(
    events.map(({ emit, coherence, halted }) => [emit, coherence, halted]),
    [
      ["a", 0.9, false],
      ["", 0.1, true],
    ],
  );
  const stream = streamTokens("ab", async () => 0.9, { release: "sentence" });
  const emits = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) {
      assert.equal(next.value.output, "ab");
      break;
    }
    emits.push(next.value.emit);
  }
  assert.deepEqual(emits, ["", "", "ab"]);
});

test("a callback that always throws releases nothing", async () => {
  for (const callback of [
    () => {
      throw new RangeError("no");
    },
    () => Promise.reject(new RangeError("no")),
  ]) {
    const { output, haltReason, error, tokens } = await session({}, "abc", callback);
    assert.deepEqual([output, haltReason, tokens], ["", "callback_error (RangeError)", []]);
    assert.ok(error instanceof RangeError);
    await assert.rejects(session({}, "abc", callback, { onError: "raise" }), RangeError);
    const timed = await session({ tokenTimeout: 5 }, "abc", callback);
    assert.equal(timed.haltReason, "callback_error (RangeError)");
  }
});

test("a source that fails keeps what was accepted; nothing is read past a halt", async () => {
  async function* source() {
    yield "a";
    yield "b";
    throw new TypeError("gone");
  }
  const failed = await session({}, source(), () => 0.9);
  assert.deepEqual([failed.output, failed.haltReason, failed.haltIndex], ["ab", "source_error (TypeError)", 2]);
  assert.equal((await session({}, null, () => 0.9)).haltCode, "source_error");
  let read = 0;
  let closed = false;
  function* endless() {
    try {
      for (;;) {
        read++;
        yield "a";
      }
    } finally {
      closed = true;
    }
  }
  const halted = await session({}, endless(), (text) => (text.length < 3 ? 0.9 : 0.1));
  assert.deepEqual([halted.haltIndex, read, closed], [2, 3, true]);
  await assert.rejects(
    session({}, [5], () => 0.9),
    ParitasError,
  );
});

test("an answer that is no number halts", async () => {
  for (const answer of [undefined, null, "0.9", NaN, {}, true]) {
    assert.equal((await session({}, "ab", () => answer)).haltReason, "invalid_score (nan)");
  }
});

test("what the callback gets", async () => {
  const wanted = { text: ["a", "abc", "abcde"], new_text: ["a", "bc", "de"], token: ["a", "c", "e"] };
  for (const [callbackInput, texts] of Object.entries(wanted)) {
    const seen = [];
    const score = (text, signal) => {
      assert.equal(signal, undefined); // no limit, no signal
      seen.push(text);
      return 0.9;
    };
    const { output, coherenceHistory } = await session({ scoreEveryN: 2 }, "abcde", score, { callbackInput });
    assert.deepEqual([seen, output, coherenceHistory.length], [texts, "abcde", 3]);
  }
  await assert.rejects(
    session({}, "a", () => 0.9, { callbackInput: "x" }),
    ParitasError,
  );
  await assert.rejects(
    session({}, "a", () => 0.9, { onError: "x" }),
    ParitasError,
  );
});

test("onHalt and traces see the session and cannot change the verdict", async () => {
  const seen = [];
  const traces = [];
  const onHalt = (ended) => {
    seen.push([ended.haltCode, ended.output]);
    throw new Error("no");
  };
  const traceCallbacks = [(trace) => traces.push([trace.token, trace.haltReason, trace.tenantId])];
  const ended = await session({ onHalt }, "ab", calls([0.9, 0.1]), { traceCallbacks, tenantId: "t" });
  assert.deepEqual(seen, [["hard_limit", "a"]]);
  assert.deepEqual(traces, [
    ["a", "", "t"],
    ["b", "hard_limit (0.1000 < 0.5)", "t"],
  ]);
  assert.equal(ended.errors.length, 1);
});

test("evidence at a halt", async () => {
  const span = (text, score, start) => ({ text, score, span: { start, end: start + text.length } });
  const evidenceSpans = [span("low", 0.2, 0), span("late", 0.7, 40), span("early", 0.7, 20)];
  const asked = [];
  const scorer = {
    verify(text, source) {
      asked.push([text, source]);
      return { claims: [{ evidenceSpans }, { evidenceSpans }], reasons: ["number_mismatch"] };
    },
  };
  const options = { scorer, topK: 2, prompt: "the source", evidenceCallback: (text) => `<${text}>` };
  const ended = await session({}, ["a ", "b"], calls([0.9, 0.1]), options);
  const evidence = ended.haltEvidenceStructured;
  assert.deepEqual(evidence.evidenceChunks, [evidenceSpans[2], evidenceSpans[1]]);
  assert.deepEqual([evidence.reasons, ended.haltEvidence], [["number_mismatch"], "<a b>"]);
  assert.deepEqual(asked, [["a b", "the source"]]);
  assert.equal(ended.events.at(-1).haltEvidence, evidence);
  assert.equal(ended.events.at(-1).coherence, 0.1);
  const failing = { review: () => Promise.reject(new Error("no")) };
  const other = await session({}, "a", () => 0.1, { scorer: failing });
  assert.deepEqual([other.haltCode, other.errors.length], ["hard_limit", 1]);
});

test("a stop is for all streams of the kernel; latch; a signal of the caller's", async () => {
  const kernel = new StreamingKernel();
  const stream = kernel.streamTokens("abc", () => 0.9);
  assert.equal((await stream.next()).value.emit, "a");
  kernel.emergencyStop();
  assert.equal((await stream.next()).value.code, "kernel_inactive");
  assert.equal((await kernel.streamToSession("ab", () => 0.9)).haltCode, "kernel_inactive");
  kernel.reactivate();
  assert.equal(await kernel.streamOutput("ab", () => 0.9), "ab");
  assert.equal(await kernel.streamOutput("ab", calls([0.9, 0.1])), "a\n[HALT: hard_limit (0.1000 < 0.5)]");
  assert.ok(kernel.isActive && kernel.checkHalt(0.1));
  kernel.resetState();
  assert.ok(!kernel.checkHalt(0.9));
  const latched = new StreamingKernel({ latch: true });
  await latched.streamToSession("a", () => 0.1);
  assert.equal((await latched.streamToSession("a", () => 0.9)).haltCode, "kernel_inactive");
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 20);
  const stopped = await session({}, "ab", never, { signal: abort.signal });
  assert.deepEqual([stopped.haltReason, stopped.output], ["stopped", ""]);
});

test("a callback that never returns halts at its limit, and its signal is aborted", async () => {
  for (const limit of ["tokenTimeout", "totalTimeout"]) {
    let aborted = false;
    const callback = (text, signal) => {
      signal.addEventListener("abort", () => (aborted = true));
      return never();
    };
    const ended = await session({ [limit]: LIMIT }, "ab", callback);
    assert.deepEqual([ended.haltReason, ended.output], [`callback_timeout (> ${LIMIT} s)`, ""]);
    assert.ok(aborted);
  }
});

test("a token that never comes, and the total time", async () => {
  async function* source() {
    yield "a";
    await never();
  }
  const hung = await session({ tokenTimeout: LIMIT }, source(), () => 0.9);
  assert.deepEqual([hung.haltCode, hung.output, hung.haltIndex], ["token_timeout", "a", 1]);
  async function* slowly() {
    for (const token of "abcdefgh") {
      await wait(250 * LIMIT);
      yield token;
    }
  }
  const slow = await session({ totalTimeout: LIMIT }, slowly(), () => 0.9);
  assert.equal(slow.haltCode, "total_timeout");
  const stream = new StreamingKernel({ tokenTimeout: LIMIT }).streamTokens("abc", () => 0.9);
  for (const token of "abc") {
    await wait(1000 * LIMIT); // the reader's time is not the stream's
    assert.equal((await stream.next()).value.emit, token);
  }
});

function readable(tokens, onCancel) {
  const items = [...tokens];
  return new ReadableStream({
    pull(controller) {
      if (items.length > 0) controller.enqueue(items.shift());
      else if (onCancel === undefined) controller.close();
    },
    cancel: onCancel,
  });
}

test("haltTransform lets text through, ends at a halt and cancels the source", async () => {
  assert.deepEqual(await all(readable("abc").pipeThrough(haltTransform({ callback: () => 0.9 }))), ["a", "b", "c"]);
  const held = haltTransform({ callback: () => 0.9, release: "sentence" });
  assert.deepEqual(await all(readable(["A", "b. ", "C"]).pipeThrough(held)), ["Ab. ", "C"]);
  let cancelled = false;
  const reasons = [];
  const halting = haltTransform({
    callback: (text) => (text.length < 3 ? 0.9 : 0.1),
    onHalt: (ended) => reasons.push(ended.haltReason),
  });
  assert.deepEqual(await all(readable("abcd", () => (cancelled = true)).pipeThrough(halting)), ["a", "b"]);
  for (let turn = 0; !cancelled && turn < 10_000; ++turn) await wait(1);
  assert.deepEqual([cancelled, reasons], [true, ["hard_limit (0.1000 < 0.5)"]]);
});

test("haltTransform ends when the next token does not come", async () => {
  const reasons = [];
  const halting = haltTransform({
    callback: () => 0.9,
    tokenTimeout: LIMIT,
    onHalt: (ended) => reasons.push(ended.haltCode),
  });
  assert.deepEqual(await all(readable("a", () => undefined).pipeThrough(halting)), ["a"]);
  assert.deepEqual(reasons, ["token_timeout"]);
});
