// Opens a page that uses an installed package, under a strict Content-Security-Policy, and prints what it computed:
// node page.mjs FOLDER, where every file of FOLDER is served and index.html calls globalThis.answer(). With "404" behind it
// the page may report a file that is not there.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { withPage } from "../browser/page.mjs";

const [, , folder, expected] = process.argv;
const files = {};
for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, name);
  if (statSync(file).isFile()) files[`/${relative(folder, file)}`] = readFileSync(file);
}
console.log(
  await withPage(files, async (page, errors) => {
    await page.waitForFunction(() => globalThis.answer !== undefined);
    if (expected) errors.splice(0, errors.length, ...errors.filter((error) => !error.includes(expected)));
    return page.evaluate(() => JSON.stringify(globalThis.answer()));
  }),
);
