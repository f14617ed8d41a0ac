// node:fs for a page: the vectors, put into the bundle by run.mjs.
import vectors from "paritas:vectors";

export function readFileSync(url) {
  const file = String(url).split("/").pop();
  if (!Object.hasOwn(vectors, file)) throw new Error(`${file} is no file of tests/vectors`);
  return vectors[file];
}
