// The same HNSW index in Node and natively: built here, searched there too, with the same answers.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HNSWIndex, init } from "../../dist/index.js";

const COUNT = Number(process.argv[2] ?? 20_000);
const [DIM, QUERIES, K, EF, ROUNDS] = [384, 500, 10, 30, 5];

let state = 1n;
function unit() {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number(state >> 40n) / 2 ** 24 - 0.5;
}
const centres = Float32Array.from({ length: 200 * DIM }, unit);
function clustered(count) {
  return Float32Array.from({ length: count * DIM }, (_, i) => {
    const row = Math.floor(i / DIM);
    return centres[((row * 7919) % 200) * DIM + (i % DIM)] + 0.7 * unit();
  });
}

await init();
const rows = clustered(COUNT);
const queries = clustered(QUERIES);
const index = new HNSWIndex(DIM, { exactBelow: 0 });
const start = performance.now();
index.addBatch(rows, { dim: DIM });
const build = (performance.now() - start) / 1000;
const times = [];
let found;
for (let round = 0; round <= ROUNDS; round += 1) {
  const begin = performance.now();
  found = index.searchArrays(queries, K, { dim: DIM, ef: EF });
  if (round > 0) times.push((performance.now() - begin) / 1000);
}
const median = times.sort((a, b) => a - b)[ROUNDS >> 1];
console.log(`${COUNT} x ${DIM}, ef ${EF}, one thread`);
console.log(`Node:   built in ${build.toFixed(1)} s, ${Math.round(QUERIES / median)} queries/s`);

const folder = mkdtempSync(join(tmpdir(), "paritas-"));
try {
  writeFileSync(join(folder, "index"), index.toBytes());
  writeFileSync(join(folder, "rows"), rows);
  writeFileSync(join(folder, "queries"), queries);
  const script = `
import json, statistics, sys, time
import numpy, paritas
folder, dim, k, ef = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
rows = numpy.fromfile(folder + "/rows", "float32").reshape(-1, dim)
queries = numpy.fromfile(folder + "/queries", "float32").reshape(-1, dim)
index = paritas.HNSWIndex(dim, exact_below=0)
start = time.perf_counter()
index.add_batch(rows, threads=1)
build = time.perf_counter() - start
same = index.to_bytes() == open(folder + "/index", "rb").read()
times = []
for _ in range(6):
    start = time.perf_counter()
    ids, _distances = index.search_arrays(queries, k, threads=1, ef=ef)
    times.append(time.perf_counter() - start)
print(json.dumps([build, statistics.median(times[1:]), same, ids.ravel().tolist()]))`;
  const given = ["-c", script, folder, DIM, K, EF].map(String);
  const out = execFileSync(".venv/bin/python", given, { encoding: "utf8", maxBuffer: 1 << 26 });
  const [built, native, same, ids] = JSON.parse(out);
  console.log(`native: built in ${built.toFixed(1)} s, ${Math.round(QUERIES / native)} queries/s`);
  console.log(`Node searches at ${(native / median).toFixed(2)} x native, builds at ${(built / build).toFixed(2)} x`);
  console.log(`same bytes: ${same}; same answers: ${String(ids) === String(Array.from(found.ids))}`);
} finally {
  rmSync(folder, { recursive: true });
}
