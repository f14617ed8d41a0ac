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
    [() => fieldConfidence([7]), /^field 0: a field is needed, not number$/],
    [() => fieldConfidence([{ name: "a" }, , { name: "b" }]), /^field 1: a field is needed, not undefined$/],
    [() => fieldConfidence([{ name: "a" }, { text: "x" }]), /^field 1, name: a string is needed, not undefined$/],
    [() => fieldConfidence([{ name: "a", text: 7 }]), /^field 0, text: a string is needed, not number$/],
    [() => fieldConfidence([{ name: "a", type: 7 }]), /^field 0, type: a string is needed, not number$/],
    [() => fieldConfidence([{ name: "a", words: "x" }]), /^field 0, words: an array of words is needed, not string$/],
    [() => fieldConfidence([{ name: "a", words: [7] }]), /^field 0, word 0: a word is needed, not number$/],
    [() => fieldConfidence([{ name: "a", words: [{ confidence: 1 }] }]), /^field 0, word 0, text: a string is needed/],
    [
      () => fieldConfidence([{ name: "a", words: [{ text: "x", confidence: 1 }, { text: "x" }] }]),
      /^field 0, word 1, confidence: a number is needed, not undefined$/,
    ],
    [() => fieldConfidence([], { reviewBelow: null }), /^a number is needed, not object$/],
    [() => fieldConfidenceBatch([[], [{}]]), /^document 1, field 0, name: a string is needed, not undefined$/],
    [() => fieldConfidenceBatch([[], 7]), /^document 1: an array of fields is needed, not number$/],
    [() => fieldConfidence([], { baseconfidence: 1 }), /unknown option baseconfidence; known: regime/],
    [() => fieldConfidence([], { dayFirst: 1 }), /a boolean is needed, not number/],
    [() => tesseractWords(7), /a string is needed, not number/],
  ];
  for (const [call, message] of refused) {
    assert.throws(call, (error) => error instanceof TypeError && message.test(error.message));
  }
});

test("an error in the words of Tesseract names its line", () => {
  const message = "line 2: the level of a row must be a whole number from 1 to 5";
  assert.throws(() => tesseractWords("level\n6"), { message });
});

test("what a getter throws comes through", () => {
  const field = {
    get name() {
      throw new RangeError("gone");
    },
  };
  assert.throws(() => fieldConfidence([field]), { name: "RangeError", message: "gone" });
});

test("names come back well-formed", () => {
  const { fields, summary } = fieldConfidence([{ name: "\ufeffGröße\ud800", text: "x" }]);
  assert.equal(fields[0].name, "\ufeffGröße\ufffd");
  assert.equal(summary.weakest, "\ufeffGröße\ufffd");
});

test("words of tesseract.js, which have more keys, are words", () => {
  const words = [{ text: "Anna", confidence: 91.5, bbox: { x0: 1 }, symbols: [] }];
  const { fields } = fieldConfidence([{ name: "name", text: "Anna", words, page: 1 }]);
  assert.equal(fields[0].engine, 0.915);
});
