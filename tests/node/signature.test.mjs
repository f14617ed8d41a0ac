import assert from "node:assert/strict";
import test from "node:test";
import {
  callSimilarity,
  canonicalJson,
  computeBatchSignatures,
  computeSignature,
  init,
  ParitasError,
  signatureSimilarity,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("signature")) {
  test(`computeSignature: ${id}`, () => {
    const options = given.length === undefined ? {} : { length: given.length };
    assert.deepEqual(
      outcome(() => computeSignature(given.tool_name, given.arguments, options)),
      expect,
    );
    assert.deepEqual(
      outcome(() => computeBatchSignatures([[given.tool_name, given.arguments]], options)[0]),
      expect,
    );
  });
}
for (const { id, given, expect } of loadVectors("signature_canonical")) {
  test(`canonicalJson: ${id}`, () => {
    assert.deepEqual(
      outcome(() => canonicalJson(given.value)),
      expect,
    );
  });
}
for (const { id, given, expect } of loadVectors("signature_similarity")) {
  test(`callSimilarity: ${id}`, () => {
    assert.deepEqual(
      outcome(() => callSimilarity(given.name1, given.args1, given.name2, given.args2)),
      expect,
    );
  });
}

const failure = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return `${error.code} ${error.offset}: ${error.message}`;
  }
  return "nothing";
};

test("values of JavaScript", () => {
  const map = new Map([
    [2, "b"],
    [true, 1],
    [null, 0],
    ["a", new Set([3, 20, "x"])],
  ]);
  assert.equal(canonicalJson(map), '{"2":"b","a":["x",20,3],"null":0,"true":1}');
  assert.equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}');
  assert.equal(canonicalJson([2n ** 64n, -5n, 0n, -0]), "[18446744073709551616,-5,0,0]");
  assert.equal(canonicalJson("a\ud83d\u{1f600}\udfff"), '"a\ufffd\u{1f600}\ufffd"');
  assert.equal(canonicalJson("long ".repeat(1000) + "é"), `"${"long ".repeat(1000)}é"`);
  assert.equal(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 })), '{"a":2,"b":1}');
  for (let i = 1, draw = 1; i <= 2000; i++) {
    draw = (draw * 48271) % 2147483647;
    const value = (draw / 2147483647 - 0.5) * 10 ** ((draw % 40) - 20);
    assert.equal(canonicalJson(value), JSON.stringify(value));
    assert.equal(canonicalJson(Math.round(value * 1000) / 1000), JSON.stringify(Math.round(value * 1000) / 1000));
  }
});

test("what has no form is refused with its place", () => {
  const tail = "has no form in JSON: map it with default";
  for (const [value, message] of [
    [{ a: [0, new Uint8Array(1)] }, `unsupported_type 0: Uint8Array at /a/1 ${tail}`],
    [undefined, `unsupported_type 0: undefined at the top ${tail}`],
    [[undefined], `unsupported_type 0: undefined at /0 ${tail}`],
    [{ "a/b": () => 1 }, `unsupported_type 0: function at /a~1b ${tail}`],
    [new Date(0), `unsupported_type 0: Date at the top ${tail}`],
    [new Map([[[], 1]]), "unsupported_type 0: a key at the top must be text, a number, a boolean or null, not Array"],
    [
      new Map([
        [1, 1],
        ["1", 1],
      ]),
      "duplicate_key 0: two keys of the object at the top are the same: change one",
    ],
    [[NaN], "not_canonical 0: the number at /0 must be finite"],
    [1n << 262144n, "limit_exceeded 0: the whole number at the top must have at most 262144 bits"],
  ]) {
    assert.equal(
      failure(() => canonicalJson(value)),
      message,
    );
  }
  const ring = {};
  ring.a = [ring];
  assert.match(
    failure(() => canonicalJson(ring)),
    /^depth_limit 0: at \/a\/0\/a.*\.\.\. nesting is deeper than 1000/,
  );
  assert.match(
    failure(() =>
      computeBatchSignatures([
        ["a", 1],
        ["b", ring],
        ["c", 1],
      ]),
    ),
    /^depth_limit 1: /,
  );
  let deep = 1;
  for (let i = 0; i < 1000; i++) deep = [deep];
  assert.equal(canonicalJson(deep), "[".repeat(1000) + "1" + "]".repeat(1000));
  assert.match(
    failure(() => canonicalJson([deep])),
    /^depth_limit/,
  );
});

test("default takes the place once", () => {
  assert.equal(
    canonicalJson([new Date(0)], { default: (value) => value.toISOString() }),
    '["1970-01-01T00:00:00.000Z"]',
  );
  assert.match(
    failure(() => canonicalJson(undefined, { default: (value) => value })),
    /^unsupported_type/,
  );
  // It may call us, too.
  const outer = canonicalJson({ a: new Date(0), b: 1 }, { default: () => canonicalJson({ z: [1] }) });
  assert.equal(outer, '{"a":"{\\"z\\":[1]}","b":1}');
});

test("types and options", () => {
  for (const call of [
    () => computeSignature(1, {}),
    () => computeSignature("a", {}, { length: "8" }),
    () => computeSignature("a", {}, { digits: 8 }),
    () => computeBatchSignatures("ab"),
    () => computeBatchSignatures([["a"]]),
    () => canonicalJson(1, { default: 1 }),
    () => signatureSimilarity("a", 1),
    () => callSimilarity("a", 1, 2, 1),
  ]) {
    assert.match(failure(call), /^invalid_argument/);
  }
  assert.equal(signatureSimilarity("ab", "ab"), 1);
  assert.equal(signatureSimilarity("ab", "ac"), 0);
  assert.deepEqual(computeBatchSignatures([]), []);
});
