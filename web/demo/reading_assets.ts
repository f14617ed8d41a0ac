// A Vite plugin: what reading pictures and PDFs needs, served from the page's own origin and loaded only when one is read.
// Two folders whose names end in the hash of what lies in them, so that every file may be cached for ever:
//   ocr/  worker.js                          tesseract.js' worker, its default addresses (a CDN) taken out
//         tesseract-core-*-lstm.{js,wasm}    the engine for relaxed SIMD, SIMD and neither; the worker finds .wasm beside it
//         <language>.traineddata.gz          whatever of @tesseract.js-data is installed
//   pdf/  worker.js, cmaps/, fonts/, wasm/   what pdf.js asks for beside its own code
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

type Files = Record<string, Uint8Array>;

const require = createRequire(import.meta.url);
const ELSEWHERE = /https:\/\/cdn\.jsdelivr\.net\/npm\//g;
const CORES = ["tesseract-core-relaxedsimd-lstm", "tesseract-core-simd-lstm", "tesseract-core-lstm"];
// A promise nobody waits for is how this worker fails when a file is missing: without this line the page waits for ever.
// The lock, named as the worker, is held while it lives: whoever waits for it hears of its end, however it ends. Only once
// it says that it has the lock: before, the page could have it first and believe the worker dead.
const PRELUDE =
  'self.addEventListener("unhandledrejection",(e)=>{postMessage({status:"crash",data:String(e.reason)})});' +
  'navigator.locks&&navigator.locks.request(self.name,()=>{postMessage({status:"held"});return new Promise(()=>{})});\n';

const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const read = (name: string, path: string): Buffer => readFileSync(join(folderOf(name), path));

function worker(): string {
  const code = read("tesseract.js", "dist/worker.min.js").toString("utf8");
  if (code.search(ELSEWHERE) < 0) throw new Error("tesseract.js' worker names no CDN any more: drop this replacement");
  return PRELUDE + code.replace(ELSEWHERE, "").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function licences(...parts: [name: string, path: string][]): Buffer {
  return Buffer.from(parts.map(([name, path]) => `${name}: ${path}\n\n${read(name, path)}`).join("\n\n"));
}

function ocr(): { files: Files; languages: { code: string; bytes: number }[] } {
  const files: Files = {
    "worker.js": Buffer.from(worker()),
    "LICENSES.txt": licences(
      ["tesseract.js", "LICENSE.md"],
      ["tesseract.js", "dist/worker.min.js.LICENSE.txt"],
      ["tesseract.js-core", "LICENSE"],
    ),
  };
  for (const core of CORES) {
    for (const ending of [".js", ".wasm"]) files[core + ending] = read("tesseract.js-core", core + ending);
  }
  const languages: { code: string; bytes: number }[] = [];
  const data = dirname(folderOf("@tesseract.js-data/eng"));
  for (const code of readdirSync(data).sort()) {
    const file = join(data, code, "4.0.0_best_int", `${code}.traineddata.gz`);
    if (!existsSync(file)) continue;
    files[`${code}.traineddata.gz`] = readFileSync(file);
    languages.push({ code, bytes: files[`${code}.traineddata.gz`]!.length });
  }
  return { files, languages };
}

function pdf(): { files: Files } {
  const files: Files = {
    "worker.js": read("pdfjs-dist", "legacy/build/pdf.worker.min.mjs"),
    "LICENSES.txt": licences(
      ["pdfjs-dist", "LICENSE"],
      ["pdfjs-dist", "cmaps/LICENSE"],
      ["pdfjs-dist", "standard_fonts/LICENSE_FOXIT"],
      ["pdfjs-dist", "standard_fonts/LICENSE_LIBERATION"],
      ["pdfjs-dist", "wasm/LICENSE_OPENJPEG"],
      ["pdfjs-dist", "wasm/LICENSE_JBIG2"],
      ["pdfjs-dist", "wasm/LICENSE_QCMS"],
    ),
  };
  for (const [to, from] of Object.entries({ cmaps: "cmaps", fonts: "standard_fonts", wasm: "wasm" })) {
    for (const name of readdirSync(join(folderOf("pdfjs-dist"), from))) {
      if (!name.startsWith("LICENSE")) files[`${to}/${name}`] = read("pdfjs-dist", `${from}/${name}`);
    }
  }
  return { files };
}

function folder(name: string, files: Files): string {
  const hash = createHash("sha256");
  for (const file of Object.keys(files).sort()) hash.update(file).update(files[file]!);
  return `${name}/${hash.digest("hex").slice(0, 10)}/`;
}

function collect(): {
  files: Files;
  folders: { ocr: string; pdf: string };
  languages: { code: string; bytes: number }[];
} {
  const { files: reading, languages } = ocr();
  const { files: portable } = pdf();
  const folders = { ocr: folder("ocr", reading), pdf: folder("pdf", portable) };
  const files: Files = {};
  for (const [name, bytes] of Object.entries(reading)) files[folders.ocr + name] = bytes;
  for (const [name, bytes] of Object.entries(portable)) files[folders.pdf + name] = bytes;
  return { files, folders, languages };
}

export function readingAssets(): Plugin {
  const name = "virtual:reading-assets";
  let made: ReturnType<typeof collect> | undefined;
  const all = (): ReturnType<typeof collect> => (made ??= collect());
  return {
    name: "reading-assets",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const { folders, languages } = all();
      return `export const folders = ${JSON.stringify(folders)};\nexport const languages = ${JSON.stringify(languages)};\n`;
    },
    generateBundle() {
      for (const [fileName, source] of Object.entries(all().files)) this.emitFile({ type: "asset", fileName, source });
    },
    configureServer(server) {
      const types: Record<string, string> = { js: "text/javascript", wasm: "application/wasm" };
      server.middlewares.use((request, response, next) => {
        const file = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
        const { files } = all();
        if (!Object.hasOwn(files, file)) return next();
        response.writeHead(200, { "Content-Type": types[file.split(".").pop() ?? ""] ?? "application/octet-stream" });
        response.end(files[file]);
      });
    },
  };
}
