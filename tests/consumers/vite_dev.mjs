// Opens an application on the development server of Vite and prints what it computed: node vite_dev.mjs FOLDER
import { chromium } from "playwright-core";
import { createServer } from "vite";

const [, , root] = process.argv;
const server = await createServer({
  root,
  configFile: false,
  logLevel: "error",
  server: { host: "127.0.0.1", port: 0 },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/index.html`);
  await page.waitForFunction(() => globalThis.answer !== undefined);
  console.log(await page.evaluate(() => JSON.stringify(globalThis.answer())));
} finally {
  await browser.close();
  await server.close();
}
