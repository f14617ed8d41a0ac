import assert from "node:assert/strict";
import test from "node:test";
import { Analyzer, BM25, init, ParitasError } from "paritas";

await init();
const code = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return `${error.code} ${error instanceof TypeError ? "type" : "value"}`;
  }
  return "nothing";
};

test("wrong types are TypeErrors, wrong values are not, and neither changes anything", () => {
  const index = new BM25();
  for (const id of [true, 1.5, null, undefined, {}, 2 ** 53, NaN]) {
    assert.equal(
      code(() => index.addDocument(id, "red")),
      "invalid_argument type",
      String(id),
    );
    assert.equal(
      code(() => index.addDocuments(["a", id], ["red", "blue"])),
      "invalid_argument type",
    );
  }
  for (const call of [
    () => index.query(5),
    () => index.query("red", 1.5),
    () => index.query("red", "3"),
    () => index.query("red", 3, { minScore: "x" }),
    () => index.queryTokens("red"),
    () => index.addDocument("a", null),
    () => index.addDocument("a", "red", "metadata"),
    () => index.addDocument("a", "red", { a: { b: 1 } }),
    () => index.addDocument("a", "red", { a: [[1]] }),
    () => BM25.fromBytes("x"),
    () => new BM25({ k1: "x" }),
    () => new BM25({ storeText: 1 }),
    () => new BM25({ stemer: "none" }),
    () => new BM25({ analyzer: {} }),
    () => new Analyzer({ stopwords: 5 }),
    () => new Analyzer({ minLength: 1.5 }),
  ]) {
    assert.equal(code(call), "invalid_argument type", String(call));
  }
  assert.equal(
    code(() => index.addDocument("a", "red", { a: NaN })),
    "invalid_argument value",
  );
  assert.equal(index.count(), 0);
  index.dispose();
  assert.equal(
    code(() => index.count()),
    "closed value",
  );
});

test("a lone surrogate counts as the replacement character", () => {
  using_(new BM25({ storeText: true }), (index) => {
    index.addDocument("\ud800", "red\ud800fox", { "k\udfff": "\ud800" });
    assert.deepEqual(index.get("\ufffd"), {
      id: "\ufffd",
      length: 2,
      text: "red\ufffdfox",
      metadata: { "k\ufffd": "\ufffd" },
    });
  });
});

test("bytes go round, and damaged ones are refused", () => {
  using_(new BM25({ variant: "bm25+", stopwords: ["x"] }), (index) => {
    index.addDocument("a", "red fox", { n: 1, f: 0.5, big: 2 ** 60, minus: -0, list: [null, "é"] });
    index.addDocument(7, "blue");
    const data = index.toBytes();
    using_(BM25.fromBytes(data), (other) => {
      assert.deepEqual(other.toBytes(), data);
      assert.deepEqual(other.get("a"), index.get("a"));
      assert.ok(Object.is(other.get("a").metadata.minus, -0));
    });
    for (let at = 0; at < data.length; ++at) {
      assert.equal(
        code(() => BM25.fromBytes(data.subarray(0, at))),
        "corrupt_data value",
      );
      const damaged = data.slice();
      damaged[at] ^= 0x81;
      assert.equal(
        code(() => BM25.fromBytes(damaged)),
        "corrupt_data value",
      );
    }
  });
});

test("an analyzer may be shared, and goes its own way", () => {
  const analyzer = new Analyzer({ stopwords: "english" });
  const index = new BM25({ analyzer });
  analyzer.dispose();
  index.addDocument("a", "The cat");
  assert.equal(index.get("a").length, 1);
  assert.equal(
    code(() => new BM25({ analyzer: new Analyzer(), stemmer: "none" })),
    "invalid_argument value",
  );
  index.dispose();
});

test("arrays have rows", () => {
  using_(new BM25(), (index) => {
    index.addDocuments(["a", "b", "c"], ["red", "red fox", "blue"]);
    const { columns, positions, scores } = index.queryBatchArrays(["fox", "red", "none"], 2);
    assert.equal(columns, 2);
    assert.deepEqual([...positions], [1, -1, 0, 1, -1, -1]);
    assert.equal(scores[0], index.query("fox")[0].score);
    assert.ok(scores instanceof Float64Array && positions instanceof Int32Array);
  });
});

test("disposed indexes leave no memory behind", () => {
  const texts = Array.from({ length: 2_000 }, (_, i) => `word${i % 97} other${i % 13} more${i}`);
  const ids = texts.map((_, i) => i);
  const size = () => {
    for (let i = 0; i < 30; ++i) using_(new BM25(), (index) => index.addDocuments(ids, texts));
    return memory();
  };
  const first = size();
  assert.equal(size(), first);
});

function using_(handle, use) {
  try {
    return use(handle);
  } finally {
    handle.dispose();
  }
}

const { core } = await import("../../dist/module.js");
function memory() {
  return core().HEAPU8.length;
}
