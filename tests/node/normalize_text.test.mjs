import assert from "node:assert/strict";
import test from "node:test";
import {
  init,
  normalizeText,
  normalizeTextBatch,
  normalizeTextMapped,
  normalizeTextMappedBatch,
  OffsetMap,
  ParitasError,
  TextNormalizer,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );

function shaped({ text: source, options: given }) {
  const options = camel(given);
  const [text, offsets] = normalizeTextMapped(source, options);
  assert.equal(normalizeText(source, options), text);
  assert.deepEqual(normalizeTextBatch([source, "a"], options), [text, "a"]);
  assert.deepEqual(normalizeTextMappedBatch([source], options), [[text, offsets]]);
  assert.deepEqual([offsets.length, offsets.sourceLength], [text.length, source.length]);
  const edits = offsets.edits.map(({ start, end, sourceStart, sourceEnd }) => [
    [start, end],
    [sourceStart, sourceEnd],
  ]);
  return { text, edits };
}

function cut(text, options, size) {
  const stream = new TextNormalizer(options);
  let out = "";
  for (let at = 0; at < text.length; at += size) out += stream.feed(text.slice(at, at + size));
  out += stream.finish();
  stream.dispose();
  return out;
}

for (const { id, given, expect } of loadVectors("normalize_text")) {
  test(`normalizeText: ${id}`, () => {
    assert.deepEqual(
      outcome(() => shaped(given)),
      expect,
    );
    if (expect.value === undefined) return;
    const options = camel(given.options);
    for (const size of [1, 2, 3, 7, given.text.length + 1]) {
      assert.equal(cut(given.text, options, size), expect.value.text);
    }
    assert.equal(normalizeText(expect.value.text, options), expect.value.text);
  });
}

test("normalizeText: spans go both ways", () => {
  const source = "A  “quoted”\r\n\r\n\r\n  😀 e\u0301nd";
  const [text, offsets] = normalizeTextMapped(source, { collapse: "lines", quotes: "straight" });
  assert.equal(text, 'A "quoted"\n\n 😀 énd');
  assert.ok(offsets instanceof OffsetMap);
  const at = text.indexOf("énd");
  const span = offsets.toSource(at, at + 3);
  assert.equal(source.slice(span.start, span.end), "e\u0301nd");
  assert.deepEqual(offsets.toResult(span.start, span.end), { start: at, end: at + 3 });
  assert.deepEqual(offsets.toResult(2, 3), { start: 2, end: 2 });
  assert.deepEqual(offsets.toSource(0, 2), { start: 0, end: 2 });
  assert.deepEqual(offsets.toSource(-1, 1e6), { start: 0, end: source.length });
});

test("normalizeText: lone surrogates, and halves that meet", () => {
  assert.equal(normalizeText("a\ud800b"), "a\ufffdb");
  assert.equal(normalizeText("\udc00"), "\ufffd");
  assert.equal(cut("a😀b", {}, 1), "a😀b");
  assert.equal(cut("a\ud83d", {}, 1), "a\ufffd");
});

test("TextNormalizer: after the end", () => {
  const stream = new TextNormalizer();
  assert.equal(stream.feed(" a ") + stream.finish(), "a");
  for (const call of [() => stream.feed("a"), () => stream.finish()]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "stream_finished");
  }
  stream.reset();
  assert.equal(stream.feed("b ") + stream.finish(), "b");
  stream.dispose();
});

test("normalizeText: types and messages", () => {
  for (const call of [
    () => normalizeText(5),
    () => normalizeText("a", { trim: 1 }),
    () => normalizeText("a", { form: 1 }),
    () => normalizeText("a", { maxBlankLines: 1.5 }),
    () => normalizeText("a", { collaps: "all" }),
    () => normalizeTextBatch("abc"),
    () => normalizeTextBatch([1]),
    () => new TextNormalizer().feed(null),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "invalid_argument");
  }
  assert.throws(() => normalizeText("a", { form: "nfc" }), /form must be NFC, NFKC or none/);
  assert.throws(() => normalizeText("a", { maxBlankLines: -1 }), /max_blank_lines must be at least 0/);
});
