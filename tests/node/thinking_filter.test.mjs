import assert from "node:assert/strict";
import test from "node:test";
import {
  containsThinkingTokens,
  extractThinkingContent,
  filterThinking,
  findThinkingTokens,
  init,
  ParitasError,
  ParitasTypeError,
  removeThinking,
  StreamingFilter,
  stripThinkingTokens,
  thinkingFilterStream,
} from "paritas";
import { loadVectors, outcome, plain } from "./vectors.mjs";

await init();

const camel = (key) => key.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());
const optionsOf = (given) => Object.fromEntries(Object.entries(given).map(([key, value]) => [camel(key), value]));

function merged(results) {
  const segments = [];
  for (const result of results) {
    assert.equal(result.content, result.segments.map(({ text }) => text).join(""));
    result.segments.forEach(({ kind, text }, i) => {
      assert.ok(text !== "" && (i === 0 || result.segments[i - 1].kind !== kind));
      if (segments.at(-1)?.[0] === kind) segments.at(-1)[1] += text;
      else segments.push([kind, text]);
    });
  }
  return segments;
}

function streamed(filter, pieces) {
  const results = pieces.map((piece) => filter.processChunk(piece));
  results.push(filter.finish());
  return {
    segments: merged(results),
    state: filter.getState(),
    stats: plain(filter.stats()),
    abort_reason: filter.getAbortReason(),
  };
}

/** Pieces of UTF-16 units: surrogate pairs are cut too. */
function* cuts(text) {
  yield [text];
  for (let size = 1; size < 7; size++) {
    yield Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
  }
  let seed = text.length + 1;
  for (let i = 0; i < 10; i++) {
    const pieces = [];
    for (let at = 0; at < text.length;) {
      seed = (seed * 48271) % 2147483647;
      pieces.push(text.slice(at, at + (seed % 9)));
      at += seed % 9;
    }
    yield pieces;
  }
}

for (const { id, given, expect } of loadVectors("thinking_filter")) {
  test(`StreamingFilter: ${id}`, () => {
    const { text, ...options } = optionsOf(given);
    if (expect.error) {
      assert.deepEqual(
        outcome(() => new StreamingFilter(options)),
        expect,
      );
      return;
    }
    const filter = new StreamingFilter(options);
    for (const pieces of cuts(text)) {
      assert.deepEqual({ value: streamed(filter, pieces) }, expect, JSON.stringify(pieces));
      filter.reset();
    }
    filter.dispose();
  });
}

for (const { id, given, expect } of loadVectors("thinking_filter_steps")) {
  test(`StreamingFilter, step by step: ${id}`, () => {
    const { chunks, ...options } = optionsOf(given);
    const filter = new StreamingFilter(options);
    const steps = [...chunks, undefined].map((chunk) => {
      const result = chunk === undefined ? filter.flush() : filter.processChunk(chunk);
      const segments = result.segments.map(({ kind, text }) => [kind, text]);
      const more = { should_abort: filter.shouldAbort(), thinking_length: filter.getThinkingLength() };
      return { ...plain(result), segments, ...more };
    });
    assert.deepEqual({ value: steps }, expect);
    filter.dispose();
  });
}

for (const { id, given, expect } of loadVectors("thinking_filter_texts")) {
  test(`thoughts of a whole text: ${id}`, () => {
    const { text, ...options } = optionsOf(given);
    const actual = outcome(() => {
      const { main, thinking } = extractThinkingContent(text, options);
      return {
        stripped: stripThinkingTokens(text),
        removed: removeThinking(text),
        contains: containsThinkingTokens(text),
        tokens: findThinkingTokens(text).map(({ start, end, patternIdx }) => [[start, end], patternIdx]),
        extracted: [main, thinking],
      };
    });
    assert.deepEqual(actual, expect);
  });
}

test("a filter takes nothing after its end until it is reset", () => {
  const filter = new StreamingFilter();
  filter.finish();
  for (const call of [() => filter.processChunk("a"), () => filter.finish()]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "stream_finished");
  }
  filter.reset();
  assert.equal(filter.processChunk("a").answer, "a");
  filter.dispose();
});

test("halves of a pair are joined, and replaced where they stay alone", () => {
  const filter = new StreamingFilter();
  const pieces = ["\ud83d", "\ude00", "", "a\udfff", "b\ud83d", "", "c\ud83d"];
  assert.deepEqual(
    pieces.map((piece) => filter.processChunk(piece).answer),
    ["", "😀", "", "a\ufffd", "b", "", "\ufffdc"],
  );
  assert.equal(filter.finish().answer, "\ufffd");
  filter.dispose();
});

test("a filter refuses wrong types", () => {
  assert.throws(() => new StreamingFilter({ markers: ["ab"] }), ParitasTypeError);
  assert.throws(() => new StreamingFilter({ markers: [["a", 1]] }), ParitasTypeError);
  assert.throws(() => new StreamingFilter({ maxThinkingContent: 1.5 }), ParitasTypeError);
  assert.throws(() => new StreamingFilter({ nesting: 1 }), ParitasTypeError);
  assert.throws(() => new StreamingFilter({ nested: true }), ParitasTypeError);
  assert.throws(() => stripThinkingTokens(1), ParitasTypeError);
  const filter = new StreamingFilter();
  assert.throws(() => filter.processChunk(1), ParitasTypeError);
  filter.dispose();
});

const PIECES = ["a<th", "ink>b", "c</think", ">d", "e"];
const collected = async (items) => {
  const out = [];
  for await (const item of items) out.push(typeof item === "string" ? item : `${item.kind}:${item.text}`);
  return out;
};
const SEGMENTS = ["answer:a", "thinking:b", "thinking:c", "answer:d", "answer:e"];

test("filterThinking gives segments or the answer, and closes its source", async () => {
  let closed = 0;
  async function* source() {
    try {
      yield* PIECES;
    } finally {
      closed++;
    }
  }
  assert.deepEqual(await collected(filterThinking(source())), SEGMENTS);
  assert.deepEqual(await collected(filterThinking(PIECES, { answerOnly: true })), ["a", "d", "e"]);
  for await (const segment of filterThinking(source())) {
    assert.equal(segment.text, "a");
    break;
  }
  const limited = filterThinking(source(), { stopAtLimit: true, maxThinkingContent: 1 });
  assert.deepEqual(await collected(limited), ["answer:a", "thinking:b"]);
  assert.equal(closed, 3);
  async function* failing() {
    yield "a";
    throw new RangeError("gone");
  }
  await assert.rejects(collected(filterThinking(failing())), RangeError);
  await assert.rejects(collected(filterThinking(PIECES, { maxThinkingContent: -1 })), ParitasError);
});

test("thinkingFilterStream filters strings and bytes, cut within characters", async () => {
  const bytes = new TextEncoder().encode("é<think>思😀</think>ü");
  const source = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const reader = source.pipeThrough(thinkingFilterStream()).getReader();
  const shown = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) shown.push(next.value);
  const of = (wanted) => shown.flatMap(({ kind, text }) => (kind === wanted ? [text] : [])).join("");
  assert.deepEqual([of("answer"), of("thinking")], ["éü", "思😀"]);
});

test("thinkingFilterStream ends at the limit, and lets errors and cancelling through", async () => {
  const streamOf = (pieces, error, cancel) =>
    new ReadableStream(
      {
        pull(controller) {
          if (pieces.length > 0) controller.enqueue(pieces.shift());
          else if (error) controller.error(error);
          else controller.close();
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
  const all = async (stream) => {
    const out = [];
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) out.push(next.value);
    return out;
  };
  const limited = streamOf([...PIECES]).pipeThrough(
    thinkingFilterStream({ stopAtLimit: true, maxThinkingContent: 1, answerOnly: true }),
  );
  assert.deepEqual(await all(limited), ["a"]);
  await assert.rejects(all(streamOf(["a"], new RangeError("gone")).pipeThrough(thinkingFilterStream())), RangeError);
  let reason;
  const cancelled = streamOf([...PIECES], undefined, (given) => (reason = given)).pipeThrough(thinkingFilterStream());
  await cancelled.cancel("enough");
  for (let turn = 0; reason === undefined && turn < 10_000; turn++) await new Promise((next) => setTimeout(next, 1));
  assert.equal(reason, "enough");
});

test("a filter is linear on a megabyte of beginnings", { timeout: 300_000 }, () => {
  for (const piece of ["<", "`", "<think>", "[", "```a<", '<think a="']) {
    const text = piece.repeat(1e6 / piece.length);
    const filter = new StreamingFilter({ maxThinkingContent: 0 });
    const read = filter.processChunk(text).content.length + filter.finish().content.length;
    assert.ok(read <= text.length, piece);
    filter.dispose();
  }
});
