// Serves files from memory with a strict Content-Security-Policy and opens them in Debian's Chromium.
import { chromium } from "playwright-core";
import { serve } from "../../web/demo/serve.mjs";

/** Opens /index.html of `files` and hands the page to `use`; a page error or a refused script fails. */
export async function withPage(files, use) {
  const { address, stop } = await serve({ "/favicon.ico": "", ...files });
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const context = await browser.newContext(); // so that a test can open more pages in it
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${address}/index.html`);
    const result = await use(page, errors);
    if (errors.length > 0) throw new Error(`the page reported:\n${errors.join("\n")}`);
    return result;
  } finally {
    await browser.close();
    stop();
  }
}
