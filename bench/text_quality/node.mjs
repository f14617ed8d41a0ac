// text_quality in Node: node bench/text_quality/node.mjs FILE...  MB of UTF-8 a second of processor time, median of runs.
import { readFileSync } from "node:fs";
import { init, textQuality } from "../../dist/index.js";

await init();
for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const text = bytes.toString("utf8");
  const speeds = [];
  for (let run = 0; run < 12; ++run) {
    const before = process.cpuUsage();
    textQuality(text);
    const { user, system } = process.cpuUsage(before);
    if (run >= 3) speeds.push(bytes.length / (user + system)); // the first ones warm up
  }
  speeds.sort((a, b) => a - b);
  console.log(JSON.stringify({ file, mb_per_second: speeds[Math.floor(speeds.length / 2)] }));
}
