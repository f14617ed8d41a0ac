// Prints the size of the module and fails when it leaves its budget: node toolchains/size.mjs FILE
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 150_000; // bytes after gzip
const [, , file] = process.argv;
const bytes = readFileSync(file);
const packed = gzipSync(bytes, { level: 9 }).length;
console.log(`${file}: ${bytes.length} bytes, ${packed} after gzip; at most ${BUDGET}`);
process.exitCode = packed <= BUDGET ? 0 : 1;
