// Dense vectors of 384 float32 in Node, beside a plain loop of JavaScript and the native library. Goal: at most 2.5 times
// the native time.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  batchCosineSimilarity,
  cosineSimilarity,
  init,
  similarityMatrix,
  topKSimilar,
  VectorIndex,
} from "../../dist/index.js";

await init();
const DIM = 384;
const root = fileURLToPath(new URL("../../", import.meta.url));
let state = 1;
const unit = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
const values = (rows) => Float32Array.from({ length: rows * DIM }, unit);

function plainCosine(a, b, at = 0) {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < DIM; ++i) {
    const x = a[i];
    const y = b[at + i];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
const plainRow = (query, corpus) =>
  Float32Array.from({ length: corpus.length / DIM }, (_, i) => plainCosine(query, corpus, i * DIM));
const plainTop = (query, corpus) =>
  Array.from(plainRow(query, corpus), (score, i) => [i, score])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10);

/** Microseconds of each call: medians, measured in turns so that a busy moment hits all of them. */
function inTurns(calls, number, rounds = 15) {
  const times = calls.map(() => []);
  calls.forEach((call) => call());
  for (let round = 0; round < rounds; ++round) {
    calls.forEach((call, c) => {
      const start = performance.now();
      for (let i = 0; i < number; ++i) call();
      times[c].push(((performance.now() - start) / number) * 1e3);
    });
  }
  return times.map((taken) => taken.sort((a, b) => a - b)[rounds >> 1]);
}

const [a, b, query, rows, many] = [values(1), values(1), values(1), values(100), values(10_000)];
const dim = { dim: DIM };
const jobs = [
  ["pair", "cosine of a pair", 5_000, () => cosineSimilarity(a, b), () => plainCosine(a, b)],
  ["rows", "one query, 100 rows", 100, () => batchCosineSimilarity(query, rows, dim), () => plainRow(query, rows)],
  ["top", "top 10 of 10,000 rows", 3, () => topKSimilar(query, many, 10, "cosine", dim), () => plainTop(query, many)],
  [
    "matrix",
    "matrix, 100 x 100",
    10,
    () => similarityMatrix(rows, rows, dim),
    () => Array.from({ length: 100 }, (_, i) => plainRow(rows.subarray(i * DIM, (i + 1) * DIM), rows)),
  ],
];
const native = JSON.parse(
  execFileSync(`${root}.venv/bin/python`, [`${root}bench/vectors/run.py`, "--jobs"], { encoding: "utf8" }),
);
console.log("microseconds a call".padEnd(26), "paritas  plain loop   ratio  native from Python  Node / native");
for (const [name, title, number, ours, plain] of jobs) {
  const [mine, theirs] = inTurns([ours, plain], number);
  const figures = [
    mine.toFixed(2).padStart(9),
    theirs.toFixed(2).padStart(11),
    `${(theirs / mine).toFixed(1)}x`.padStart(7),
  ];
  const beside = [native[name].toFixed(2).padStart(19), (mine / native[name]).toFixed(2).padStart(14)];
  console.log(title.padEnd(24), ...figures, ...beside);
}

// An index keeps its vectors on the heap of the module: a query copies nothing but itself. Beside it the fastest store that
// plain JavaScript can be: one Float32Array, a loop over unit vectors, the ten best in a short list.
const ROWS = 100_000;
const store = values(ROWS);
for (let at = 0; at < store.length; at += DIM) {
  let square = 0;
  for (let i = at; i < at + DIM; ++i) square += store[i] * store[i];
  for (let i = at; i < at + DIM; ++i) store[i] /= Math.sqrt(square);
}
function plainStore() {
  const best = [];
  let least = -Infinity;
  for (let row = 0, at = 0; row < ROWS; ++row, at += DIM) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < DIM; i += 4) {
      a += query[i] * store[at + i];
      b += query[i + 1] * store[at + i + 1];
      c += query[i + 2] * store[at + i + 2];
      d += query[i + 3] * store[at + i + 3];
    }
    const score = a + b + c + d;
    if (score <= least) continue;
    best.push([row, score]);
    best.sort((x, y) => y[1] - x[1]);
    if (best.length > 10) best.pop();
    if (best.length === 10) least = best[9][1];
  }
  return best;
}
const ids = Array.from({ length: ROWS }, (_, i) => i);
const searches = [["plain store, float32", plainStore]];
for (const [dtype, metric] of [
  ["float32", "cosine"],
  ["float32", "dot"],
  ["float32", "l2"],
  ["float16", "cosine"],
  ["int8", "cosine"],
  ["binary", "cosine"],
]) {
  const index = new VectorIndex({ dim: DIM, metric, dtype });
  index.addBatch(ids, store, { dim: DIM });
  searches.push([`VectorIndex, ${dtype}, ${metric}`, () => index.query(query, 10)]);
}
const found = inTurns(
  searches.map(([, call]) => call),
  1,
  11,
);
console.log(`\ntop 10 of ${ROWS} x ${DIM}`.padEnd(36), "ms     plain store is");
searches.forEach(([name], i) =>
  console.log(
    name.padEnd(32),
    (found[i] / 1e3).toFixed(2).padStart(8),
    `${(found[0] / found[i]).toFixed(1)}x`.padStart(10),
  ),
);
