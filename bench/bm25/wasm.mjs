// What run.py wasm measures in Node: node wasm.mjs INDEX QUERIES K prints the microseconds of processor time for a query.
import { readFileSync } from "node:fs";
import { BM25, init } from "../../dist/index.js";

await init();
const [path, queriesPath, k] = process.argv.slice(2);
const index = BM25.fromBytes(readFileSync(path));
const queries = JSON.parse(readFileSync(queriesPath, "utf8"));

/** Median of some rounds over all queries, after enough of them for the module to be compiled at its best. */
function measure(call) {
  for (const until = performance.now() + 1000; performance.now() < until;) call();
  const times = Array.from({ length: 9 }, () => {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  });
  return times.sort((a, b) => a - b)[4] / queries.length;
}

const one = measure(() => queries.forEach((query) => index.query(query, Number(k))));
const batch = measure(() => index.queryBatchArrays(queries, Number(k)));
console.log(JSON.stringify({ one, batch }));
