// Runs the vector loops of tests/node and the self check in Chromium, under a strict Content-Security-Policy.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { withPage } from "./page.mjs";

const root = new URL("../../", import.meta.url);
const path = (name) => new URL(name, root).pathname;
const digestCases = Number(process.argv[2] ?? 10_000);

const tests = readdirSync(path("tests/node")).filter((f) => f.endsWith(".test.mjs") && !f.startsWith("border"));
const vectors = Object.fromEntries(
  readdirSync(path("tests/vectors")).map((file) => [file, readFileSync(path(`tests/vectors/${file}`), "utf8")]),
);
const shims = {
  "node:test": path("tests/browser/shims/test.mjs"),
  "node:assert/strict": path("tests/browser/shims/assert.mjs"),
  "node:fs": path("tests/browser/shims/fs.mjs"),
  paritas: path("dist/index.js"),
};
const plugin = {
  name: "shims",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:|paritas$)/ }, ({ path: name }) => {
      if (shims[name]) return { path: shims[name] };
      return {
        errors: [{ text: `${name} has no shim for pages: tests that need it belong into a border_*.test.mjs` }],
      };
    });
    onResolve({ filter: /^paritas:vectors$/ }, () => ({ path: "vectors", namespace: "vectors" }));
    onLoad({ filter: /.*/, namespace: "vectors" }, () => ({ contents: JSON.stringify(vectors), loader: "json" }));
  },
};
const entry = [
  'import { runTests } from "node:test";',
  'import { selfcheckReport } from "paritas";',
  "globalThis.seen = {};",
  "globalThis.paritasSaw = (stem, ids) => { globalThis.seen[stem] = ids; };",
  // Dynamic, so that the hook above stands before the loops run.
  ...tests.map((file) => `await import("./tests/node/${file}");`),
  "globalThis.run = runTests;",
  "globalThis.digest = selfcheckReport;",
].join("\n");
const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: path("."), sourcefile: "browser.mjs" },
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  plugins: [plugin],
  logLevel: "error",
});

const modules = Object.fromEntries(
  readdirSync(path("dist"))
    .filter((file) => file.endsWith(".wasm"))
    .map((file) => [`/${file}`, readFileSync(path(`dist/${file}`))]),
);

const { result, seen, report } = await withPage(
  {
    "/index.html": '<!doctype html><title>tests</title><script type="module" src="/tests.js"></script>',
    "/tests.js": outputFiles[0].text,
    ...modules,
  },
  async (page, errors) => {
    page.setDefaultTimeout(0);
    const loaded = page.waitForFunction(() => globalThis.run !== undefined);
    while (!(await Promise.race([loaded.then(() => true), new Promise((done) => setTimeout(done, 100, false))]))) {
      if (errors.length > 0) throw new Error(`the page reported:\n${errors.join("\n")}`);
    }
    const result = await page.evaluate(() => globalThis.run());
    const seen = await page.evaluate(() => globalThis.seen);
    const report = await page.evaluate((cases) => globalThis.digest(cases), digestCases);
    return { result, seen, report };
  },
);

for (const [stem, ids] of Object.entries(seen)) {
  mkdirSync(path("build/seen/browser"), { recursive: true });
  writeFileSync(path(`build/seen/browser/${stem}.json`), JSON.stringify(ids));
}
mkdirSync(path("build/digests"), { recursive: true });
writeFileSync(path("build/digests/browser.json"), JSON.stringify({ chromium: { cases: digestCases, ...report } }));
for (const failure of result.failures) console.error(`FAILED ${failure}\n`);
console.log(`browser: digest of ${digestCases} cases ${report.digest}`);
console.log(`browser: ${result.passed} passed, ${result.failures.length} failed`);
process.exitCode = result.failures.length === 0 && result.passed > 0 ? 0 : 1;
