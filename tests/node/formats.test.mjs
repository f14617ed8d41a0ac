import assert from "node:assert/strict";
import test from "node:test";
import { init, ParitasError, ParitasTypeError, validateFormat, validateFormatBatch } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const cases = loadVectors("formats");
for (const { id, given, expect } of cases) {
  test(`validate_format: ${id}`, () => {
    const options = { dayFirst: given.day_first };
    const call = () =>
      "text" in given
        ? validateFormat(given.text, given.type, options)
        : validateFormatBatch(given.texts, given.types, options);
    assert.deepEqual(outcome(call), expect);
  });
}

test("a batch is what its texts are alone", () => {
  const plain = cases.filter(({ given, expect }) => "text" in given && "value" in expect && !("day_first" in given));
  assert.ok(plain.length > 700);
  const texts = plain.map(({ given }) => given.text);
  const types = plain.map(({ given }) => given.type);
  assert.deepEqual(
    validateFormatBatch(texts, types),
    texts.map((text, i) => validateFormat(text, types[i])),
  );
});

test("another type of value is a TypeError, another type of format an error that lists the known ones", () => {
  for (const call of [
    () => validateFormat(5, "date"),
    () => validateFormat("5", undefined),
    () => validateFormat("5", "date", { dayFirst: "yes" }),
    () => validateFormat("5", "date", { day_first: true }),
    () => validateFormatBatch("5", "date"),
    () => validateFormatBatch(["5"], [5]),
    () => validateFormatBatch([null], "date"),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasTypeError && error instanceof ParitasError);
  }
  assert.throws(() => validateFormat("5", "text"), /type must be one of date, amount, number, iban/);
});

test("null leaves the order of day and month open", () => {
  assert.equal(validateFormat("03/04/2024", "date", { dayFirst: null }).reason, "date_ambiguous");
  assert.equal(validateFormat("03/04/2024", "date", { dayFirst: undefined }).normalized, "");
});

test("a lone surrogate counts as U+FFFD, and any iterable is a batch", () => {
  assert.equal(validateFormat("1\ud800", "number").reason, "amount_form");
  assert.deepEqual(
    validateFormatBatch(new Set(["1", "2"]), "number").map(({ normalized }) => normalized),
    ["1", "2"],
  );
});
