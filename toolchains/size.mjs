// Prints the size of modules and fails when one leaves its budget: node toolchains/size.mjs FILE..
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const BUDGET = 150_000; // bytes after gzip, of each
for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  // The gzip of the system, as a server packs it; Node's own zlib trades size for speed.
  const packed = execFileSync("gzip", ["-9", "-c", file], { maxBuffer: 1 << 26 }).length;
  console.log(`${file}: ${bytes.length} bytes, ${packed} after gzip; at most ${BUDGET}`);
  if (packed > BUDGET) process.exitCode = 1;
}
