import assert from "node:assert/strict";
import test from "node:test";
import {
  CodeChunker,
  detectDocType,
  HierarchicalChunker,
  init,
  MarkdownChunker,
  ParitasError,
  ParitasTypeError,
  SemanticChunker,
  sentences,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (given) =>
  Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace(/_[a-z]/g, (end) => end[1].toUpperCase()), value]),
  );
const row = (chunk) => [
  [chunk.start, chunk.end],
  chunk.length,
  chunk.split,
  chunk.kind,
  chunk.headings,
  chunk.overlapPrev,
  chunk.startLine,
  chunk.endLine,
];

for (const { id, given, expect } of loadVectors("markdown")) {
  test(`MarkdownChunker: ${id}`, () => {
    const { text, ...options } = given;
    const said = (chunk) => (options.include_headings ? [...row(chunk), chunk.contextualText] : row(chunk));
    assert.deepEqual(
      outcome(() => new MarkdownChunker(camel(options)).chunk(text).map(said)),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("code")) {
  test(`CodeChunker: ${id}`, () => {
    const { text, path, ...options } = given;
    const actual = outcome(() =>
      path === undefined ? new CodeChunker(camel(options)).chunk(text).map(row) : detectDocType(path),
    );
    assert.deepEqual(actual, expect);
  });
}

for (const { id, given, expect } of loadVectors("semantic")) {
  const { text, embeddings, ...options } = given;
  test(`SemanticChunker: ${id}`, async () => {
    assert.deepEqual(
      outcome(() => new SemanticChunker(camel(options)).chunk(text, embeddings).map(row)),
      expect,
    );
    if (embeddings.length !== sentences(text).length) return;
    const embedded = outcome(() =>
      new SemanticChunker({ ...camel(options), embed: () => embeddings }).chunk(text).map(row),
    );
    assert.deepEqual(embedded, expect);
    if (expect.error !== undefined) return;
    const later = new SemanticChunker({ ...camel(options), embed: async () => embeddings });
    assert.deepEqual((await later.chunkAsync(text)).map(row), expect.value);
    if (text !== "") assert.throws(() => later.chunk(text), ParitasTypeError);
  });
}

for (const { id, given, expect } of loadVectors("hierarchical")) {
  test(`HierarchicalChunker: ${id}`, () => {
    const { text, ...options } = given;
    const actual = outcome(() =>
      new HierarchicalChunker(options)
        .chunk(text)
        .map((chunk) => [
          [chunk.start, chunk.end],
          chunk.length,
          chunk.kind,
          chunk.level,
          chunk.parent,
          chunk.children,
          chunk.headings,
          chunk.overlapPrev,
        ]),
    );
    assert.deepEqual(actual, expect);
  });
}

test("an embedder is given 256 sentences at once", async () => {
  const sizes = [];
  const embed = (texts) => {
    sizes.push(texts.length);
    return texts.map((text) => [text.length, 1]);
  };
  const texts = ["One two. ".repeat(200), "", "Three four five. ".repeat(200)];
  const chunker = new SemanticChunker({ chunkSize: 60, embed });
  const batch = chunker.chunkBatch(texts);
  assert.deepEqual(sizes, [256, 144]);
  assert.deepEqual(
    texts.map((text) => chunker.chunk(text)),
    batch,
  );
  assert.deepEqual(await chunker.chunkBatchAsync(texts), batch);
  assert.deepEqual(batch[1], []);
});

test("an embedder gives a row for each sentence", () => {
  const text = "One two. Three four.";
  const refused = (options, code) => {
    assert.throws(
      () => new SemanticChunker(options).chunk(text),
      (error) => error instanceof ParitasError && error.code === code,
    );
  };
  refused({ embed: () => [[1]] }, "length_mismatch");
  refused({ embed: () => [[1], [Infinity]] }, "not_finite");
  refused({}, "invalid_argument");
});

test("a function counts", () => {
  const words = (text) => text.split(/\s+/).length;
  const text = `# A\n\n${"one two three four five. ".repeat(40)}\n\n## B\n\nsix seven`;
  const chunks = new MarkdownChunker({ chunkSize: 12, length: words }).chunk(text);
  assert.ok(chunks.every((chunk) => chunk.length === words(chunk.text) && chunk.length <= 12));
  const broken = () => {
    throw new RangeError("no");
  };
  assert.throws(() => new CodeChunker({ length: broken }).chunk("a"), RangeError);
  assert.throws(() => new SemanticChunker({ length: broken }).chunk("One.", [[1]]), RangeError);
});

test("structured chunkers refuse wrong types", () => {
  for (const call of [
    () => new MarkdownChunker().chunk(1),
    () => new MarkdownChunker({ chunkSize: "1" }),
    () => new MarkdownChunker({ keepCode: 1 }),
    () => new MarkdownChunker({ size: 1 }),
    () => new CodeChunker({ language: 1 }),
    () => new HierarchicalChunker({ sizes: 5 }),
    () => new HierarchicalChunker({ sizes: ["a"], overlaps: [0] }),
    () => new HierarchicalChunker({ size: [1] }),
    () => new SemanticChunker({ embed: 1 }),
    () => new SemanticChunker().chunk("a", "b"),
    () => detectDocType(),
  ]) {
    assert.throws(call, ParitasTypeError);
  }
});
