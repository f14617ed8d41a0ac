// Builds the page into build/page, with relative addresses: it works from any folder of any server.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { readingAssets } from "./reading_assets.ts";

const root = new URL("../../", import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));

/** What the native build says of itself; null where it is not built. */
function native(): { digest: string; cases: number } | null {
  try {
    const env = { ...process.env, PARITAS_BACKEND: "native" };
    const said = execFileSync(path(".venv/bin/paritas"), ["selfcheck", "--json"], {
      env,
      encoding: "utf8",
      stdio: "pipe",
    });
    const { digest, cases } = JSON.parse(said) as { digest: string; cases: number };
    return { digest, cases };
  } catch {
    console.warn("The native build is not there (make native): the page will say so beside its digest.");
    return null;
  }
}

// What is fetched only when it is used: the service worker keeps it then, not before.
const ON_DEMAND = /^ocr\/|^pdf\/|\/pdf-|\.jpg$|\.map$|latin-ext/;

/** Tells sw.js which files make the page, and a version that changes with any byte of them. */
function precache(): Plugin {
  return {
    name: "precache",
    generateBundle: {
      order: "post", // when index.html is there
      handler(_options, bundle) {
        const worker = bundle["sw.js"];
        if (worker?.type !== "chunk") throw new Error("sw.js is missing");
        const made = Object.values(bundle)
          .filter(({ fileName }) => fileName !== "sw.js" && !ON_DEMAND.test(fileName))
          .map((file): [string, string | Uint8Array] => [
            file.fileName,
            file.type === "chunk" ? file.code : file.source,
          ]);
        const given = readdirSync(path("web/demo/public")).map((name): [string, Uint8Array] => [
          name,
          readFileSync(path(`web/demo/public/${name}`)),
        ]);
        const files = [...made, ...given].sort(([a], [b]) => (a < b ? -1 : 1));
        if (!files.some(([name]) => name === "index.html")) throw new Error("index.html is missing");
        const hash = createHash("sha256").update(worker.code);
        for (const [name, content] of files) hash.update(name).update(content);
        const names = files.map(([name]) => (name === "index.html" ? "./" : name));
        const fill = (mark: string, value: unknown): void => {
          // In whichever quotes the minifier has left it.
          const before = worker.code;
          worker.code = before.replace(new RegExp(`(["'\`])${mark}\\1`), () => JSON.stringify(value));
          if (worker.code === before) throw new Error(`sw.js has no ${mark}`);
        };
        const later = Object.keys(bundle)
          .filter((name) => ON_DEMAND.test(name))
          .map((name) => name.replace(/^((?:ocr|pdf)\/[^/]+\/).*/, "$1"));
        fill("__FILES__", names);
        fill("__LATER__", [...new Set(later)].sort());
        fill("__PAGE__", `paritas-page-${hash.digest("hex").slice(0, 16)}`);
      },
    },
  };
}

export default defineConfig({
  root: path("web/demo"),
  base: "./",
  define: {
    __NATIVE__: JSON.stringify(native()),
    __VERSION__: JSON.stringify(readFileSync(path("VERSION"), "utf8").trim()),
  },
  resolve: { alias: { paritas: path("dist/index.js") } },
  plugins: [readingAssets(), precache()],
  worker: { format: "es" },
  build: {
    outDir: path("build/page"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the policy of the page takes no data: for fonts
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { page: path("web/demo/index.html"), sw: path("web/demo/src/sw.ts") },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
