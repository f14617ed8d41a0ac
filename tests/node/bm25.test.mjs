import assert from "node:assert/strict";
import test from "node:test";
import { BM25, init } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());
const camelKeys = (item = {}) => Object.fromEntries(Object.entries(item).map(([key, value]) => [camel(key), value]));

/** One call with Python's arguments: some of them are named in JavaScript, and a hit is an object. */
function call(index, [name, ...given], keywords = {}) {
  if (name === "add_documents") {
    const [ids, texts, metadatas, onDuplicate] = given;
    return index.addDocuments(ids, texts, {
      ...(metadatas ? { metadatas } : {}),
      ...(onDuplicate ? { onDuplicate } : {}),
    });
  }
  const pair = ({ id, score }) => [id, score];
  if (name === "query" || name === "query_tokens")
    return index[camel(name)](given[0], given[1], camelKeys(keywords)).map(pair);
  if (name === "query_batch") return index.queryBatch(given[0], given[1]).map((hits) => hits.map(pair));
  return index[camel(name)](...given);
}

/** Metadata has keys of the caller's own: no snake_case for them. */
function run({ options, steps = [], call: last, keywords }) {
  const index = new BM25(camelKeys(options));
  try {
    for (const step of steps) call(index, step);
    return call(index, last, keywords);
  } finally {
    index.dispose();
  }
}

for (const { id, given, expect } of loadVectors("bm25")) {
  test(`BM25: ${id}`, () => {
    assert.deepEqual(
      outcome(() => run(given)),
      expect,
    );
  });
}
