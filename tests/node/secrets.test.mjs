import assert from "node:assert/strict";
import test from "node:test";
import {
  getSecretTypes,
  hasSecrets,
  init,
  listSecretPatterns,
  maskSecrets,
  maskSecretsBatch,
  ParitasError,
  scanSecrets,
  scanSecretsBatch,
  scanSecretsSummary,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (options) =>
  Object.fromEntries(
    Object.entries(options).map(([key, item]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), item]),
  );

/** A finding as the vectors have it. */
function finding({ secretType, severity, confidence, start, end, lineNumber, checksum, placeholder }) {
  return { secretType, severity, confidence, lineNumber, checksum, placeholder, span: { start, end } };
}

for (const { id, given, expect } of loadVectors("secrets")) {
  test(`scanSecrets, maskSecrets: ${id}`, () => {
    const text = given.parts.join("");
    const options = camel(given.options);
    const mask = { ...camel(given.mask), ...options };
    if (expect.value) expect.value.masked = expect.value.masked.join("");
    assert.deepEqual(
      outcome(() => ({ findings: scanSecrets(text, options).map(finding), masked: maskSecrets(text, mask) })),
      expect,
    );
    if (expect.error) return;
    const found = scanSecrets(text, options);
    assert.equal(hasSecrets(text, options), found.length > 0);
    assert.deepEqual(getSecretTypes(text, options), [...new Set(found.map((match) => match.secretType))].sort());
    assert.deepEqual(scanSecretsBatch([text, ""], options), [found, []]);
    assert.deepEqual(maskSecretsBatch(["", text], mask), ["", expect.value.masked]);
    assert.equal(scanSecretsSummary(text, options).totalMatches, found.length);
    for (const match of found) assert.equal(match.matchedText, text.slice(match.start, match.end));
  });
}

test("scanSecrets: a secret stays out of JSON and of the console", () => {
  const [match] = scanSecrets('password = "tr0ub4dor&3"');
  assert.equal(match.matchedText, "tr0ub4dor&3");
  assert.ok(!JSON.stringify(match).includes("tr0ub4dor"));
  assert.equal(match.maskedText, "*".repeat(11));
});

test("scanSecretsSummary: counts in their order", () => {
  const text = "password = 'tr0ub4dor&3'\nredis://:r3dispass@h\nPASSWORD=whiteduke";
  assert.deepEqual(scanSecretsSummary(text), {
    totalMatches: 3,
    hasSecrets: true,
    byType: { database_url: 1, generic_password: 2 },
    bySeverity: { critical: 1, high: 2 },
    byConfidence: { medium: 1, low: 2 },
    lines: [1, 2, 3],
  });
  assert.deepEqual(Object.keys(scanSecretsSummary(text).bySeverity), ["critical", "high"]);
});

test("listSecretPatterns: every rule once", () => {
  const patterns = listSecretPatterns();
  assert.ok(patterns.length >= 170);
  assert.equal(new Set(patterns.map(({ name }) => name)).size, patterns.length);
  assert.ok(patterns.every(({ shape, kind }) => (shape === "") === !["provider", "hash"].includes(kind)));
});

test("scanSecrets: wrong types are TypeErrors of ours", () => {
  for (const call of [
    () => scanSecrets(1),
    () => scanSecrets("x", { rules: "github_token" }),
    () => scanSecrets("x", { includePlaceholders: 1 }),
    () => scanSecrets("x", { minConfidence: 2 }),
    () => scanSecrets("x", { least: "low" }),
    () => scanSecretsBatch("x"),
    () => maskSecrets("x", { visibleChars: 1.5 }),
    () => maskSecrets("x", { maskChar: 1 }),
  ]) {
    assert.throws(call, (error) => error instanceof TypeError && error instanceof ParitasError);
  }
});
