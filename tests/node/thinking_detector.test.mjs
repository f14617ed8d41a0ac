import assert from "node:assert/strict";
import test from "node:test";
import {
  countCircularPatterns,
  detectCircularPhrases,
  findCircularPatterns,
  init,
  ParitasError,
  ThinkingDetector,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );

for (const { id, given, expect } of loadVectors("thinking_detector")) {
  test(`ThinkingDetector: ${id}`, () => {
    const run = () => {
      const detector = new ThinkingDetector(camel(given.options));
      const analyses = given.contents.map((content) => detector.analyze(content));
      const stats = detector.getStats();
      detector.dispose();
      return { analyses, stats };
    };
    assert.deepEqual(outcome(run), expect);
  });
}

for (const { id, given, expect } of loadVectors("thinking_detector_phrases")) {
  test(`findCircularPatterns: ${id}`, () => {
    const found = findCircularPatterns(given.text);
    assert.deepEqual(
      found.map(({ start, end, text }) => ({ span: [start, end], text })),
      expect.value,
    );
    assert.equal(countCircularPatterns(given.text), found.length);
    assert.equal(detectCircularPhrases(given.text), found.length > 0);
  });
}

test("recordThinking, reset and clearStats", () => {
  const detector = new ThinkingDetector();
  assert.deepEqual(detector.recordThinking("Let me read the file."), [false, ""]);
  const [isLoop, guidance] = detector.recordThinking("Let me read the file.");
  assert.equal(isLoop, true);
  assert.match(guidance, /^Stalling: 2 thoughts/);
  detector.reset();
  assert.deepEqual([detector.getStats().totalAnalyzed, detector.getStats().historySize], [2, 0]);
  detector.clearStats();
  assert.equal(detector.getStats().detectionRate, 0);
  assert.throws(() => detector.analyze(1), TypeError);
  assert.throws(() => new ThinkingDetector({ windowSize: 0 }), ParitasError);
  assert.throws(() => new ThinkingDetector({ window: 3 }), TypeError);
  detector.dispose();
});
