// Nothing that was typed is lost: not by a reload, not where the browser keeps nothing, not with two tabs.
import assert from "node:assert/strict";
import { hand, picture, test } from "./workbench.mjs";

const typed = async (page) => {
  await page.click("#tab-verify");
  await page.fill("#answer", "Answer of the reader: 7 wheels.");
  await page.click("#tab-search");
  await page.fill("#query", "wheels");
};
const stands = async (page) => {
  assert.equal(await page.inputValue("#answer"), "Answer of the reader: 7 wheels.");
  assert.equal(await page.inputValue("#query"), "wheels");
};

test("a reload brings back what was typed, chosen and opened", {}, async (page) => {
  const { judged, open, panel, saved, says } = hand(page);
  await open("own.txt", "The mill has 7 wheels.");
  await says("doc-name", "own.txt");
  await typed(page);
  await page.uncheck("#stopwords");
  await page.click("#theme");
  await panel("stream");
  await page.locator("#speed").fill("33");
  await page.check("#stream-answer");
  await panel("search");
  await saved();
  // The last letters, at once before the page goes.
  await page.fill("#query", "wheels");
  await page.reload();
  await page.waitForSelector("#hits .hit");
  await stands(page);
  assert.equal(await page.textContent("#doc-name"), "own.txt");
  assert.equal(await page.getAttribute("#tab-search", "aria-selected"), "true");
  assert.equal(await page.getAttribute("html", "data-theme"), "light");
  assert.equal(await page.isChecked("#stopwords"), false);
  await panel("stream");
  assert.equal(await page.inputValue("#speed"), "33");
  assert.equal(await page.isChecked("#stream-answer"), true);
  await panel("verify");
  await judged(1);
});

test("a document that is being written is there after a sudden reload", {}, async (page) => {
  await hand(page).judged();
  await page.click("#edit");
  await page.fill("#source", "Typed and not yet saved.");
  await page.reload();
  await hand(page).says("text-view", "Typed and not yet saved.");
  await page.click("#edit");
  assert.equal(await page.inputValue("#source"), "Typed and not yet saved.");
});

test("a scan with its words, fields and corrections comes back", {}, async (page) => {
  const { saved, says } = hand(page);
  const buffer = await picture(page, ["Invoice number: 4711", "Date: 2026-03-01", "Total: 12.50 EUR"]);
  await page.setInputFiles("#file", { name: "small.png", mimeType: "image/png", buffer });
  await says("doc-name", "small.png");
  const boxes = await page.locator(".word").count();
  assert.ok(boxes >= 7, `${boxes} words`);
  if (!(await page.isVisible("#panel-fields"))) await page.click("#tab-fields");
  const value = page.locator(".field-row .field-value").first();
  await value.fill("4712");
  await saved();
  await page.reload();
  await page.waitForSelector(".word");
  assert.equal(await page.locator(".word").count(), boxes);
  assert.equal(await page.locator(".field-row .field-value").first().inputValue(), "4712");
});

const REFUSING = {
  "IndexedDB is forbidden": () =>
    Object.defineProperty(globalThis, "indexedDB", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  "IndexedDB never answers": () => {
    IDBFactory.prototype.open = () => ({});
  },
  "the storage is full": () => {
    const full = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
    IDBObjectStore.prototype.put = full;
    Storage.prototype.setItem = full;
  },
  "nothing may be kept at all": () => {
    const denied = {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    };
    Object.defineProperty(globalThis, "indexedDB", denied);
    Object.defineProperty(globalThis, "localStorage", denied);
    Object.defineProperty(globalThis, "caches", denied);
  },
};
for (const [name, init] of Object.entries(REFUSING)) {
  test(`${name}: it is said, and the page works`, { init }, async (page) => {
    const { judged, notice, open, says, verdicts } = hand(page);
    await judged();
    await open("own.txt", "The mill has 7 wheels.");
    await says("doc-name", "own.txt");
    const said = await notice("Not saved");
    assert.match(said, name === "the storage is full" ? /storage of this browser is full/ : /keeps nothing/);
    assert.match(said, /All is still here while the page stays open/);
    await typed(page);
    await stands(page);
    await page.click("#tab-verify");
    await judged(1);
    assert.equal((await verdicts()).length, 1);
    await says("saved", "Not saved");
  });
}

test("two tabs at once: both work, the last one that was used is kept", {}, async (page, { more }) => {
  const { judged, open, saved, says } = hand(page);
  await judged();
  const other = await more();
  await hand(other).judged();
  await open("one.txt", "Text of the first tab.");
  await says("doc-name", "one.txt");
  await saved();
  await hand(other).open("two.txt", "Text of the second tab.");
  await hand(other).says("doc-name", "two.txt");
  await other.fill("#answer", "Written in the second tab.");
  await hand(other).saved();
  await page.bringToFront();
  assert.equal(await page.textContent("#doc-name"), "one.txt", "a tab does not change under its reader");
  await page.fill("#answer", "Text of the first tab.");
  await judged(1);
  await page.close();
  await other.reload();
  await hand(other).judged(1);
  assert.equal(await other.textContent("#doc-name"), "two.txt");
});
