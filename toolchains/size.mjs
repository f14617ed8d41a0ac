// Prints the size of the module and fails when it leaves its budget: node toolchains/size.mjs FILE
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const BUDGET = 150_000; // bytes after gzip
const [, , file] = process.argv;
const bytes = readFileSync(file);
// The gzip of the system, as a server packs it; Node's own zlib trades size for speed.
const packed = execFileSync("gzip", ["-9", "-c", file], { maxBuffer: 1 << 26 }).length;
console.log(`${file}: ${bytes.length} bytes, ${packed} after gzip; at most ${BUDGET}`);
process.exitCode = packed <= BUDGET ? 0 : 1;
