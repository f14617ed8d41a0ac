// What a call through a worker costs in Node: paritas/worker, Comlink, and no worker at all, in turn. Medians.
import { Worker } from "node:worker_threads";
import * as Comlink from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { BM25, init, norm } from "../../dist/index.js";
import { startWorker } from "../../dist/worker.js";

const ROUNDS = 5;
const COUNT = 10_000;
const ids = Array.from({ length: COUNT }, (_, i) => i);
const words = "the red fox sleeps under an old tree while a blue cat hunts mice and waits for rain".split(" ");
const texts = ids.map((i) =>
  Array.from({ length: 40 }, (_, k) => words[(i * 7 + k * (1 + (i % 5))) % words.length] + (k % 9 ? "" : i % 97)).join(
    " ",
  ),
);

await init();
const local = new BM25({ storeText: true });
const paritas = await startWorker();
const index = await new paritas.BM25({ storeText: true });
const thread = new Worker(new URL("comlink.mjs", import.meta.url));
const api = Comlink.wrap(nodeEndpoint(thread));

const jobs = {
  "norm([1])": [2000, () => norm([1]), () => paritas.norm([1]), () => api.norm([1])],
  "addDocuments of 10,000": [
    1,
    () => local.addDocuments(ids, texts),
    () => index.addDocuments(ids, texts),
    () => api.add(ids, texts),
  ],
  "query, 10 results": [
    300,
    () => local.query("fox 7", 10),
    () => index.query("fox 7", 10),
    () => api.query("fox 7", 10),
  ],
  "toBytes of the index": [5, () => local.toBytes(), () => index.toBytes(), () => api.toBytes()],
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const rows = [];
for (const [job, [times, ...ways]] of Object.entries(jobs)) {
  const seen = ways.map(() => []);
  for (let round = 0; round <= ROUNDS; ++round) {
    for (const [i, way] of ways.entries()) {
      for (let k = 0; k < times; ++k) {
        const start = performance.now();
        await way();
        if (round > 0) seen[i].push((performance.now() - start) * 1000);
      }
    }
  }
  const [none, ours, comlink] = seen.map(median);
  const us = (value) => Number(value.toPrecision(3));
  rows.push({
    job,
    "no worker, µs": us(none),
    "paritas/worker, µs": us(ours),
    "Comlink, µs": us(comlink),
    ratio: us(comlink / ours),
  });
}
console.table(rows);
paritas.terminate();
await thread.terminate();
