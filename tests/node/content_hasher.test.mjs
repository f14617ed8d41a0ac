import assert from "node:assert/strict";
import test from "node:test";
import { ContentHasher, init, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (text) => text.replace(/_(.)/g, (_, c) => c.toUpperCase());
const keys = (fields = {}) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [camel(key), value]));

for (const { id, given, expect } of loadVectors("content_hasher")) {
  test(`ContentHasher: ${id}`, () => {
    const run = () => {
      const made = given.preset ? ContentHasher[camel(given.preset)]() : new ContentHasher(keys(given.options));
      return given.min_length === undefined
        ? made[camel(given.call)](given.value)
        : made.hashBlock(given.value, given.min_length);
    };
    assert.deepEqual(outcome(run), expect);
  });
}

test("types and options", () => {
  const made = new ContentHasher();
  for (const call of [
    () => made.hash(5),
    () => made.hashDict([1]),
    () => made.hashDict(null),
    () => made.hashList("abc"),
    () => made.hashBlock("a", 1.5),
    () => new ContentHasher({ hashLength: 8.5 }),
    () => new ContentHasher({ digits: 8 }),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === "invalid_argument");
  }
});
