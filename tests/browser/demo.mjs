// Opens the page of `make page` in Chromium and uses it; node tests/browser/demo.mjs FILE keeps a picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BM25, init, selfcheck, verify } from "paritas";
import { demoFiles } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

await init();
const read = (name) => readFileSync(new URL(`../../demo/${name}`, import.meta.url), "utf8").trim();
const source = read("source.txt");

/** The amendments of demo/, as `paritas index build` makes an index of them. */
function amendments() {
  const documents = read("documents.jsonl")
    .split("\n")
    .map((line) => JSON.parse(line));
  const index = new BM25({ storeText: true });
  index.addDocuments(
    documents.map(({ id }) => id),
    documents.map(({ text }) => text),
  );
  return index;
}

await withPage(demoFiles(), async (page) => {
  const text = (selector) => page.locator(selector).first().textContent();
  const says = (id, part) =>
    page.waitForFunction(([where, what]) => document.getElementById(where).textContent.includes(what), [id, part]);
  const marked = (name) => page.evaluate((key) => [...CSS.highlights.get(key)].map(String), name);

  // The sample: every claim of the answer with its verdict.
  const verdicts = (answer) => verify(answer, source).claims.map(({ verdict }) => verdict);
  const shown = () =>
    page
      .locator("#claims .verdict")
      .allTextContents()
      .then((all) => all.map((word) => word.toLowerCase()));
  await page.waitForSelector("#claims .claim");
  assert.deepEqual(await shown(), verdicts(read("answer.txt")));
  assert.equal(await text("#score"), verify(read("answer.txt"), source).score.toFixed(2));

  // The evidence of a claim is marked in the document.
  await page.focus("#claim-1");
  assert.deepEqual(await marked("span"), ["six Years"]);
  await page.keyboard.press("ArrowDown");
  assert.match((await marked("passage")).join(" "), /^The Vice President/);
  await page.keyboard.press("Escape");
  assert.deepEqual(await marked("passage"), []);

  // What is typed is text, never markup; it is judged as it is typed.
  const typed = "The Senate has 3 Senators from each State. 𝔸 <b>Bold</b> claim about Zürich.";
  await page.fill("#answer", typed);
  await page.waitForFunction(() => document.querySelectorAll("#claims .claim").length === 2);
  assert.deepEqual(await shown(), verdicts(typed));
  assert.equal(await page.locator("#claims b").count(), 0);

  // Search in the paragraphs of the document.
  await page.click("#tab-search");
  await page.waitForSelector("#hits .hit");
  assert.match(await text("#hits .hit-text"), /^No Person shall be a Senator/);
  assert.ok((await page.locator("#hits li:first-child mark").allTextContents()).includes("Senator"));
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#index-save")]);
  assert.equal(download.suggestedFilename(), "source.index");
  const saved = BM25.fromBytes(new Uint8Array(readFileSync(await download.path())));
  const [first] = saved.query("the age of a Senator", 1);
  assert.match(saved.get(first.id).text, /^No Person shall be a Senator/);
  assert.equal(await page.locator("#hits .hit-score").first().getAttribute("title"), String(first.score));

  // An index file: opened, searched while one types, refused when it is damaged, closed.
  const laws = amendments();
  const file = { name: "laws.index", mimeType: "application/octet-stream", buffer: Buffer.from(laws.toBytes()) };
  await page.setInputFiles("#index-file", file);
  await says("searched", "8 documents of laws.index");
  await page.fill("#query", "trial by jury");
  const [best] = laws.query("trial by jury", 1);
  await page.waitForFunction(
    (id) => document.querySelector("#hits .hit-id")?.textContent === id,
    JSON.stringify(best.id),
  );
  assert.equal(await page.locator("#hits .hit-score").first().getAttribute("title"), String(best.score));
  const marks = await page.locator("#hits li:first-child mark").allTextContents();
  assert.deepEqual([...new Set(marks.map((mark) => mark.toLowerCase()))], ["trial", "by", "jury"]);
  if (process.argv[2]) await page.screenshot({ path: process.argv[2] });
  const damaged = Buffer.from(file.buffer);
  damaged[0] ^= 1;
  await page.setInputFiles("#index-file", { ...file, name: "damaged.index", buffer: damaged });
  await says("searched", "damaged.index cannot be opened");
  assert.equal(await text("#hits .hit-id"), JSON.stringify(best.id));
  await page.click("#index-close");
  await says("searched", "paragraphs of the document");

  // The same by drag and drop, anywhere on the page.
  const dropped = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "dropped.index"));
    return transfer;
  }, Array.from(file.buffer));
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  await says("searched", "8 documents of dropped.index");

  // A stream that drifts is halted, and its words and scores are there to see.
  await page.click("#tab-stream");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await says("stream-verdict", "Halted at word");
  assert.doesNotMatch(await text("#stream-text"), /Jefferson/);
  assert.match(await page.locator("#chart").getAttribute("aria-label"), /^Scores of \d+ words/);
  await page.check("#stream-faithful");
  await page.click("#stream-start");
  await says("stream-verdict", "let through");

  // This browser computes what Node computes.
  await page.waitForFunction(() => document.getElementById("digest").textContent.length === 16);
  assert.equal(await text("#digest"), selfcheck(10_000));

  // A document of the reader's own, and nothing lost when the page comes back.
  await page.click("#edit");
  await page.fill("#source", "Refunds are accepted within 30 days.");
  await page.click("#edit");
  await page.click("#tab-verify");
  await page.fill("#answer", "Refunds are accepted within 60 days.");
  await page.waitForFunction(
    () => document.querySelector("#claims .verdict")?.textContent.toLowerCase() === "contradicted",
  );
  await says("saved", "Saved");
  await page.reload();
  await page.waitForFunction(
    () => document.querySelector("#claims .verdict")?.textContent.toLowerCase() === "contradicted",
  );
  assert.equal(await page.inputValue("#answer"), "Refunds are accepted within 60 days.");
  assert.equal(await text("#text-view"), "Refunds are accepted within 30 days.");
});
console.log("browser: the page of make page works under its policy");
