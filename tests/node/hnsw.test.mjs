import assert from "node:assert/strict";
import test from "node:test";
import { HNSWIndex, init } from "paritas";
import { core } from "../../dist/module.js";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

function hash(bytes) {
  const at = core().malloc(bytes.length);
  core().HEAPU8.set(bytes, at);
  const value = BigInt.asUintN(64, core().xxh3_64(at, bytes.length, 0n));
  core().free(at);
  return value.toString(16).padStart(16, "0");
}

/** One step of a case: the index that the next one works on, and what this one gave. */
function step(index, [name, first, second, third]) {
  switch (name) {
    case "add":
      return [index, index.add(first, second, third)];
    case "add_batch":
      return [index, index.addBatch(first, { ids: second ?? undefined, metadata: third })];
    case "search": {
      const { k, ef, every, filter_ids: filterIds } = second ?? {};
      const filter = every === undefined ? undefined : (id) => id % every === 0;
      return [index, index.search(first, k, { ef, filter, filterIds })];
    }
    case "search_batch":
      return [index, index.searchBatch(first, second)];
    case "delete":
      return [index, index.delete(first)];
    case "compact":
      index.compact();
      return [index, null];
    case "ids":
      return [index, index.ids()];
    case "get":
      return [index, index.get(first)];
    case "get_metadata":
      return [index, index.getMetadata(first)];
    case "has":
      return [index, index.has(first)];
    case "stats": {
      const { count, holes, layers, exact } = index.stats();
      return [index, [count, holes, layers, exact]];
    }
    case "hash":
      return [index, hash(index.toBytes())];
    case "reload": {
      const loaded = HNSWIndex.fromBytes(index.toBytes());
      index.dispose();
      return [loaded, null];
    }
    default:
      throw new Error(name);
  }
}

const camel = (key) => key.replace(/_[a-z]/g, (letter) => letter[1].toUpperCase());

for (const { id, given, expect } of loadVectors("hnsw")) {
  test(`HNSWIndex: ${id}`, () => {
    let index;
    try {
      const actual = outcome(() => {
        const { dimension, ...rest } = given.options;
        index = new HNSWIndex(
          dimension,
          Object.fromEntries(Object.entries(rest).map(([key, value]) => [camel(key), value])),
        );
        const values = [];
        for (const each of given.steps) {
          let value;
          [index, value] = step(index, each);
          values.push(value);
        }
        return values;
      });
      assert.deepEqual(actual, expect);
    } finally {
      index?.dispose();
    }
  });
}

function rows(count, dim) {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: dim }, (_, j) => ((i * 7919 + j * 104729) % 199) / 99 - 1),
  );
}

test("progress tells and stops, what a callback throws comes out, and the module goes on", () => {
  const index = new HNSWIndex(4, { m: 4, exactBelow: 0 });
  const told = [];
  const ids = index.addBatch(rows(100, 4), {
    progress: (done, total) => {
      told.push([done, total]);
      return done < 50;
    },
  });
  assert.equal(ids.length, index.length);
  assert.deepEqual(told.at(-1), [ids.length, 100]);
  assert.ok(ids.length >= 50 && ids.length < 100);
  const fails = () => {
    throw new RangeError("mine");
  };
  assert.throws(() => index.search([1, 0, 0, 0], 3, { filter: fails }), /mine/);
  assert.throws(() => index.addBatch(rows(3, 4), { progress: fails }), /mine/);
  const asked = [];
  const hits = index.search([1, 0, 0, 0], 3, { filter: (id) => asked.push(id) > 0 && id % 20 === 0 });
  assert.ok(hits.every(([id]) => id % 20 === 0) && hits.length === 3);
  assert.equal(new Set(asked).size, asked.length);
  assert.throws(() => index.search([1, 0, 0, 0], 3, { filter: 5 }), TypeError);
  assert.throws(() => index.add([1, 0, 0, 0], 1.5), TypeError);
  index.dispose();
  assert.throws(() => index.length, { code: "closed" });
});

test("flat matrices, arrays of results, and damage", () => {
  const index = new HNSWIndex(8, { m: 3, exactBelow: 0 });
  index.addBatch(Float32Array.from(rows(60, 8).flat()), { dim: 8 });
  const queries = rows(2, 8);
  const { ids, distances, width } = index.searchArrays(queries, 4);
  const found = index.searchBatch(queries, 4);
  assert.equal(width, 4);
  assert.deepEqual(
    found.flat().map(([id]) => id),
    Array.from(ids),
  );
  assert.deepEqual(
    found.flat().map(([, distance]) => distance),
    Array.from(distances),
  );
  const bytes = index.toBytes();
  for (let at = 0; at < bytes.length; at += 61) {
    const damaged = bytes.slice();
    damaged[at] ^= 4;
    assert.throws(() => HNSWIndex.fromBytes(damaged), { code: "corrupt_data" });
    assert.throws(() => HNSWIndex.fromBytes(bytes.slice(0, at)), { code: "corrupt_data" });
  }
  index.dispose();
});
