import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";
import { rows } from "./chunking.mjs";

const { init, ParitasError, ParitasTypeError, RecursiveChunker, RecursiveCharacterTextSplitter } = paritas;

await init();
for (const { id, given, expect } of loadVectors("recursive")) {
  test(`RecursiveChunker: ${id}`, () =>
    assert.deepEqual(
      outcome(() => rows(paritas, given)),
      expect,
    ));
}

test("documents carry their metadata and where they start", () => {
  const chunker = new RecursiveChunker({ chunkSize: 10, chunkOverlap: 0 });
  const documents = chunker.createDocuments(["one two three", "four"], [{ source: ["a"] }, {}]);
  assert.deepEqual(documents, [
    { pageContent: "one two", metadata: { source: ["a"], startIndex: 0 } },
    { pageContent: "three", metadata: { source: ["a"], startIndex: 8 } },
    { pageContent: "four", metadata: { startIndex: 0 } },
  ]);
  assert.deepEqual(chunker.splitDocuments([{ text: "four", metadata: { a: 1 } }, documents[0]]), [
    { pageContent: "four", metadata: { a: 1, startIndex: 0 } },
    { pageContent: "one two", metadata: { source: ["a"], startIndex: 0 } },
  ]);
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 10, chunkOverlap: 0 });
  assert.deepEqual(splitter.createDocuments(["four"]), [{ pageContent: "four", metadata: {} }]);
});

test("documents refuse what is none", () => {
  const chunker = new RecursiveChunker({ chunkSize: 10, chunkOverlap: 0 });
  assert.throws(() => chunker.createDocuments(["a", "b"], [{}]), { code: "length_mismatch" });
  assert.throws(() => chunker.createDocuments("a"), ParitasTypeError);
  assert.throws(() => chunker.splitDocuments([{}]), ParitasTypeError);
});

test("RecursiveChunker refuses wrong types and unknown options", () => {
  for (const options of [
    { separators: "ab" },
    { keepSeparator: 1 },
    { strip: 1 },
    { length: 5 },
    { chunkSize: 1.5 },
    { size: 5 },
  ]) {
    assert.throws(() => new RecursiveChunker(options), ParitasTypeError, JSON.stringify(options));
  }
  assert.throws(() => new RecursiveChunker({ chunkSize: 0 }), ParitasError);
});
