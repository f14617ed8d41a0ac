import assert from "node:assert/strict";
import test from "node:test";
import { init, MinHash, MinHashLSH, ParitasError } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (fields = {}) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/_(.)/g, (_, c) => c.toUpperCase()), value]),
  );

const CALLS = {
  signature({ text, options }) {
    const made = new MinHash(camel(options));
    const out = made.signature(text);
    made.dispose();
    return out;
  },
  jaccard: ({ a, b }) => MinHash.jaccard(a, Uint32Array.from(b)),
  sketch({ left, right, options }) {
    const [one, other] = [new MinHash(camel(options)), new MinHash(camel(options))];
    for (const text of left) one.update(text);
    for (const text of right) other.update(text);
    one.merge(other);
    return one.digest();
  },
  band_keys({ text, options }) {
    const index = new MinHashLSH(camel(options));
    return Array.from(index.bandKeys(new MinHash().signature(text)), (key) => key.toString(16).padStart(16, "0"));
  },
  lsh({ insert, remove, query, sketch, options }) {
    const [made, index] = [new MinHash(camel(sketch)), new MinHashLSH(camel(options))];
    for (const [id, text] of insert) index.insert(id, made.signature(text));
    for (const id of remove) index.remove(id);
    const bytes = index.toBytes();
    const again = MinHashLSH.fromBytes(bytes);
    assert.deepEqual(again.toBytes(), bytes);
    const found = query.map((text) => index.query(made.signature(text)));
    assert.deepEqual(
      query.map((text) => again.query(made.signature(text))),
      found,
    );
    return { found, shape: [index.numPerm, index.bands, index.rows, index.size], bytes: "" };
  },
};

for (const { id, given, expect } of loadVectors("minhash")) {
  test(`MinHash: ${id}`, () => {
    // The bytes are compared by their hash in the other languages, which have XXH3-128 at hand.
    if (given.call === "lsh" && expect.value) expect.value.bytes = "";
    assert.deepEqual(
      outcome(() => CALLS[given.call](given)),
      expect,
    );
  });
}

const failure = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return error.code;
  }
  return "nothing";
};

test("signatures of many texts stand in a row", () => {
  const made = new MinHash({ numPerm: 5 });
  const all = made.signatures(["a b c d", "", "x"]);
  assert.equal(all.length, 15);
  assert.deepEqual(all.slice(0, 5), made.signature("a b c d"));
  assert.deepEqual([...all.slice(5, 10)], Array(5).fill(0xffffffff));
});

test("types, options and damaged bytes", () => {
  const [made, index] = [new MinHash(), new MinHashLSH({ numPerm: 4, bands: 2 })];
  index.insert(7, [1, 2, 3, 4]);
  assert.deepEqual([index.has(7), index.has(8), index.size], [true, false, 1]);
  for (const call of [
    () => made.signature(5),
    () => made.signatures("abc"),
    () => made.merge({}),
    () => made.merge(new MinHash({ seed: 2 })),
    () => new MinHash({ numPerm: 1.5 }),
    () => new MinHash({ perm: 1 }),
    () => MinHash.jaccard("ab", [1]),
    () => index.insert("a", [1, 2, 3, 4]),
    () => index.insert(1.5, [1, 2, 3, 4]),
    () => MinHashLSH.fromBytes("text"),
  ]) {
    assert.equal(failure(call), "invalid_argument");
  }
  assert.equal(
    failure(() => MinHash.jaccard([0, -1], [0, 1])),
    "out_of_range",
  );
  const bytes = index.toBytes();
  for (let at = 0; at < bytes.length; at++) {
    const other = bytes.slice();
    other[at] ^= 1;
    assert.equal(
      failure(() => MinHashLSH.fromBytes(other)),
      "corrupt_data",
    );
  }
  index.dispose();
  assert.equal(
    failure(() => index.size),
    "closed",
  );
});
