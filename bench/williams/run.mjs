// The Williams numbers in Node: one count and many, beside plain JavaScript. Goal: at least 30 M values/s.
import { init, spaceBound, spaceBoundBatch, williamsSpaceBound } from "../../dist/index.js";

await init();
const counts = BigInt64Array.from({ length: 1_000_000 }, (_, i) => BigInt(2 + ((i * 7919) % 1_000_000)));
const numbers = Float64Array.from(counts, Number);

/** Nanoseconds for each of `values` results of one call: the median of 15 rounds. */
function measure(values, call) {
  call();
  const rounds = Array.from({ length: 15 }, () => {
    const start = performance.now();
    call();
    return ((performance.now() - start) * 1e6) / values;
  });
  return rounds.sort((a, b) => a - b)[7];
}

const repeat = (call) => () => {
  for (let i = 0; i < 200_000; i++) call(1000);
};
const rows = {
  "spaceBoundBatch, bounds only, BigInt64Array": measure(1e6, () => spaceBoundBatch(counts, { boundsOnly: true })),
  "spaceBoundBatch, bounds only, Float64Array": measure(1e6, () => spaceBoundBatch(numbers, { boundsOnly: true })),
  "spaceBoundBatch, all three, BigInt64Array": measure(1e6, () => spaceBoundBatch(counts)),
  "plain JavaScript, sqrt(t) * log2(t)": measure(1e6, () => numbers.map((t) => Math.sqrt(t) * Math.log2(t))),
  "williamsSpaceBound(1000)": measure(200_000, repeat(williamsSpaceBound)),
  "spaceBound(1000)": measure(200_000, repeat(spaceBound)),
};
for (const [name, ns] of Object.entries(rows)) {
  console.log(`  ${name.padEnd(46)} ${ns.toFixed(1).padStart(8)} ns ${(1e3 / ns).toFixed(0).padStart(6)} M/s`);
}
