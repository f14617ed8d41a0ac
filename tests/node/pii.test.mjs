import assert from "node:assert/strict";
import test from "node:test";
import { init, maskPii, maskPiiBatch, ParitasTypeError, scanPii, scanPiiBatch } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const cases = loadVectors("pii");
const calls = { scan: scanPii, mask: maskPii, scan_batch: scanPiiBatch, mask_batch: maskPiiBatch };

/** Start and end as the span that the vectors have. */
function asVector(value) {
  if (Array.isArray(value)) return value.map(asVector);
  if (typeof value === "string") return value;
  const { kind, start, end, normalized, detail } = value;
  return { kind, span: [start, end], normalized, detail };
}

for (const { id, given, expect } of cases) {
  test(`pii: ${id}`, () => {
    const { call, text, texts, kinds, mask_char: maskChar, visible_chars: visibleChars } = given;
    const options = call.startsWith("scan") ? { kinds } : { kinds, maskChar, visibleChars };
    assert.deepEqual(
      outcome(() => asVector(calls[call](text ?? texts, options))),
      expect,
    );
  });
}

test("pii: a span cuts what was meant", () => {
  const text = "𝔸 é a@B.org and 8.8.8.8";
  assert.deepEqual(
    scanPii(text).map(({ start, end }) => text.slice(start, end)),
    ["a@B.org", "8.8.8.8"],
  );
});

test("pii: wrong types are TypeErrors", () => {
  for (const call of [
    () => scanPii(5),
    () => scanPii("a", { kinds: "email" }),
    () => scanPii("a", { kinds: [1] }),
    () => scanPii("a", { kind: ["email"] }),
    () => scanPiiBatch("a"),
    () => maskPii("a", { maskChar: 1 }),
    () => maskPii("a", { visibleChars: 1.5 }),
    () => maskPii("a", { visible_chars: 1 }),
  ]) {
    assert.throws(call, (error) => error instanceof ParitasTypeError);
  }
});

test("pii: a lone surrogate counts as one unit, and any iterable is a batch", () => {
  assert.deepEqual(
    scanPii("\ud800a@b.org").map(({ start, end }) => [start, end]),
    [[1, 8]],
  );
  assert.deepEqual(maskPiiBatch(new Set(["a@b.org", "é"])), ["*******", "é"]);
});
