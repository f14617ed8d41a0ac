import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await paritas.init();
const { VectorIndex } = paritas;
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const pairs = (hits) => hits.map(({ id, score }) => [id, score]);

function replace(state, index) {
  state.index.dispose();
  state.index = index;
  return null;
}

function step(state, given) {
  const { index } = state;
  const { call, id, vector, metadata, ids, vectors, k, filter, ef, exact, rescore } = given;
  const options = { filter, ef, exact, rescore };
  // JavaScript has no threads to ask for.
  if ((given.threads ?? 0) < 0) throw new paritas.ParitasError("invalid_argument", "threads must be at least 0");
  switch (call) {
    case "add":
    case "upsert":
      return index[call](id, vector, metadata);
    case "add_batch":
      return index.addBatch(ids, vectors, { metadatas: given.metadatas, onDuplicate: given.on_duplicate });
    case "from_bytes":
      return replace(state, VectorIndex.fromBytes(unhex(given.data)));
    case "reload":
      return replace(state, VectorIndex.fromBytes(index.toBytes()));
    case "to_bytes":
      return hex(index.toBytes());
    case "get": {
      const found = index.get(id);
      return found && [found.id, Array.from(found.vector), found.metadata];
    }
    case "stats": {
      const { count, removed, dim, metric, dtype, kind, path } = index.stats();
      return [count, removed, dim, metric, dtype, kind, path];
    }
    case "query":
      return pairs(index.query(vector, k, options));
    case "query_batch":
      return index.queryBatch(vectors, k, options).map(pairs);
    case "query_batch_arrays": {
      const { columns, positions, scores } = index.queryBatchArrays(vectors, k, options);
      const rows = (flat) => vectors.map((_, i) => Array.from(flat.subarray(i * columns, (i + 1) * columns)));
      return { positions: rows(positions), scores: rows(scores) };
    }
    case "remove_many":
      return index.removeMany(ids);
    case "ids":
    case "count":
      return index[call]();
    case "clear":
    case "compact":
      return index[call]() ?? null;
    default:
      return index[camel(call)](id);
  }
}

for (const { id, given, expect } of loadVectors("vector_index")) {
  test(`VectorIndex: ${id}`, () => {
    const actual = outcome(() => {
      const options = Object.fromEntries(Object.entries(given.options).map(([name, value]) => [camel(name), value]));
      const state = { index: new VectorIndex(options) };
      try {
        return given.steps.map((one) => outcome(() => step(state, one)));
      } finally {
        state.index.dispose();
      }
    });
    assert.deepEqual(actual, expect);
  });
}

test("functions as filters, flat matrices, and what is refused", () => {
  const index = new VectorIndex({ dim: 2, metric: "dot" });
  index.addBatch(["a", "b", 3], Float32Array.of(1, 2, 3, 4, 5, 6), { dim: 2, metadatas: [{ n: 1 }, null, { n: 3 }] });
  const seen = [];
  const filter = (id, metadata) => seen.push([id, metadata]) > 0 && id !== 3;
  assert.deepEqual(pairs(index.query(Float64Array.of(1, 1), 5, { filter })), [
    ["b", 7],
    ["a", 3],
  ]);
  assert.deepEqual(seen, [
    ["a", { n: 1 }],
    ["b", null],
    [3, { n: 3 }],
  ]);
  assert.throws(() => index.add(1.5, [1, 2]), TypeError);
  assert.throws(() => index.query("ab"), TypeError);
  assert.throws(() => index.query([1, 2], 1, { exact: 1 }), TypeError);
  assert.throws(() => new VectorIndex({ dim: 2, kinds: "flat" }), TypeError);
  assert.equal(index.length, 3);
  index.dispose();
  assert.throws(() => index.count(), { code: "closed" });
});
