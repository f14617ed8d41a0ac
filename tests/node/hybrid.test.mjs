import assert from "node:assert/strict";
import test from "node:test";
import { BM25, HybridIndex, init, ParitasError, VectorIndex } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());
const camelKeys = (item) => Object.fromEntries(Object.entries(item).map(([key, value]) => [camel(key), value]));
const present = (item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));

/** One call with Python's arguments: some of them are named in JavaScript. */
function call(index, [name, ...given]) {
  if (name === "query") {
    const [text, vector, nResults, filter] = given;
    return index.query(present({ text, vector }), nResults, filter === undefined ? {} : { filter });
  }
  if (name === "add_batch") {
    const [ids, texts, vectors, metadatas, onDuplicate] = given;
    return index.addBatch(ids, texts, vectors, {
      ...(metadatas ? { metadatas } : {}),
      ...(onDuplicate ? { onDuplicate } : {}),
    });
  }
  const result = index[camel(name)](...given);
  return result === undefined ? null : result;
}

function add(index, [id, text, vector, metadata]) {
  index.add(id, text, vector, metadata ?? undefined);
}

for (const { id, given, expect } of loadVectors("hybrid")) {
  test(`HybridIndex: ${id}`, () => {
    const actual = outcome(() => {
      let index = new HybridIndex(camelKeys(given.options));
      try {
        for (const document of given.documents) add(index, document);
        for (const step of given.steps) {
          if (step[0] === "reload") {
            const old = index;
            index = HybridIndex.fromBytes(old.toBytes());
            old.dispose();
          } else {
            outcome(() => call(index, step));
          }
        }
        return call(index, given.call);
      } finally {
        index.dispose();
      }
    });
    assert.deepEqual(actual, expect);
  });
}

const code = (run) => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return error.code;
  }
  return "nothing";
};

test("HybridIndex: indexes may be given, and stay with their owner", () => {
  const bm25 = new BM25();
  const vectors = new VectorIndex({ dim: 2, metric: "l2" });
  const index = new HybridIndex({ bm25, vectors });
  index.add("a", "Water", [1, 0]);
  assert.deepEqual([bm25.ids(), vectors.ids()], [["a"], ["a"]]);
  assert.equal(
    code(() => index.highlights("a", "water")),
    "invalid_argument",
  );
  index.dispose();
  assert.equal(
    code(() => index.query({ text: "water" })),
    "closed",
  );
  assert.equal(bm25.count(), 1);
  bm25.remove("a");
  assert.equal(
    code(() => new HybridIndex({ bm25, vectors })),
    "invalid_argument",
  );
  for (const options of [{ bm25: vectors }, { vectors: bm25 }, { embed: 5 }, { rrfk: 1 }]) {
    assert.throws(() => new HybridIndex(options), TypeError);
  }
  bm25.dispose();
  vectors.dispose();
});

test("HybridIndex: embed stands in for vectors, at once or later", async () => {
  for (const wait of [(rows) => rows, (rows) => Promise.resolve(rows)]) {
    const embed = (texts) => wait(texts.map((text) => [Number(/water/i.test(text)), Number(/ice/i.test(text))]));
    const index = new HybridIndex({ embed });
    assert.equal(await index.addTexts(["a", "b"], ["Water boils", "Ice melts"]), 2);
    const [best] = await index.queryText("ice", 1, { filter: (id) => id !== "a" });
    assert.deepEqual([best.id, best.sparseRank, best.denseRank], ["b", 1, 1]);
    index.dispose();
  }
  const plain = new HybridIndex();
  await assert.rejects(plain.addTexts(["a"], ["Water"]), (error) => error.code === "invalid_argument");
  plain.dispose();
});

test("HybridIndex: a refused change leaves both parts alone", () => {
  const index = new HybridIndex();
  index.add("a", "Water", [1, 0]);
  const before = index.toBytes();
  for (const run of [
    () => index.add("a", 5, [1, 0]),
    () => index.add("a", "x", [1]),
    () => index.add("a", "x", [1, NaN]),
    () => index.add("a", "x", [1, 0], { a: {} }),
    () =>
      index.addBatch(
        ["a", "z"],
        ["x", 5],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    () => index.addBatch(["a", "z"], ["x", "y"], [[1, 0]]),
    () =>
      index.addBatch(
        ["a", "z"],
        ["x", "y"],
        [
          [1, 0],
          [0, 1],
        ],
        { onDuplicate: "x" },
      ),
  ]) {
    assert.notEqual(code(run), "nothing");
    assert.deepEqual(index.toBytes(), before);
  }
  for (let at = 0; at < before.length; at += 5) {
    assert.equal(
      code(() => HybridIndex.fromBytes(before.subarray(0, at))),
      "corrupt_data",
    );
  }
  index.dispose();
});
