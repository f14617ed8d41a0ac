// Writes the digest of the WASM module in Node, for tests/meta: node tests/node/digest.mjs CASES
import { mkdirSync, writeFileSync } from "node:fs";
import { init, selfcheckReport } from "paritas";

await init();
const cases = Number(process.argv[2] ?? 10_000);
const report = selfcheckReport(cases);
const folder = new URL("../../build/digests/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("node.json", folder), JSON.stringify({ node: { cases, ...report } }));
console.log(`node: digest of ${cases} cases ${report.digest}`);
