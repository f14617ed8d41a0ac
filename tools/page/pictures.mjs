// Takes the pictures of the workbench that the documents show: node tools/page/pictures.mjs, after `make page-files`.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { demoFiles, serve } from "../../web/demo/serve.mjs";

const docs = new URL("../../docs/pictures/", import.meta.url);
mkdirSync(docs, { recursive: true });
const { address, stop } = await serve(demoFiles());
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** A page with one of the samples; `show` brings it to where the picture is taken. */
async function picture(name, sample, colorScheme, show) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(`${address}/`);
  await page.waitForSelector("#claims .claim");
  await page.click("#samples-open");
  await page.click(`#sample-${sample}`);
  await show(page);
  await page.waitForFunction(() => document.getElementById("digest").textContent.length === 16);
  await page.screenshot({ path: fileURLToPath(new URL(name, docs)), type: "jpeg", quality: 82 });
  await context.close();
}

await picture("verify.jpg", "mill", "light", async (page) => {
  await page.click("#sample-answer").catch(() => undefined);
  await page.click("#claim-3");
});
await picture("fields.jpg", "invoice", "light", async (page) => {
  await page.waitForSelector(".field-row.judged", { timeout: 60_000 });
  await page.click("#tab-fields");
});
await browser.close();
stop();
