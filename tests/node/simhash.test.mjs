import assert from "node:assert/strict";
import test from "node:test";
import { init, ParitasError, SimHash, SimHashIndex } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const bits = (hex) => BigInt(`0x${hex}`);

const CALLS = {
  hash: ({ text, options }) => new SimHash(options).hash(text).toString(16).padStart(16, "0"),
  hamming: ({ a, b }) => SimHash.hamming(bits(a), bits(b)),
  index({ insert, query, remove, options }) {
    const index = new SimHashIndex(options.max_distance === undefined ? {} : { maxDistance: options.max_distance });
    for (const [id, hash] of insert) index.insert(id, bits(hash));
    for (const id of remove) index.remove(id);
    return { found: query.map((hash) => index.query(bits(hash))), size: index.size };
  },
};

for (const { id, given, expect } of loadVectors("simhash")) {
  test(`SimHash: ${id}`, () => {
    assert.deepEqual(
      outcome(() => CALLS[given.call](given)),
      expect,
    );
  });
}

test("types and options", () => {
  const made = new SimHash({ k: 2 });
  assert.deepEqual([...made.hashes(["a b", ""])], [made.hash("a b"), 0n]);
  const index = new SimHashIndex();
  assert.equal(index.maxDistance, 3);
  index.insert(1, 5n);
  assert.deepEqual([index.has(1), index.has(2)], [true, false]);
  for (const [call, code] of [
    [() => made.hash(5), "invalid_argument"],
    [() => new SimHash({ n: 3 }), "invalid_argument"],
    [() => new SimHash({ k: 1.5 }), "invalid_argument"],
    [() => SimHash.hamming(1, 2n), "invalid_argument"],
    [() => SimHash.hamming(-1n, 2n), "out_of_range"],
    [() => index.insert("a", 1n), "invalid_argument"],
    [() => index.query(2n ** 64n), "out_of_range"],
  ]) {
    assert.throws(call, (error) => error instanceof ParitasError && error.code === code);
  }
});
