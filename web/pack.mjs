// Packs the npm package: package.json with the version of the file VERSION, dist, README and LICENSE, staged in
// build/npm/package; prints the path of the tarball. The root's package.json has no version of its own.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
for (const name of ["README.md", "LICENSE"]) cpSync(new URL(name, root), new URL(name, stage));
cpSync(new URL("dist/", root), new URL("dist/", stage), {
  recursive: true,
  filter: (source) => !source.endsWith(".map"), // the sources they point to are not in the package
});
const [packed] = JSON.parse(
  execFileSync("npm", ["pack", "--json", "--pack-destination", fileURLToPath(out)], { cwd: stage, encoding: "utf8" }),
);
console.log(fileURLToPath(new URL(packed.filename, out)));
