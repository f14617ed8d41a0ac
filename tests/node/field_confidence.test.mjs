import assert from "node:assert/strict";
import test from "node:test";
import { fieldConfidence, fieldConfidenceBatch, init, ParitasError, tesseractWords } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

function options({ regime, base_confidence, scale, day_first, review_below }) {
  return {
    regime,
    baseConfidence: base_confidence,
    scale,
    dayFirst: day_first,
    reviewBelow: review_below,
  };
}

for (const { id, given, expect } of loadVectors("field_confidence")) {
  test(`fieldConfidence: ${id}`, () => {
    assert.deepEqual(
      outcome(() => fieldConfidence(given.fields, options(given))),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("field_confidence_batch")) {
  test(`fieldConfidenceBatch: ${id}`, () => {
    assert.deepEqual(
      outcome(() => fieldConfidenceBatch(given.documents, options(given))),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("tesseract_words")) {
  test(`tesseractWords: ${id}`, () => {
    assert.deepEqual(
      outcome(() => tesseractWords(given.tsv)),
      expect,
    );
  });
}

test("an unknown type is named with its field", () => {
  const fields = [
    { name: "a", text: "x" },
    { name: "zip", text: "x", type: "zip" },
  ];
  assert.throws(
    () => fieldConfidence(fields),
    (error) =>
      error instanceof ParitasError &&
      error.offset === 1 &&
      error.message.startsWith('the type of field "zip" must be one of text, date, amount'),
  );
});

test("another type is refused", () => {
  const refused = [
    [() => fieldConfidence("red"), /an array of fields is needed, not string/],
    [() => fieldConfidence(null), /an array of fields is needed, not null/],
    [() => fieldConfidence([7]), /a field is needed, not number/],
    [() => fieldConfidence([{ text: "x" }]), /a string is needed, not undefined/],
    [() => fieldConfidence([{ name: "a", text: 7 }]), /a string is needed, not number/],
    [() => fieldConfidence([{ name: "a", words: "x" }]), /an array of words is needed, not string/],
    [() => fieldConfidence([{ name: "a", words: [{ text: "x" }] }]), /a number is needed, not undefined/],
    [() => fieldConfidence([], { baseconfidence: 1 }), /unknown option baseconfidence; known: regime/],
    [() => fieldConfidence([], { dayFirst: 1 }), /a boolean is needed, not number/],
    [() => fieldConfidenceBatch([7]), /an array of fields is needed, not number/],
    [() => tesseractWords(7), /a string is needed, not number/],
  ];
  for (const [call, message] of refused) {
    assert.throws(call, (error) => error instanceof TypeError && message.test(error.message));
  }
});

test("words of tesseract.js, which have more keys, are words", () => {
  const words = [{ text: "Anna", confidence: 91.5, bbox: { x0: 1 }, symbols: [] }];
  const { fields } = fieldConfidence([{ name: "name", text: "Anna", words, page: 1 }]);
  assert.equal(fields[0].engine, 0.915);
});
