// paritas/worker against what callers do wrong: nothing hangs, nobody's arrays are emptied, sources are given back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { ParitasError, ParitasTypeError, startWorker, transfer, withSignal } from "paritas/worker";

const entry = new URL("../../dist/worker_entry.js", import.meta.url);
let paritas;
before(async () => {
  paritas = await startWorker();
});
after(() => paritas.terminate());

async function read(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}

test("what callbacks and sources give is copied: the caller keeps it", async () => {
  const pieces = ["Fine ", "day. "].map((text) => new TextEncoder().encode(text));
  const source = (async function* () {
    yield* pieces;
  })();
  const events = await read(paritas.streamTokens(source, () => 0.9));
  assert.deepEqual(
    events.map(({ emit }) => emit),
    ["Fine ", "day. "],
  );
  assert.deepEqual(
    pieces.map(({ length }) => length),
    [5, 5],
  );
});

const thrown = {
  "a WeakMap": new WeakMap(),
  "an object with a promise": { waiting: Promise.resolve() },
  "a function": () => 1,
  "what cannot be shown": Object.assign(Object.create(null), { call() {} }),
};
for (const [name, value] of Object.entries(thrown)) {
  test(`a callback throws ${name}`, { timeout: 5000 }, async () => {
    const score = () => {
      throw value;
    };
    const [event] = await read(paritas.streamTokens(["a "], score));
    assert.match(event.reason, /^callback_error/);
  });
}

test(
  "a buffer that was moved is refused with a reason, and transfer() counts for one call",
  { timeout: 5000 },
  async () => {
    const moved = Float32Array.of(3, 4);
    const first = paritas.normalize(transfer(moved));
    const emptied = (error) => error instanceof ParitasTypeError && /moved/.test(error.message);
    await assert.rejects(paritas.normalize(transfer(moved)), emptied);
    await assert.rejects(paritas.normalize(moved), emptied);
    assert.equal((await first).length, 2);
    const kept = Float32Array.of(3, 4);
    await assert.rejects(
      paritas.normalize(transfer(kept), () => 1),
      /function/,
    );
    await paritas.normalize(kept);
    assert.equal(kept.length, 2);
    assert.equal((await paritas.normalize(new Float32Array(0))).length, 0);
  },
);

test("a worker serves one startWorker()", async () => {
  const worker = new Worker(entry);
  const [first, second] = await Promise.allSettled([startWorker({ worker }), startWorker({ worker })]);
  assert.equal(second.reason?.code, "invalid_argument");
  assert.equal((await first.value.sentences("One. Two.")).length, 2);
  first.value.terminate();
});

test("many calls of one signal are no leak to Node", async () => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning.message);
  process.on("warning", warn);
  const typing = new AbortController();
  const ask = () => withSignal(typing.signal, () => paritas.normalize([3, 4]));
  await Promise.all(Array.from({ length: 20 }, ask));
  const late = Promise.allSettled(Array.from({ length: 20 }, ask));
  typing.abort();
  assert.ok((await late).every(({ reason }) => reason?.name === "AbortError"));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", warn);
  assert.deepEqual(warnings, []);
});

test("a source is cancelled when the worker that reads it dies", async () => {
  const mortal = await startWorker();
  let cancelled = 0;
  let count = 0;
  const source = new ReadableStream({ pull: (sink) => sink.enqueue(`${count++} `), cancel: () => void ++cancelled });
  await assert.rejects(
    async () => {
      for await (const { emit } of mortal.streamTokens(source, () => 0.9)) if (emit === "3 ") mortal.terminate();
    },
    { code: "closed" },
  );
  assert.equal(cancelled, 1);
});

test("a method without its object says so", async () => {
  const index = await new paritas.BM25();
  const { query, dispose } = index;
  await assert.rejects(async () => query("fox"), ParitasError);
  await assert.rejects(async () => dispose(), ParitasError);
  await index.dispose();
});
