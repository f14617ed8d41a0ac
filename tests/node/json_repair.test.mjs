import assert from "node:assert/strict";
import test from "node:test";
import {
  getJsonType,
  init,
  isValidJson,
  JsonStream,
  ParitasError,
  ParitasTypeError,
  repairJson,
  repairJsonLoads,
  repairJsonReport,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (options) =>
  Object.fromEntries(
    Object.entries(options).map(([key, item]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), item]),
  );

/** A result as the vectors have it. */
function plain({ changes, ...rest }) {
  return { ...rest, changes: changes.map(({ kind, start, end }) => ({ kind, span: { start, end } })) };
}

for (const { id, given, expect } of loadVectors("json_repair")) {
  test(`repairJsonReport: ${id}`, () => {
    const options = camel(given.options);
    assert.deepEqual(
      outcome(() => plain(repairJsonReport(given.input, options))),
      expect,
    );
    if (expect.error) return;
    delete options.maxChanges;
    assert.equal(repairJson(given.input, options), expect.value.text);
    const value = repairJsonLoads(given.input, options); // may lie too deep for deepEqual
    assert.equal(JSON.stringify(value), JSON.stringify(JSON.parse(expect.value.text)));
  });
}

for (const { id, given, expect } of loadVectors("json_scan")) {
  test(`isValidJson, getJsonType: ${id}`, () => {
    assert.deepEqual({ valid: isValidJson(given.s), type: getJsonType(given.s) }, expect.value);
  });
}

for (const { id, given, expect } of loadVectors("json_stream")) {
  test(`JsonStream: ${id}`, () => {
    const run = () => {
      const stream = new JsonStream(camel(given.options));
      const steps = [];
      for (const chunk of given.chunks) {
        stream.feed(chunk);
        steps.push([stream.snapshot(), stream.path(), stream.complete]);
      }
      const { text, changeCount } = stream.finish();
      assert.equal(stream.snapshot(), text);
      stream.dispose();
      return { steps, text, changes: changeCount };
    };
    assert.deepEqual(outcome(run), expect);
  });
}

test("lone surrogates are mended, halves of a pair wait for each other", () => {
  assert.equal(isValidJson('"\ud800"'), false);
  assert.equal(isValidJson('"\ufffd"'), true);
  const result = repairJsonReport('["\ud800é😀\udc00"]');
  assert.equal(result.text, '["\ufffdé😀\ufffd"]');
  assert.deepEqual(result.changes, [
    { kind: "escape", start: 2, end: 3 },
    { kind: "escape", start: 6, end: 7 },
  ]);
  const stream = new JsonStream();
  stream.feed('["\ud83d');
  assert.equal(stream.snapshot(), '[""]');
  stream.feed("\ude00");
  assert.equal(stream.snapshot(), '["😀"]');
  stream.feed("\ud83d");
  assert.equal(stream.finish().text, '["😀\ufffd"]');
  stream.dispose();
});

test("a finished stream takes no more", () => {
  const stream = new JsonStream();
  stream.feed("[1");
  stream.finish();
  for (const call of [() => stream.feed(""), () => stream.finish()]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "stream_finished");
  }
  stream.reset();
  stream.feed('{"b": "c');
  assert.deepEqual([stream.snapshot(), stream.path(), stream.complete], ['{"b": "c"}', "/b", false]);
  stream.dispose();
});

test("other types and unknown options are refused", () => {
  for (const call of [
    () => repairJson(5),
    () => isValidJson(null),
    () => getJsonType(undefined),
    () => repairJsonReport("", { partial: 1 }),
    () => repairJsonReport("", { max_depth: 1 }),
    () => repairJsonReport("", { maxDepth: 1.5 }),
    () => new JsonStream({ partial: true }),
    () => new JsonStream().feed(1),
  ]) {
    assert.throws(call, ParitasTypeError);
  }
});

test("hostile texts are read to their end", () => {
  for (const unit of ["[", "{", '"', "\\", "'a' ", '{"a":', ",", "[1,", '","', '{"a:1,', "f("]) {
    for (const before of ["", "[", '{"k":"'])
      assert.equal(isValidJson(repairJson(before + unit.repeat(Math.floor(1e6 / unit.length)))), true);
  }
});
