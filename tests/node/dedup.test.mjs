import assert from "node:assert/strict";
import test from "node:test";
import {
  deduplicate,
  deduplicateStream,
  deduplicationStream,
  findDuplicateBlocks,
  init,
  OutputDeduplicator,
  ParitasError,
  rollingHashBlocks,
  StreamingDeduplicator,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );
const P = "This is a paragraph that is surely long enough to count here.";

const CALLS = {
  deduplicate: ({ text, options }) => deduplicate(text, camel(options)),
  find_duplicate_blocks: ({ content, options }) =>
    findDuplicateBlocks(content, camel(options)).map(({ start, end, ...block }) => ({ ...block, span: [start, end] })),
  rolling_hash_blocks: ({ content, options }) =>
    rollingHashBlocks(content, camel(options)).map(({ hash, block, isDuplicate }) => [hash, block, isDuplicate]),
  StreamingDeduplicator({ chunks, options }) {
    const made = new StreamingDeduplicator(camel(options));
    const out = { outputs: chunks.map((chunk) => made.addChunk(chunk)), end: made.flush(), stats: made.getStats() };
    made.dispose();
    return out;
  },
  OutputDeduplicator({ outputs, options }) {
    const made = new OutputDeduplicator(camel(options));
    const out = outputs.map((output) => made.process(output));
    const stats = made.getStats();
    const removed = made.duplicatesRemoved;
    made.dispose();
    return { outputs: out, removed, stats };
  },
};

for (const { id, given, expect } of loadVectors("dedup")) {
  test(`dedup: ${id}`, () => {
    assert.deepEqual(
      outcome(() => CALLS[given.call](given)),
      expect,
    );
    if (given.call !== "deduplicate" || expect.error) return;
    const { text } = given;
    const options = { windowSize: 0, ...camel(given.options) };
    for (let cut = 0; cut <= text.length; cut++) {
      const made = new StreamingDeduplicator(options);
      const parts = [made.addChunk(text.slice(0, cut)), made.addChunk(text.slice(cut)), made.flush()];
      assert.equal(parts.join(""), expect.value, String(cut));
      made.dispose();
    }
    const made = new StreamingDeduplicator(options);
    assert.equal(Array.from(text.split(""), (unit) => made.addChunk(unit) ?? "").join("") + made.flush(), expect.value);
    made.dispose();
  });
}

const code = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return error.code;
  }
  return "nothing";
};

test("surrogates: a pair may be cut, and a lone one becomes U+FFFD", () => {
  const made = new StreamingDeduplicator({ minBlockLength: 1 });
  assert.equal((made.addChunk("a\ud83d") ?? "") + (made.addChunk("\ude00\n\n") ?? ""), "a\u{1f600}");
  assert.equal((made.addChunk("\ud800") ?? "") + made.flush(), "\n\n\ufffd");
  assert.equal(
    code(() => made.addChunk("a")),
    "stream_finished",
  );
  assert.equal(
    code(() => made.flush()),
    "stream_finished",
  );
  made.reset();
  assert.equal(made.addChunk("a\n\n"), "a");
  made.dispose();
  assert.equal(
    code(() => made.addChunk("a")),
    "closed",
  );
  assert.equal(deduplicate("\ud800a"), "\ufffda");
});

test("types and options", () => {
  for (const call of [
    () => deduplicate(null),
    () => deduplicate("a", { windowSize: 1.5 }),
    () => deduplicate("a", { code: 1 }),
    () => deduplicate("a", { window: 1 }),
    () => rollingHashBlocks("a", { minBlockLength: -1 }),
    () => new StreamingDeduplicator({ maxBlock: 0 }),
    () => new OutputDeduplicator().process(1),
  ]) {
    assert.equal(code(call), "invalid_argument");
  }
});

test("deduplicateStream and deduplicationStream", async () => {
  const pieces = [P.slice(0, 9), `${P.slice(9)}\n\n`, P.toUpperCase(), "\n\nend é"];
  const all = `${P}\n\nend é`;
  const out = [];
  for await (const piece of deduplicateStream(pieces)) out.push(piece);
  assert.equal(out.join(""), all);
  assert.ok(!out.includes(""));
  let closed = false;
  async function* source() {
    try {
      yield `${P}\n\n`;
      yield "more";
    } finally {
      closed = true;
    }
  }
  for await (const piece of deduplicateStream(source())) {
    assert.equal(piece, P);
    break;
  }
  assert.ok(closed);
  const bytes = new TextEncoder().encode(pieces.join(""));
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  }).pipeThrough(deduplicationStream());
  let text = "";
  const reader = stream.getReader();
  for (let next; !(next = await reader.read()).done;) text += next.value;
  assert.equal(text, all);
});
