// AhoCorasick beside modern-ahocorasick in Node: words in English speeches, every occurrence, in one run.
//
// Words of four letters and more of the text itself, spread evenly over their sorted list. Milliseconds of CPU, medians.
// Exits 1 where both do not find the same number, or ours is less than ten times as fast.
import { readFileSync } from "node:fs";
import { AhoCorasick, init } from "../../dist/index.js";

const peer = await import("modern-ahocorasick").catch(() => undefined);
const Modern = peer?.default?.default ?? peer?.default;
const data = process.env.PARITAS_DATA ?? new URL("../../../shared/data", import.meta.url).pathname;
const text = readFileSync(`${data}/text/english_speeches.txt`, "utf8").slice(0, Number(process.env.UNITS ?? 500_000));
const words = [...new Set(text.match(/\b[a-z]{4,}\b/g))].sort();

const spread = (count) => Array.from({ length: count }, (_, i) => words[Math.floor((i * words.length) / count)]);

function timed(call, runs = 7) {
  const times = [];
  let result = call();
  for (let i = 0; i < runs; i++) {
    const { user, system } = process.cpuUsage();
    result = call();
    const used = process.cpuUsage();
    times.push((used.user + used.system - user - system) / 1000);
  }
  times.sort((a, b) => a - b);
  return [times[runs >> 1], result];
}

await init();
console.log(`${text.length} units, ${words.length} different words; ms: count, findArrays, theirs; theirs / ours`);
for (const wanted of [10, 1_000, 10_000]) {
  const some = spread(Math.min(wanted, words.length));
  const ours = new AhoCorasick(some, { matchKind: "overlapping" });
  const [counting, count] = timed(() => ours.count(text));
  const [listing] = timed(() => ours.findArrays(text));
  const shown = `${some.length} words: ${count} found, ${counting.toFixed(2)}, ${listing.toFixed(2)}`;
  if (Modern === undefined) {
    console.log(`${shown}, not installed`);
    continue;
  }
  const theirs = new Modern(some);
  const [searching, found] = timed(() => theirs.search(text), 3);
  const ratios = [searching / counting, searching / listing].map((ratio) => ratio.toFixed(1)).join(", ");
  console.log(`${shown}, ${searching.toFixed(2)}; ${ratios}`);
  if (found.length !== count || searching < 10 * Math.max(counting, listing)) process.exitCode = 1;
  ours.dispose();
}
