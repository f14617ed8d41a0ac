import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";
import { rows } from "./chunking.mjs";

const { FixedChunker, init, ParagraphChunker, ParitasTypeError, SentenceChunker, TokenChunker } = paritas;

await init();
for (const { id, given, expect } of loadVectors("packed_chunkers")) {
  test(`packed chunkers: ${id}`, () =>
    assert.deepEqual(
      outcome(() => rows(paritas, given)),
      expect,
    ));
}

test("all forms say the same", () => {
  const text = "One sentence. Another one, with 😀 and é.\n\nThe last one.";
  for (const Kind of [SentenceChunker, ParagraphChunker, TokenChunker, FixedChunker]) {
    const chunker = new Kind({ chunkSize: 16, overlap: 5 });
    const chunks = chunker.chunk(text);
    assert.ok(chunks.length > 1);
    assert.deepEqual(
      chunks.map((chunk) => text.slice(chunk.start, chunk.end)),
      chunks.map((chunk) => chunk.text),
    );
    assert.deepEqual(
      chunker.splitText(text),
      chunks.map((chunk) => chunk.text),
    );
    const { starts, ends } = chunker.spans(text);
    assert.deepEqual(
      Array.from(starts, (start, i) => [start, ends[i]]),
      chunks.map(({ start, end }) => [start, end]),
    );
    assert.deepEqual(chunker.chunkBatch([text, "", text]), [chunks, [], chunks]);
  }
});

test("a function counts, in few calls", () => {
  let calls = 0;
  const words = (text) => {
    ++calls;
    return text.split(/\s+/).filter(Boolean).length;
  };
  const text = Array.from({ length: 2000 }, (_, i) => `word${i}`).join(" ");
  const counted = new TokenChunker({ chunkSize: 100, length: words });
  const built = new TokenChunker({ chunkSize: 100, length: "words" });
  const chunks = counted.chunk(text);
  assert.deepEqual(chunks, built.chunk(text));
  assert.ok(calls <= chunks.length * (2 * 11 + 4), `${calls}`);
});

test("what a function throws passes unchanged", () => {
  const error = new RangeError("stop");
  const chunker = new TokenChunker({
    chunkSize: 5,
    length: () => {
      throw error;
    },
  });
  for (const call of [() => chunker.chunk("a b"), () => chunker.spans("a b"), () => chunker.chunkBatch(["a"])]) {
    assert.throws(call, (caught) => caught === error);
  }
});

test("bad counts are refused", () => {
  const negative = new TokenChunker({ chunkSize: 5, length: () => -1 });
  assert.throws(() => negative.chunk("a b"), { code: "bad_counter" });
  const text = new TokenChunker({ chunkSize: 5, length: () => "5" });
  assert.throws(() => text.chunk("a b"), ParitasTypeError);
});

test("a function may use chunkers itself", () => {
  const inner = new TokenChunker({ chunkSize: 1, length: (text) => text.length });
  const outer = new TokenChunker({ chunkSize: 3, length: (text) => inner.chunk(text).length });
  assert.deepEqual(outer.splitText("abcd"), ["abc", "d"]);
});

test("packed chunkers refuse wrong types and unknown options", () => {
  for (const options of [
    { chunkSize: "5" },
    { chunkSize: 1.5 },
    { length: 5 },
    { strip: 1 },
    { size: 5 },
    { overlap: "1" },
  ]) {
    assert.throws(() => new FixedChunker(options), ParitasTypeError, JSON.stringify(options));
  }
  const chunker = new FixedChunker();
  assert.throws(() => chunker.chunk(1), ParitasTypeError);
  assert.throws(() => chunker.chunkBatch("abc"), ParitasTypeError);
});
