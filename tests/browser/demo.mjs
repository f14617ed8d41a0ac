// Opens the page of `make page` in Chromium and reads what it shows; node tests/browser/demo.mjs FILE keeps a picture.
import assert from "node:assert/strict";
import { init, selfcheck } from "paritas";
import { demoFiles } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

await init();
await withPage(demoFiles(), async (page) => {
  await page.waitForFunction(() => document.getElementById("digest").textContent.length === 16);
  assert.equal(await page.textContent("#digest"), selfcheck());
  assert.equal(await page.locator("#sentences li").count(), 5);
  assert.equal(await page.locator("#sentences li.finding").count(), 3);
  assert.match(await page.textContent("#hits li"), /^No Person shall be a Senator/);
  if (process.argv[2]) await page.screenshot({ path: process.argv[2], fullPage: true });
  await page.fill("#answer", "The Senate has 3 Senators from each State. 𝔸 <b>Bold</b> claim about Zürich.");
  assert.equal(await page.locator("#sentences li.finding").count(), 2);
  assert.equal(await page.locator("#sentences b").count(), 0);
});
console.log("browser: the page of make page works under its policy");
