import assert from "node:assert/strict";
import test from "node:test";
import { extractJsonObjects, extractJsonValues, init, normalizeJsonString, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("json_extract")) {
  test(`extractJsonObjects: ${id}`, () => {
    const { text, ...options } = given;
    const found = () =>
      extractJsonObjects(text, options).map(({ start, end, json, repaired }) => [[start, end], json, repaired]);
    assert.deepEqual(outcome(found), expect);
    assert.deepEqual(
      extractJsonValues(text, options),
      expect.value.map(([, json]) => JSON.parse(json)),
    );
  });
}

for (const { id, given, expect } of loadVectors("json_extract_normalize")) {
  test(`normalizeJsonString: ${id}`, () => {
    const result = () => {
      const { json, ok } = normalizeJsonString(given.s);
      return [json, ok];
    };
    assert.deepEqual(outcome(result), expect);
  });
}

test("extractJsonObjects: spans slice the text", () => {
  const text = 'é {"a": "日"} 😀 [1, 2,] then {\'b\': [1]}';
  assert.deepEqual(
    extractJsonObjects(text).map(({ start, end }) => text.slice(start, end)),
    ['{"a": "日"}', "[1, 2,]", "{'b': [1]}"],
  );
});

test("extractJsonObjects: types", () => {
  for (const call of [
    () => extractJsonObjects(5),
    () => extractJsonObjects("{}", { repair: 1 }),
    () => extractJsonObjects("{}", { array: true }),
    () => normalizeJsonString(null),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "invalid_argument");
  }
});
