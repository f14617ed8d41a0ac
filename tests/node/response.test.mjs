import assert from "node:assert/strict";
import test from "node:test";
import {
  detectLeakagePatterns,
  init,
  isGarbageContent,
  ParitasTypeError,
  sanitizeResponse,
  stripMarkup,
  validateResponse,
  validateResponseBatch,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (key) => key.replace(/_[a-z]/g, (letters) => letters[1].toUpperCase());
const calls = {
  validate: ({ text }, rules) => asVector(validateResponse(text, rules)),
  batch: ({ texts }, rules) => validateResponseBatch(texts, rules).map(asVector),
  sanitize: ({ text }) => sanitizeResponse(text),
  garbage: ({ text }) => isGarbageContent(text),
  leakage: ({ text }) => detectLeakagePatterns(text).map(([start, end, rule]) => ({ span: [start, end], rule })),
  markup: ({ text }) => stripMarkup(text),
};

/** Start and end as the span that the vectors have. */
function asVector({ ok, issues, counts, sanitized }) {
  const withSpans = issues.map(({ start, end, ...issue }) => ({ ...issue, span: [start, end] }));
  return { ok, issues: withSpans, counts, sanitized };
}

for (const { id, given, expect } of loadVectors("response")) {
  test(`response: ${id}`, () => {
    const rules = Object.fromEntries(Object.entries(given.rules ?? {}).map(([key, value]) => [camel(key), value]));
    assert.deepEqual(
      outcome(() => calls[given.call](given, rules)),
      expect,
    );
  });
}

test("response: the result is plain data, sanitized too", () => {
  const result = validateResponse("𝔸 a@b.org");
  assert.deepEqual(Object.keys(result), ["ok", "issues", "counts", "sanitized"]);
  assert.equal(structuredClone(result).sanitized, "𝔸 *******");
});

test("response: wrong types are TypeErrors", () => {
  for (const call of [
    () => validateResponse(5),
    () => validateResponse("a", { leakage: 1 }),
    () => validateResponse("a", { min_length: 1 }),
    () => validateResponse("a", { minLength: "1" }),
    () => validateResponse("a", { required: "a" }),
    () => validateResponse("a", { pii: "ip" }),
    () => validateResponse("a", { failSeverity: 2 }),
    () => validateResponseBatch("a"),
    () => sanitizeResponse(undefined),
    () => isGarbageContent(null),
    () => detectLeakagePatterns(1),
    () => stripMarkup({}),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasTypeError);
  }
});

test("response: a lone surrogate counts as one unit", () => {
  const { issues, sanitized } = validateResponse("\ud800 a@b.org");
  assert.deepEqual([issues[0].start, issues[0].end, sanitized], [2, 9, "\ufffd *******"]);
});
