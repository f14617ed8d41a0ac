// tesseract.js, the engine of the page, on the first held-back pages of run.py: does it read what Debian's tesseract
// reads, and is Paritas' evidence as far above its own mean? PAGES asks for another number of pages than 60.
// Needs `make build` and what run.py needs. Language data come from npm; nothing is fetched.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";

import { fieldConfidence, init } from "../../dist/index.js";

const require = createRequire(import.meta.url);
const { createWorker } = require("tesseract.js");

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, ".cache", "ocr", "pages");
const FIRST = 1000;
const PAGES = Number(process.env.PAGES ?? 60);

/** The chance that a right one scores above a wrong one, a tie counting half. */
function auc(scores, right) {
  const good = scores.filter((_, at) => right[at]);
  const bad = scores.filter((_, at) => !right[at]);
  let wins = 0;
  for (const a of good) for (const b of bad) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (good.length * bad.length);
}

const folded = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
const compact = (text) => text.replace(/\s+/gu, "");

/** The same alignment as `align` of pages.py: words whose middle lies in a line's box. */
function align(field, words) {
  const found = field.lines.map(([left, top, right, bottom]) =>
    words
      .filter(({ bbox }) => {
        const x = (bbox.x0 + bbox.x1) / 2;
        const y = (bbox.y0 + bbox.y1) / 2;
        return left <= x && x <= right && top <= y && y <= bottom;
      })
      .sort((a, b) => a.bbox.x0 - b.bbox.x0),
  );
  return {
    text: found
      .map((line) => line.map(({ text }) => text).join(" "))
      .join("\n")
      .trim(),
    words: found.flat().map(({ text, confidence }) => ({ text, confidence })),
  };
}

/** Rows of {page, right, value, mean, low, evidence} of one engine. */
function judge(pages, engine) {
  return pages.flatMap((fields, page) => {
    const report = fieldConfidence(
      fields.map((field) => ({
        name: field.name,
        type: field.type,
        ...field[engine],
        text: field[engine].text || null,
      })),
      { scale: "percent" },
    );
    return fields.flatMap((field, at) => {
      const { text, words } = field[engine];
      if (text === "") return [];
      const sure = words.map(({ confidence }) => confidence);
      const right = folded(text) === folded(field.truth);
      return {
        page,
        right,
        value: right || (field.type !== "text" && compact(text) === compact(field.truth)),
        mean: sure.reduce((sum, value) => sum + value, 0) / sure.length,
        low: Math.min(...sure),
        evidence: report.fields[at].evidence,
      };
    });
  });
}

await init();
mkdirSync(FOLDER, { recursive: true });
const python = join(ROOT, ".venv", "bin", "python");
const script = join(ROOT, "bench", "ocr", "pages.py");
execFileSync(python, [script, String(FIRST), String(FIRST + PAGES), FOLDER], { stdio: "inherit" });

const data = dirname(require.resolve("@tesseract.js-data/eng/package.json"));
const worker = await createWorker("eng", 1, { langPath: join(data, "4.0.0_best_int"), cacheMethod: "none" });
const pages = [];
const started = performance.now();
for (let seed = FIRST; seed < FIRST + PAGES; seed++) {
  const fields = JSON.parse(readFileSync(join(FOLDER, `${seed}.json`), "utf8"));
  const { data: read } = await worker.recognize(join(FOLDER, `${seed}.png`), {}, { blocks: true });
  const words = (read.blocks ?? [])
    .flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines.flatMap((line) => line.words)))
    .filter(({ text }) => text.trim() !== "");
  for (const field of fields) field.page = align(field, words);
  pages.push(fields);
}
const seconds = (performance.now() - started) / 1000 / PAGES;
await worker.terminate();

const all = pages.flat();
const same = all.filter((field) => field.page.text === field.native.text).length;
console.log(`${PAGES} pages, ${all.length} fields; tesseract.js took ${seconds.toFixed(2)} s a page`);
console.log(`read the same by both engines: ${same} of ${all.length} (${((100 * same) / all.length).toFixed(1)} %)`);
console.log(
  "| engine | fields found | right to the letter | right as a value | AUC as a value: mean | lowest | Paritas |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const [engine, label] of [
  ["native", "Debian's tesseract"],
  ["page", "tesseract.js"],
]) {
  const rows = judge(pages, engine);
  const share = (key) => `${((100 * rows.filter((row) => row[key]).length) / rows.length).toFixed(1)} %`;
  const value = rows.map((row) => row.value);
  const scores = ["mean", "low", "evidence"].map((key) =>
    auc(
      rows.map((row) => row[key]),
      value,
    ).toFixed(3),
  );
  console.log(`| ${label} | ${rows.length} | ${share("right")} | ${share("value")} | ${scores.join(" | ")} |`);
}
