// Modules of the page in TypeScript, bundled in memory for Node.
import { build } from "esbuild";

export async function demoModule(path) {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../../web/demo/src/${path}`, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}
