// The page when something is missing or breaks: it says what to do, and loses nothing that was typed.
import assert from "node:assert/strict";
import { demoFiles, serve } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

const TYPED = "Refunds are accepted within 60 days.";
const says = (page, id, part) =>
  page.waitForFunction(([where, what]) => document.getElementById(where).textContent.includes(what), [id, part]);
const judged = (page, verdict) =>
  page.waitForFunction((word) => document.querySelector("#claims .verdict")?.textContent === word, verdict);

await withPage(demoFiles(), async (page) => {
  const context = page.context();
  const address = page.url();
  await page.waitForSelector("#claims .claim");

  // The worker ends itself, which no event tells: another one takes its place and knows what it must.
  await page.click("#edit");
  await page.fill("#source", "Refunds are accepted within 30 days.");
  await page.click("#edit");
  await page.fill("#answer", TYPED);
  await judged(page, "Contradicted");
  for (let times = 0; times < 2; times++) {
    const worker = page.workers().find((each) => each.url().includes("engine"));
    await worker.evaluate(() => void setTimeout(() => close(), 300)); // later, or nobody would answer
    await says(page, "notice-text", "was started again");
    await page.click("#notice-close");
    await page.fill("#answer", "Refunds are accepted within 30 days.");
    await judged(page, "Supported");
    await page.fill("#answer", TYPED);
    await judged(page, "Contradicted");
  }
  assert.equal(await page.inputValue("#answer"), TYPED);
  await page.waitForFunction(
    (typed) => JSON.parse(localStorage.getItem("paritas.workbench") ?? "{}").answer === typed,
    TYPED,
  );
  await says(page, "saved", "Saved");

  /** A page of the same browser whose world is another one. */
  async function broken(script, use) {
    const other = await context.newPage();
    const errors = [];
    other.on("pageerror", (error) => errors.push(String(error)));
    await other.addInitScript(script);
    await other.goto(address);
    await use(other);
    assert.deepEqual(errors, []);
    await other.close();
  }

  // No WebAssembly, or none with SIMD: a message that says what to do, and the texts.
  for (const [script, missing] of [
    [() => delete globalThis.WebAssembly, "has no WebAssembly"],
    [() => (WebAssembly.validate = () => false), "has no SIMD"],
  ]) {
    await broken(script, async (other) => {
      await says(other, "notice-text", missing);
      await says(other, "notice-text", "Chrome, Edge, Firefox or Safari");
      assert.equal(await other.inputValue("#answer"), TYPED);
      assert.equal(await other.textContent("#text-view"), "Refunds are accepted within 30 days.");
      for (const typed of ["Typed without an engine.", TYPED]) {
        await other.fill("#answer", typed);
        await other.waitForFunction(
          (wanted) => JSON.parse(localStorage.getItem("paritas.workbench") ?? "{}").answer === wanted,
          typed,
        );
      }
    });
  }

  // Storage that is full or forbidden: said once, and the page goes on.
  await broken(
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
    async (other) => {
      await judged(other, "Contradicted");
      await other.fill("#answer", "Refunds are accepted within 30 days.");
      await judged(other, "Supported");
      await says(other, "notice-text", "storage of this browser is full");
    },
  );
  await broken(
    () => {
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
      Object.defineProperty(globalThis, "indexedDB", { value: { open: () => { throw new DOMException("no", "SecurityError"); } } }); // prettier-ignore
    },
    async (other) => {
      await other.fill("#answer", "The Senate is composed of two Senators from each State.");
      await judged(other, "Supported");
      await says(other, "notice-text", "keeps nothing for this page");
    },
  );

  // What is no text is refused, and what was there stays.
  const before = await page.textContent("#text-view");
  const noise = Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255));
  await page.setInputFiles("#file", { name: "noise.bin", mimeType: "", buffer: noise });
  await page.waitForFunction(() => !document.getElementById("notice").hidden);
  assert.equal(await page.textContent("#text-view"), before);
});

// Without a network, once it has been seen: the server is gone, and the page comes all the same.
{
  const files = demoFiles();
  const { address, stop } = await serve(files);
  let stopped = false;
  const outside = [];
  await withPage({ "/index.html": "<!doctype html><title>.</title>" }, async (first) => {
    const page = await first.context().newPage();
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(address)) outside.push(request.url());
    });
    await page.goto(`${address}/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

    // A newer page: it is offered, and comes when it is asked for.
    files["/sw.js"] = `${files["/sw.js"]}\n// newer`;
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    await page.waitForSelector("#update");
    await page.evaluate(() =>
      caches.open("paritas-used").then((used) => used.put("assets/old.js", new Response("old"))),
    );
    await page.fill("#answer", TYPED);
    await Promise.all([page.waitForEvent("load"), page.click("#update")]);
    await page.waitForFunction((typed) => document.getElementById("answer")?.value === typed, TYPED);
    assert.equal(await page.locator("#update").count(), 0);
    await page.waitForFunction(async () => (await caches.match("assets/old.js")) === undefined);

    stop();
    stopped = true;
    await page.reload();
    await page.waitForSelector("#claims .claim");
    await page.fill("#answer", "The Senate is composed of 3 Senators from each State.");
    await judged(page, "Contradicted");
    await page.waitForFunction(() => document.getElementById("digest").textContent.length === 16);
  });
  if (!stopped) stop();
  assert.deepEqual(outside, []);
}
console.log("browser: the page bears what is missing or breaks");
