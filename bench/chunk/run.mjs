// Chunkers in Node beside their peers, in one run: node bench/chunk/run.mjs [TEXT]; peers are those of bench/package.json.
import { readFileSync } from "node:fs";
import * as paritas from "../../dist/index.js";

await paritas.init();
const where = process.argv[2] ?? new URL("../../../shared/data/text/english_speeches.txt", import.meta.url);
const text = readFileSync(where, "utf8");
const size = Buffer.byteLength(text);

async function rate(call) {
  await call();
  const times = [];
  for (let i = 0; i < 7 && times.reduce((a, b) => a + b, 0) < 20000; ++i) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return size / times.sort((a, b) => a - b)[times.length >> 1] / 1e3;
}

async function job(name, calls) {
  console.log(`\n${name}`);
  let best;
  for (const [label, call] of Object.entries(calls)) {
    if (call === undefined) {
      console.log(`  ${label.padEnd(40)} not installed`);
      continue;
    }
    const found = await rate(call);
    best ??= found;
    console.log(`  ${label.padEnd(40)} ${found.toFixed(1).padStart(8)} MB/s   x${(best / found).toFixed(1)}`);
  }
}

const installed = (name) => import(name).catch(() => undefined);
const langchain = await installed("@langchain/textsplitters");
const chonkie = await installed("@chonkiejs/core");
const recursive = new paritas.RecursiveChunker({ chunkSize: 1000, chunkOverlap: 0, length: "utf16" });
const theirs = langchain && new langchain.RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 0 });
const chonk = chonkie && (await chonkie.RecursiveChunker.create({ tokenizer: "character", chunkSize: 1000 }));
await job("recursive, size 1,000, overlap 0", {
  "paritas splitText": () => recursive.splitText(text),
  "paritas chunk (records)": () => recursive.chunk(text),
  "paritas spans": () => recursive.spans(text),
  "@langchain/textsplitters": theirs && (() => theirs.splitText(text)),
  "@chonkiejs/core RecursiveChunker": chonk && (() => chonk.chunk(text)),
});
if (theirs) {
  const splitter = new paritas.RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 0, lengthFunction: "utf16" });
  const [a, b] = [splitter.splitText(text), await theirs.splitText(text)];
  console.log(`  the same ${a.length} chunks as LangChain's: ${JSON.stringify(a) === JSON.stringify(b)}`);
}
const sentence = new paritas.SentenceChunker();
await job("sentence, size 1,344", { "paritas splitText": () => sentence.splitText(text) });
const token = new paritas.TokenChunker();
await job("token, size 512", {
  "paritas splitText": () => token.splitText(text),
  "paritas countTokens": () => paritas.countTokens(text),
});
