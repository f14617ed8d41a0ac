// Builds a small application as its users do: node bundle.mjs BUNDLER FOLDER OUT, where FOLDER has app.js and index.html.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [, , bundler, folder, out] = process.argv;
const dist = join(folder, "node_modules/paritas/dist");
mkdirSync(out, { recursive: true });

const bundlers = {
  async vite() {
    const { build } = await import("vite");
    await build({
      root: folder,
      configFile: false,
      logLevel: "warn",
      base: "./",
      build: { outDir: out, emptyOutDir: true },
    });
  },

  async webpack() {
    const { default: webpack } = await import("webpack");
    const stats = await new Promise((resolve, reject) => {
      const options = {
        mode: "production",
        context: folder,
        entry: "./app.js",
        output: { path: out, filename: "app.js" },
      };
      webpack(options, (error, result) => (error ? reject(error) : resolve(result)));
    });
    const said = stats.toJson({ all: false, errors: true, warnings: true });
    // Modules of this size are warned of by default; anything else is a fault.
    const faults = [...said.errors, ...said.warnings].filter(({ message }) => !/size limit|performance/.test(message));
    if (faults.length > 0)
      throw new Error(faults.map(({ message, moduleName }) => `${moduleName}: ${message}`).join("\n"));
    copyFileSync(join(folder, "index.html"), join(out, "index.html"));
  },

  // esbuild makes no file of a `new URL`: the worker is a second entry, the modules are copied beside them.
  async esbuild() {
    const { build } = await import("esbuild");
    const entryPoints = { app: join(folder, "app.js"), worker_entry: join(dist, "worker_entry.js") };
    const shared = {
      bundle: true,
      splitting: true,
      format: "esm",
      target: "es2022",
      minify: true,
      logLevel: "warning",
    };
    await build({ ...shared, entryPoints, outdir: out });
    for (const name of readdirSync(dist)) if (name.endsWith(".wasm")) copyFileSync(join(dist, name), join(out, name));
    copyFileSync(join(folder, "index.html"), join(out, "index.html"));
  },
};
await bundlers[bundler]();
