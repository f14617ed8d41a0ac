// Packs the npm package: package.json with the version of the file VERSION, dist, web/README.md and LICENSE, staged in
// build/npm/package; prints the path of the tarball. The root's package.json has no version of its own.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const out = new URL("build/npm/", root);
const stage = new URL("package/", out);
rmSync(out, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });

const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const version = readFileSync(new URL("VERSION", root), "utf8").trim();
for (const key of ["devDependencies", "prettier", "private", "scripts"]) delete manifest[key];
writeFileSync(
  new URL("package.json", stage),
  JSON.stringify({ name: manifest.name, version, ...manifest }, null, 2) + "\n",
);
cpSync(new URL("web/README.md", root), new URL("README.md", stage));
cpSync(new URL("LICENSE", root), new URL("LICENSE", stage));
cpSync(new URL("docs/javascript.md", root), new URL("docs/javascript.md", stage));
// Not all of dist: an older build may have left files there whose sources are gone.
mkdirSync(new URL("dist/", stage));
const sources = readdirSync(new URL("web/src/", root)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
const stems = sources.map((name) => name.slice(0, -3));
const modules = readdirSync(new URL("dist/", root)).filter((name) => name.endsWith(".wasm"));
const built = stems.flatMap((stem) => [`${stem}.js`, `${stem}.js.map`, `${stem}.d.ts`]);
for (const name of [...built, ...modules, "version.js", "version.d.ts"]) {
  cpSync(new URL(`dist/${name}`, root), new URL(`dist/${name}`, stage));
}
const [packed] = JSON.parse(
  execFileSync("npm", ["pack", "--json", "--pack-destination", fileURLToPath(out)], { cwd: stage, encoding: "utf8" }),
);
console.log(fileURLToPath(new URL(packed.filename, out)));
