import assert from "node:assert/strict";
import test from "node:test";
import { init, rrf, weightedFusion } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const functions = { rrf, weighted_fusion: weightedFusion };
for (const { id, given, expect } of loadVectors("fusion")) {
  test(`fusion: ${id}`, () => {
    const { call, lists, n_results: nResults, ...options } = given;
    const pair = ({ id, score }) => [id, score];
    const actual = outcome(() => functions[call](lists, { ...options, nResults }).map(pair));
    assert.deepEqual(actual, expect);
  });
}

test("fusion: hits of queries, and what is no result", () => {
  const hits = [
    { id: "b", score: 1 },
    { id: 7, score: 0.5 },
  ];
  assert.deepEqual(weightedFusion([hits]), [
    { id: "b", score: 1 },
    { id: 7, score: 0 },
  ]);
  assert.deepEqual(
    rrf([hits, [7]]).map(({ id }) => id),
    [7, "b"],
  );
  for (const call of [
    () => rrf(["ab"]),
    () => rrf([[true]]),
    () => rrf([["a"]], { k: "60" }),
    () => rrf([["a"]], { nResults: 1.5 }),
    () => weightedFusion([["a"]]),
    () => weightedFusion([[["a", "x"]]]),
  ]) {
    assert.throws(call, TypeError);
  }
});
