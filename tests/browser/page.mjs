// Serves files from memory on 127.0.0.1 with a strict Content-Security-Policy and opens them in Debian's Chromium.
import { createServer } from "node:http";
import { chromium } from "playwright-core";

export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
};
TYPES.css = "text/css";

/** A server of `files` ({"/path": bytes or text}); gives its address and how to stop it. */
export async function serve(files) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://127.0.0.1").pathname;
    const body = files[path];
    if (body === undefined) return response.writeHead(404).end();
    const type = TYPES[path.split(".").pop()] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": CSP }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Opens /index.html of `files` and hands the page to `use`; a page error or a refused script fails. */
export async function withPage(files, use) {
  const { address, stop } = await serve({ "/favicon.ico": "", ...files });
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const page = await browser.newPage();
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
