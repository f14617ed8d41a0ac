// Repair of JSON in Node beside jsonrepair, in one run: speed, and agreement on cases.json.
//   node bench/repair/run.mjs   (after npm install in bench/)
import { readFileSync } from "node:fs";
import { jsonrepair } from "jsonrepair";
import { init, repairJson } from "../../dist/index.js";

await init();
const { jsonrepair: cases } = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

let same = 0;
let count = 0;
for (const text of cases) {
  let theirs;
  try {
    theirs = JSON.stringify(JSON.parse(jsonrepair(text)));
  } catch {
    continue; // a text that it refuses
  }
  count += 1;
  const ours = JSON.stringify(JSON.parse(repairJson(text)));
  if (theirs === ours) same += 1;
  else console.log(`  ${JSON.stringify(text)}\n    theirs ${theirs}\n    ours   ${ours}`);
}
console.log(`jsonrepair: ${same} of ${count} values agree`);

const words = "the quick brown fox jumps over lazy dog near river bank while models write text".split(" ");
const records = Array.from({ length: 3000 }, (_, i) => ({
  id: i,
  user: { name: words[i % words.length], active: i % 2 === 0, tags: words.slice(i % 9, (i % 9) + 3) },
  text: Array.from({ length: 5 + (i % 30) }, (_, k) => words[(i * 7 + k * 3) % words.length]).join(" "),
  score: i / 7,
  none: null,
}));
const valid = JSON.stringify(records);
const texts = {
  valid,
  "single quotes": valid.replaceAll('"', "'"),
  "trailing commas": valid.replaceAll("]", ",]"),
  cut: valid.slice(0, -100),
};

/** Median of the CPU time of a call, in seconds. */
function seconds(call, repeats) {
  const times = Array.from({ length: repeats }, () => {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return times.sort((a, b) => a - b)[repeats >> 1];
}

for (const [name, text] of Object.entries(texts)) {
  const ours = seconds(() => repairJson(text), 15);
  const theirs = seconds(() => jsonrepair(text), 7);
  const rate = (time) => `${(text.length / time / 1e6).toFixed(0)} MB/s`;
  console.log(`${name}: paritas ${rate(ours)}, jsonrepair ${rate(theirs)}, ${(theirs / ours).toFixed(1)}x`);
}
