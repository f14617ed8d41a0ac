// paritas/worker in Node: the same answers as without a worker, what crosses, what is let go, and how a worker dies.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as local from "paritas";
import { ParitasError, startWorker, transfer, withSignal } from "paritas/worker";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const entry = new URL("../../dist/worker_entry.js", import.meta.url).href;
const source = ["The Senate has two Senators from each State.", "A term is six years."];
const answer = "The Senate has 3 Senators from each State. A term is six years.";
const closed = (error) => error instanceof ParitasError && error.code === "closed" && /startWorker/.test(error.message);

let paritas;
before(async () => {
  paritas = await startWorker();
  await local.init();
});
after(() => paritas.terminate());

test("functions give what they give without a worker", async () => {
  assert.deepEqual(await paritas.verify(answer, source), local.verify(answer, source));
  assert.equal(await paritas.selfcheck(200), local.selfcheck(200));
  assert.deepEqual(await paritas.normalize([3, 4]), local.normalize([3, 4]));
  assert.deepEqual(await paritas.VectorOps.normalize([5, 12]), local.VectorOps.normalize([5, 12]));
  assert.equal(paritas.version, local.version);
  assert.deepEqual(paritas.TSP_LEVERAGE_MULTIPLIERS, local.TSP_LEVERAGE_MULTIPLIERS);
});

test("the worker offers whatever the package exports", () => {
  assert.deepEqual(
    Object.keys(local).filter((name) => !(name in paritas)),
    [],
  );
  for (const [name, value] of Object.entries(local)) assert.equal(typeof paritas[name], typeof value, name);
});

test("objects stay in the worker, and stand in as arguments", async () => {
  const analyzer = await new paritas.Analyzer({ stemmer: "none", stopwords: [] });
  const index = await new paritas.BM25({ analyzer });
  assert.ok(index instanceof paritas.BM25);
  assert.equal(await index.addDocuments(["a", "b"], ["the red fox", "the blue cat"]), 2);
  const same = new local.BM25({ stemmer: "none", stopwords: [] });
  same.addDocuments(["a", "b"], ["the red fox", "the blue cat"]);
  assert.deepEqual(await index.query("fox"), same.query("fox"));
  const again = await paritas.BM25.fromBytes(await index.toBytes());
  assert.deepEqual(await again.ids(), ["a", "b"]);

  const prepared = await new paritas.PreparedSource(source);
  assert.equal(await prepared.sentences, 2);
  assert.deepEqual(await prepared.passages, source);
  assert.deepEqual(await paritas.verify(answer, prepared), local.verify(answer, source));
  const results = await paritas.verifyBatch([answer, answer], [prepared, "Nothing."]);
  assert.deepEqual(results, local.verifyBatch([answer, answer], [source, "Nothing."]));
  for (const made of [analyzer, index, again, prepared]) await made.dispose();
});

test("the objects of an object, and those of classes that are not exported, stay too", async () => {
  const hybrid = await new paritas.HybridIndex();
  await hybrid.add("a", "red fox", [1, 0]);
  const words = await hybrid.bm25;
  assert.ok(words instanceof paritas.BM25);
  assert.equal(await words.count(), 1);
  const scorer = await new paritas.VerifiedScorer();
  const plan = await scorer.plan("Foxes like the sea.", "Foxes are animals.");
  assert.deepEqual(await plan.pairs, [["Foxes are animals.", "Foxes like the sea."]]);
  assert.equal((await scorer.finish(plan, [0.3])).claims.length, 1);
  for (const made of [hybrid, scorer, plan]) await made.dispose();
});

test("dispose() frees at once, a second one does nothing, and using what is disposed of says so", async () => {
  const before = await paritas.held();
  const index = await new paritas.BM25();
  assert.equal(await paritas.held(), before + 1);
  await index.dispose();
  await index.dispose();
  assert.equal(await paritas.held(), before);
  await assert.rejects(index.count(), { code: "closed", message: "BM25 was used after dispose()" });
  await assert.rejects(new paritas.BM25({ analyzer: index }), { code: "closed" });
  const disposed = await new paritas.BM25();
  await disposed[Symbol.asyncDispose]();
  assert.equal(await paritas.held(), before);
});

test("what nobody has any more is let go", async () => {
  let made = [];
  for (let i = 0; i < 50; ++i) made.push(await new paritas.Analyzer());
  const most = await paritas.held();
  assert.ok(most >= made.length);
  made = undefined;
  // The collector and the worker take the time they need.
  let held = most;
  for (let i = 0; i < 2000 && held > most - 50; ++i) {
    collect();
    await new Promise((done) => setTimeout(done, 10));
    held = await paritas.held();
  }
  assert.ok(held <= most - 50, `${held} of ${most} are held`);
});

test("errors cross with class, code, message and offset", async () => {
  const index = await new paritas.BM25();
  const wrong = (call) => {
    try {
      call(local);
    } catch (error) {
      return error;
    }
  };
  for (const [call, own] of [
    [() => index.query("fox", -1), wrong(() => new local.BM25().query("fox", -1))],
    [() => paritas.BM25.fromBytes(new Uint8Array(40)), wrong(() => local.BM25.fromBytes(new Uint8Array(40)))],
    [() => index.query(5), wrong(() => new local.BM25().query(5))],
    [() => index.addDocuments(["a", "a"], ["x", "y"], { onDuplicate: "error" }), { code: "duplicate_key", offset: 1 }],
    [() => new paritas.BM25({ k3: 1 }), wrong(() => new local.BM25({ k3: 1 }))],
  ]) {
    await assert.rejects(call(), (error) => {
      assert.ok(error instanceof ParitasError);
      assert.equal(error.code, own.code);
      assert.equal(error.offset, own.offset);
      if (own.message) assert.equal(error.message, own.message);
      if (own instanceof TypeError) assert.ok(error instanceof TypeError);
      return true;
    });
  }
  assert.throws(() => paritas.BM25(), /await new paritas\.BM25/);
  await index.dispose();
});

test("buffers are copied, and moved when they are marked", async () => {
  const vectors = new Float32Array([1, 0, 0, 1]);
  const index = await new paritas.VectorIndex({ dim: 2 });
  await index.addBatch(["x", "y"], vectors, { dim: 2 });
  assert.equal(vectors.length, 4);
  await index.addBatch(["z", "w"], transfer(vectors), { dim: 2 });
  assert.equal(vectors.length, 0);
  assert.equal(await index.count(), 4);
  const bytes = await index.toBytes();
  const given = { data: bytes };
  transfer(given, [bytes.buffer]);
  await assert.rejects(paritas.verify(given, "x"), TypeError);
  assert.equal(bytes.length, 0);
  assert.throws(() => transfer({}), TypeError);
  await index.dispose();
});

test("callbacks that the package waits for cross, others are refused", async () => {
  const embed = async (texts) => texts.map((text) => [text.length, 1]);
  const hybrid = await new paritas.HybridIndex({ embed });
  assert.equal(await hybrid.addTexts(["a", "b"], ["x", "yy"]), 2);
  assert.equal((await hybrid.queryText("yy", 1))[0].id, "b");
  await assert.rejects(hybrid.query({ text: "x" }, 1, { filter: () => false }), /a function as filter cannot cross/);

  class Mine extends Error {}
  const failing = await new paritas.HybridIndex({
    embed() {
      throw new Mine("no model");
    },
  });
  await assert.rejects(failing.addTexts(["a"], ["x"]), Mine);

  class Judge {
    share = 0.25;
    score() {
      return this.share; // a method of a class, which has its object
    }
  }
  const options = { nliScorer: new Judge() };
  const scorer = await new paritas.VerifiedScorer(options);
  const own = new local.VerifiedScorer(options).verify("Foxes like the sea.", "Foxes are animals.");
  assert.deepEqual(await scorer.verifyAsync("Foxes like the sea.", "Foxes are animals."), own);
  await assert.rejects(scorer.verify("Foxes like the sea.", "Foxes are animals."), /verifyAsync/);
  for (const made of [hybrid, failing, scorer]) await made.dispose();
});

test("progress is told while the worker is busy, and onHalt when it happens", async () => {
  const index = await new paritas.HNSWIndex(2);
  const seen = [];
  const vectors = Float32Array.from({ length: 1200 }, (_, i) => Math.sin(i));
  await index.addBatch(vectors, { dim: 2, progress: (done, total) => void seen.push([done, total]) });
  assert.deepEqual(seen.at(-1), [600, 600]);
  assert.ok(seen.length > 1);
  const halts = [];
  const monitor = await new paritas.HaltMonitor({ onHalt: (session) => halts.push(session.haltCode) });
  assert.equal((await monitor.processToken("x", 0.1)).halted, true);
  for (let i = 0; i < 4000 && halts.length === 0; ++i) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(halts, ["hard_limit"]);
  await index.dispose();
  await monitor.dispose();
});

test("what cannot cross is refused by name", async () => {
  await assert.rejects(paritas.verify(Symbol("x"), "y"), { name: "ParitasTypeError", message: /symbol/ });
  await assert.rejects(paritas.verify(new WeakMap(), "y"), { name: "ParitasTypeError", message: /cannot cross/ });
  await assert.rejects(paritas.normalizeInplace(new Float32Array(2)), { code: "unsupported", message: /normalize$/ });
  const holding = {};
  holding.$not = holding;
  await assert.rejects(paritas.matchesFilter({}, holding), { code: "limit_exceeded" });
});

test("streams are read where they are, and read no further than a halt", async () => {
  let read = 0;
  async function* tokens() {
    for (const token of ["fine ", "fine ", "bad ", "never ", "never "]) {
      ++read;
      yield token;
    }
  }
  const score = async (text) => (text.includes("bad") ? 0 : 0.9);
  const seen = [];
  for await (const event of paritas.streamTokens(tokens(), score))
    seen.push([event.token, event.halted, event.coherence]);
  assert.deepEqual(seen, [
    ["fine ", false, 0.9],
    ["fine ", false, 0.9],
    ["bad ", true, 0],
  ]);
  assert.equal(read, 3);

  const events = [];
  for await (const { data } of paritas.serverSentEvents(new Response("data: x\n\n"))) events.push(data);
  assert.deepEqual(events, ["x"]);
  const sent = new Response("data: x\n\n", { headers: { "Content-Type": "text/event-stream" } });
  await assert.rejects(paritas.streamTokens(sent, score).next(), { code: "invalid_argument", message: /sseTokens/ });

  const kernel = await new paritas.StreamingKernel();
  const said = new Blob(["fine by me"]).stream().pipeThrough(new TextDecoderStream());
  const session = await kernel.streamToSession(said, () => 0.9);
  assert.deepEqual([session.output, session.tokens, session.halted], ["fine by me", ["fine by me"], false]);
  assert.equal(session.toDict().output, "fine by me");
  await kernel.dispose();

  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(controller.desiredSize > 0 && read++ > 6 ? "bad " : "fine "),
    cancel: () => void (cancelled = true),
  });
  let shown = "";
  for await (const text of endless.pipeThrough(await paritas.haltTransform({ callback: score }))) shown += text;
  assert.match(shown, /^(fine )+$/);
  for (let i = 0; i < 4000 && !cancelled; ++i) await new Promise((done) => setTimeout(done, 5));
  assert.ok(cancelled);
});

test("a stream that is not read to its end lets its source go", async () => {
  let returned = false;
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: "fine " }),
      return: async () => ((returned = true), { done: true, value: undefined }),
    }),
  };
  for await (const event of paritas.streamTokens(source, () => 1)) if (event.index === 2) break;
  assert.ok(returned);
});

test("a signal in the options of a call reaches the worker", async () => {
  const stop = new AbortController();
  const scorer = await new paritas.VerifiedScorer({ nliScorer: () => new Promise(() => undefined) });
  const waiting = scorer.verifyAsync("Foxes like the sea.", "Foxes are animals.", { signal: stop.signal });
  setTimeout(() => stop.abort(new RangeError("enough")), 20);
  await assert.rejects(waiting, { name: "RangeError", message: "enough" });
  const early = scorer.verifyAsync("Foxes like the sea.", "Foxes.", { signal: AbortSignal.abort() });
  await assert.rejects(early, { name: "AbortError" });
  await scorer.dispose();
});

test("withSignal rejects at once, and what has not begun never does", async () => {
  const index = await new paritas.BM25();
  const stop = new AbortController();
  const long = paritas.selfcheck(4000);
  const dropped = withSignal(stop.signal, () => index.addDocument("a", "red fox"));
  const kept = index.addDocument("b", "red cat");
  stop.abort();
  await assert.rejects(dropped, { name: "AbortError" });
  assert.equal(await kept, true);
  await long;
  assert.deepEqual(await index.ids(), ["b"]);
  await assert.rejects(
    withSignal(stop.signal, () => index.count()),
    { name: "AbortError" },
  );
  const both = await Promise.all([withSignal(new AbortController().signal, () => index.count()), index.count()]);
  assert.deepEqual(both, [1, 1]);
  await index.dispose();
});

test("a call that waits keeps its object, even when nobody else has it any more", async () => {
  const busy = paritas.selfcheck(4000);
  const making = async () => {
    const index = await new paritas.BM25();
    return withSignal(new AbortController().signal, () => index.count());
  };
  const first = await making();
  assert.equal(first, 0);
  const index = [await new paritas.BM25()];
  const again = paritas.selfcheck(4000);
  const count = withSignal(new AbortController().signal, () => index.pop().count());
  for (let i = 0; i < 5; ++i) {
    await new Promise((done) => setTimeout(done, 5));
    collect();
  }
  assert.equal(await count, 0);
  await Promise.all([busy, again]);
});

test("a call that cannot be sent leaves nothing behind", async () => {
  const given = [];
  const registry = new FinalizationRegistry((name) => given.push(name));
  await (async () => {
    const embed = async () => [];
    registry.register(embed, "embed");
    await assert.rejects(new paritas.HybridIndex({ embed, vectors: new WeakMap() }), /cannot cross/);
    await assert.rejects(new paritas.HybridIndex({ embed, vectors: Symbol("x") }), /symbol/);
  })();
  for (let i = 0; i < 4000 && given.length === 0; ++i) {
    collect();
    await new Promise((done) => setTimeout(done, 5));
  }
  assert.deepEqual(given, ["embed"]);
});

test("terminate() fails what waits and what comes, and a new worker works", async () => {
  const other = await startWorker();
  const index = await new other.BM25();
  const pending = [other.selfcheck(1e5), index.count()];
  other.terminate();
  for (const call of pending) await assert.rejects(call, closed);
  await assert.rejects(index.count(), closed);
  await assert.rejects(other.verify("a", "b"), closed);
  await assert.rejects(paritas.verify("a", index), { message: /lives in another worker/ });
  await index.dispose();
  assert.ok(closed(other.closed));
  assert.ok(closed(await other.whenClosed));
  assert.equal(paritas.closed, undefined);

  const small = await startWorker({ verify: false });
  assert.equal(await small.williamsSpaceBound(16), 16);
  await assert.rejects(small.trendDrop([1]), { code: "unsupported" });
  await small[Symbol.asyncDispose]();
  await assert.rejects(small.williamsSpaceBound(16), closed);
});

test("a worker that crashes, ends or runs out of memory closes with the reason", async () => {
  const crash = (code) => {
    const script = `import(${JSON.stringify(entry)}); require("node:worker_threads").parentPort.on("message", (message) => { if (message === "die") { ${code} } });`;
    return new Worker(script, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } });
  };
  for (const [code, reason] of [
    ["throw new Error('rotten')", /rotten/],
    ["process.exit(3)", /ended with 3/],
    ["const all = []; for (;;) all.push(new Array(1000).fill({}))", /memory/],
  ]) {
    const worker = crash(code);
    const other = await startWorker({ worker });
    const scorer = await new other.VerifiedScorer({ nliScorer: () => new Promise(() => undefined) });
    const pending = scorer.verifyAsync("Foxes like the sea.", "Foxes are animals.");
    worker.postMessage("die");
    await assert.rejects(pending, (error) => closed(error) && reason.test(error.message));
    await assert.rejects(other.selfcheck(1), closed);
  }
});

test("a module that stops in the middle is the end of its worker", async () => {
  const script = `import(${JSON.stringify(entry)}); import(${JSON.stringify(new URL("module.js", entry).href)}).then(({ core }) => {
    const stop = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    const broken = new Int32Array(require("node:worker_threads").workerData);
    const wait = setInterval(() => { try { core().williamsSpaceBound = stop; clearInterval(wait); broken[0] = 1; } catch {} }, 1);
  });`;
  const workerData = new SharedArrayBuffer(4);
  const broken = new Int32Array(workerData);
  const other = await startWorker({ worker: new Worker(script, { eval: true, workerData }) });
  for (let i = 0; i < 4000 && broken[0] === 0; ++i) await new Promise((done) => setTimeout(done, 5));
  assert.equal(broken[0], 1);
  const pending = [other.williamsSpaceBound(16), other.norm([1])];
  for (const call of pending) await assert.rejects(call, (error) => closed(error) && /unreachable/.test(error.message));
});

test("a worker that cannot start says what it needs", async () => {
  await assert.rejects(startWorker({ worker: new URL("nowhere.js", import.meta.url) }), (error) => {
    assert.equal(error.code, "closed");
    assert.match(error.message, /nowhere\.js.*worker_entry\.js/s);
    return true;
  });
  const only = { chunk: false, guard: false, match: false, ocr: false, repair: false, search: false, verify: false };
  await assert.rejects(startWorker({ wasm: new URL("nowhere.wasm", import.meta.url), ...only }), /nowhere\.wasm/);
});

test("a start can be given up", async () => {
  const silent = () => new Worker("setInterval(() => {}, 1000)", { eval: true });
  const worker = silent();
  const ended = new Promise((done) => worker.on("exit", done));
  const stop = AbortSignal.timeout(50);
  await assert.rejects(startWorker({ worker, signal: stop }), { name: "TimeoutError" });
  await ended; // it is not left running
  await assert.rejects(startWorker({ signal: AbortSignal.abort() }), { name: "AbortError" });
  const other = await startWorker({ signal: AbortSignal.timeout(60_000) });
  assert.equal(await other.williamsSpaceBound(16), 16);
  other.terminate();
});

test("an idle worker does not keep a program alive", async () => {
  const { spawnSync } = await import("node:child_process");
  const script =
    'import { startWorker } from "paritas/worker"; const p = await startWorker(); console.log(await p.williamsSpaceBound(16));';
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: new URL("../../", import.meta.url),
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.deepEqual([stdout.trim(), status], ["16", 0]);
});
