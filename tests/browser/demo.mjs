// Opens the page of `make page` in Chromium and reads what it shows; node tests/browser/demo.mjs FILE keeps a picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BM25, init, selfcheck } from "paritas";
import { demoFiles } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

await init();

/** The amendments of demo/, as `paritas index build` makes an index of them. */
function amendments() {
  const lines = readFileSync(new URL("../../demo/documents.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const documents = lines.map((line) => JSON.parse(line));
  const index = new BM25({ storeText: true });
  index.addDocuments(
    documents.map(({ id }) => id),
    documents.map(({ text }) => text),
  );
  return index;
}

await withPage(demoFiles(), async (page) => {
  await page.waitForFunction(() => document.getElementById("digest").textContent.length === 16);
  assert.equal(await page.textContent("#digest"), selfcheck());
  assert.equal(await page.locator("#sentences li").count(), 5);
  assert.equal(await page.locator("#sentences li.finding").count(), 3);
  assert.match(await page.textContent("#hits li"), /^No Person shall be a Senator/);
  assert.ok((await page.locator("#hits li:first-child mark").allTextContents()).includes("Senator"));

  // The index of the paragraphs, saved: the file that Python opens.
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  assert.equal(download.suggestedFilename(), "source.index");
  const saved = BM25.fromBytes(new Uint8Array(readFileSync(await download.path())));
  const [first] = saved.query("how old must a senator be", 1);
  assert.match(saved.get(first.id).text, /^No Person shall be a Senator/);
  assert.ok((await page.textContent("#hits li .figures")).includes(`score ${first.score}`));

  // An index file: opened, searched while one types, refused when it is damaged, closed.
  const laws = amendments();
  const file = { name: "laws.index", mimeType: "application/octet-stream", buffer: Buffer.from(laws.toBytes()) };
  await page.setInputFiles("#file", file);
  await page.waitForFunction(() => document.getElementById("searched").textContent.includes("laws.index"));
  assert.match(await page.textContent("#searched"), /^Searching 8 documents of laws\.index/);
  await page.fill("#query", "trial by jury");
  const [best] = laws.query("trial by jury", 1);
  const figures = `id ${JSON.stringify(best.id)} · score ${best.score}`;
  assert.equal(await page.locator("#hits li .figures").first().textContent(), figures);
  assert.deepEqual(
    [...new Set((await page.locator("#hits li:first-child mark").allTextContents()).map((mark) => mark.toLowerCase()))],
    ["trial", "by", "jury"],
  );
  if (process.argv[2]) await page.screenshot({ path: process.argv[2], fullPage: true });
  const damaged = Buffer.from(file.buffer);
  damaged[0] ^= 1;
  await page.setInputFiles("#file", { ...file, name: "damaged.index", buffer: damaged });
  await page.waitForFunction(() => document.getElementById("searched").textContent.includes("cannot be opened"));
  assert.equal(await page.locator("#hits li .figures").first().textContent(), figures);
  await page.click("#close");
  assert.match(await page.textContent("#searched"), /paragraphs of the source/);

  // The same by drag and drop.
  const dropped = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "dropped.index"));
    return transfer;
  }, Array.from(file.buffer));
  await page.dispatchEvent("#search", "drop", { dataTransfer: dropped });
  await page.waitForFunction(() => document.getElementById("searched").textContent.includes("8 documents of dropped"));

  await page.fill("#answer", "The Senate has 3 Senators from each State. 𝔸 <b>Bold</b> claim about Zürich.");
  assert.equal(await page.locator("#sentences li.finding").count(), 2);
  assert.equal(await page.locator("#sentences b").count(), 0);
});
console.log("browser: the page of make page works under its policy");
