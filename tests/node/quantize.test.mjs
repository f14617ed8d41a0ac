import assert from "node:assert/strict";
import test from "node:test";
import * as paritas from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await paritas.init();
const { hammingDistance, quantize, QuantizedVectors } = paritas;
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const rows = (flat, count) =>
  Array.from({ length: count }, (_, i) => flat.slice((i * flat.length) / count, ((i + 1) * flat.length) / count));
const plain = (numbers) => Array.from(numbers);

/** Calls with vectors that are freed whatever happens. */
function using(vectors, call) {
  try {
    return call(vectors);
  } finally {
    vectors.dispose();
  }
}

function fields(vectors) {
  const { dtype, dim, count, nbytes } = vectors;
  const values = rows(plain(vectors.dequantize()), count);
  values.forEach((row, i) => assert.deepEqual(plain(vectors.at(i)), row));
  return { dtype, dim, count, data: plain(vectors.data), scales: plain(vectors.scales), nbytes, values };
}

function call({ function: name, arguments: given }) {
  switch (name) {
    case "quantize":
      return using(quantize(given.vectors, given.dtype), fields);
    case "hamming_distance":
      return hammingDistance(Uint8Array.from(given.a), Uint8Array.from(given.b));
    case "to_bytes":
      return using(quantize(given.vectors, given.dtype), (vectors) => hex(vectors.toBytes()));
    case "from_bytes":
      return using(QuantizedVectors.fromBytes(unhex(given.data)), fields);
    case "cosine_similarity_batch":
      return using(quantize(given.b, given.dtype), (b) => {
        const scores = plain(paritas.cosineSimilarityBatch(given.a, b));
        return Array.isArray(given.a[0]) ? rows(scores, given.a.length) : scores;
      });
    case "similarity_matrix":
      return using(quantize(given.corpus, given.dtype), (corpus) => {
        const { queries, normalize } = given;
        return rows(plain(paritas.similarityMatrix(queries, corpus, { normalize })), queries.length);
      });
    default: {
      const { query, corpus, dtype, k, metric, threshold, filter_ids: filterIds, oversample } = given;
      const options = { threshold, filterIds, oversample, rescore: given.rescore ? corpus : null };
      const search = (items) => paritas.topKSimilar(query, items, k, metric, options);
      return dtype === "float32" ? search(corpus) : using(quantize(corpus, dtype), search);
    }
  }
}

for (const { id, given, expect } of loadVectors("quantize")) {
  test(`quantize: ${id}`, () => {
    const actual = outcome(() => call(given));
    assert.deepEqual(actual, expect);
  });
}

test("quantised vectors are freed, and say so afterwards", () => {
  const vectors = quantize(Float32Array.of(1, 2, 3, 4), "int8", { dim: 2 });
  assert.equal(vectors.length, 2);
  assert.throws(() => vectors.at(2), { code: "out_of_range" });
  vectors.dispose();
  assert.throws(() => vectors.data, { code: "closed" });
  assert.throws(() => paritas.topKSimilar([1, 2], vectors), { code: "closed" });
  assert.throws(() => hammingDistance([1], [2]), TypeError);
  assert.throws(() => QuantizedVectors.fromBytes("x"), TypeError);
});
