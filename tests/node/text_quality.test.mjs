import assert from "node:assert/strict";
import test from "node:test";
import { init, textQuality, textQualityBatch, textQualityReport } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

for (const { id, given, expect } of loadVectors("text_quality")) {
  test(`textQuality: ${id}`, () => {
    assert.deepEqual(
      outcome(() => textQuality(given.text)),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("text_quality_batch")) {
  test(`textQualityBatch: ${id}`, () => {
    assert.deepEqual(
      outcome(() => textQualityBatch(given.texts)),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("text_quality_report")) {
  test(`textQualityReport: ${id}`, () => {
    const { max_spans: maxSpans } = given;
    assert.deepEqual(
      outcome(() => textQualityReport(given.text, maxSpans === undefined ? {} : { maxSpans })),
      expect,
    );
  });
}

test("spans slice to their token, and lone surrogates are bad characters", () => {
  const text = "é𝔸 he1lo 北京 ~~|";
  const { spans } = textQualityReport(text);
  assert.deepEqual(
    spans.map(({ span }) => text.slice(span.start, span.end)),
    ["he1lo", "~~|"],
  );
  assert.equal(textQuality("fo\ud800d red"), textQuality("fo\ufffdd red"));
});

test("another type is refused", () => {
  assert.throws(() => textQuality(7), TypeError);
  assert.throws(() => textQualityBatch("red"), TypeError);
  assert.throws(() => textQualityReport("red", { maxSpans: 1.5 }), TypeError);
});
