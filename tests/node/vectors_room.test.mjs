import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await paritas.init();
const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** Typed arrays say rows one after the other; the vectors say lists of rows. */
const rows = (flat, count) =>
  Array.from({ length: count }, (_, i) =>
    Array.from(flat.slice((i * flat.length) / count, ((i + 1) * flat.length) / count)),
  );
const rank = (value) => (Array.isArray(value) && Array.isArray(value[0]) ? 2 : 1);

function call(api, { function: name, arguments: given }) {
  const run = api[camel(name)];
  switch (name) {
    case "norm":
    case "normalize":
      return run(given.v);
    case "normalize_inplace": {
      const values = Float32Array.from(given.v);
      return { result: run(values), values };
    }
    case "normalize_batch_inplace": {
      const values = Float32Array.from(given.m.flat());
      const result = run(values, { dim: given.m[0].length });
      return { result, values: rows(values, given.m.length) };
    }
    case "normalize_batch":
    case "batch_normalize_vectors":
      return rows(run(given.m), given.m.length);
    case "similarity_matrix":
    case "cosine_similarity_matrix":
      return rows(run(given.queries, given.corpus, { normalize: given.normalize ?? true }), given.queries.length);
    case "cosine_similarity_batch": {
      const out = run(given.a, given.b);
      return rank(given.a) === 2 && rank(given.b) === 2 ? rows(out, given.a.length) : out;
    }
    case "batch_cosine_similarity":
      return run(given.query, given.corpus);
    case "batch_cosine_similarity_normalized":
      return run(given.query, given.normalized_corpus);
    case "pairwise_distances":
      return rows(run(given.vectors, given.metric), given.vectors.length);
    case "top_k_similar":
      return run(given.query, given.corpus, given.k, given.metric, {
        threshold: given.threshold,
        filterIds: given.filter_ids,
      });
    case "top_k_arrays":
      return run(given.queries, given.corpus, given.k, given.metric);
    case "batch_cosine_similarity_topk":
      return run(given.query, given.corpus, given.k);
    case "top_k_similar_normalized":
      return run(given.query, given.normalized_corpus, given.k);
    default:
      return run(given.a, given.b);
  }
}

for (const stem of ["dot", "cosine", "distance", "normalize", "matrix", "topk"]) {
  for (const { id, given, expect } of loadVectors(stem)) {
    test(`${given.function}: ${id}`, () => {
      for (const api of [paritas, paritas.VectorOps]) {
        const actual = outcome(() => call(api, given));
        assert.deepEqual(actual, expect);
      }
    });
  }
}

for (const { id, given, expect } of loadVectors("dot_golden")) {
  test(`golden bits: ${id}`, () => {
    const a = Float32Array.from({ length: given.n }, (_, i) => 1 / (i + 1));
    const b = Float32Array.from({ length: given.n }, (_, i) => ((i % 7) - 3) / (i + 2));
    const names = Object.keys(expect.value);
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, paritas[camel(name)](a, b)])), expect.value);
  });
}

for (const { id, given, expect } of loadVectors("embedding_index")) {
  test(`EmbeddingIndex: ${id}`, () => {
    const actual = outcome(() => {
      const index = new paritas.EmbeddingIndex(given.vectors, given.labels);
      try {
        if (given.more) index.add(given.more, given.more_labels);
        const hits = index.query(given.query, given.k, given.threshold);
        return { hits, similarities: index.similarities(given.query), size: index.length, dim: index.dim };
      } finally {
        index.dispose();
      }
    });
    assert.deepEqual(actual, expect);
  });
}

test("flat matrices and Float64Arrays are the same rows", () => {
  const lines = [
    [0.1, 0.7],
    [-1.3, 2.9],
  ];
  const flat = Float32Array.from(lines.flat());
  const doubles = lines.map((line) => Float64Array.from(line));
  const expected = paritas.similarityMatrix(lines, lines);
  assert.deepEqual(paritas.similarityMatrix(flat, flat, { dim: 2 }), expected);
  assert.deepEqual(paritas.similarityMatrix(doubles, doubles), expected);
  assert.deepEqual(
    paritas.topKSimilar(lines[0], flat, 1, "dot", { dim: 2 }),
    paritas.topKSimilar(lines[0], lines, 1, "dot"),
  );
  assert.throws(() => paritas.similarityMatrix(flat, flat, { dim: 3 }), { code: "invalid_argument" });
  assert.throws(() => paritas.dotProduct("ab", [1, 2]), TypeError);
  assert.throws(() => paritas.dotProduct([1, null], [1, 2]), TypeError);
});
