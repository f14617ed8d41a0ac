// The built page in Chromium, watched: each test gets a server, a browser context and a page of its own, and fails on any
// error that the page, its workers or its service worker report, and on any request to another origin than its own.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test as nodeTest } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { demoFiles, serve } from "../../../web/demo/serve.mjs";

export const FILES = demoFiles();
const FAILED = new URL("../../../build/workbench/", import.meta.url); // pictures of pages that failed
// What Chromium asks for itself, page or no page.
const BROWSER = /^(https?:\/\/)?(update\.googleapis|content-autofill\.googleapis|accounts\.google)\.com\b/;
const PATIENCE = Number(process.env.PATIENCE ?? 30_000); // ms for a step on a busy machine; a good one takes a hundredth

let shared;
/** A browser whose requests all end here but for those to the servers of the tests: whatever asks for more is written down. */
async function launch() {
  const foreign = [];
  const note = (url) => BROWSER.test(url) || foreign.push(url);
  const gate = createServer((request, response) => {
    note(request.url);
    response.writeHead(403).end();
  });
  gate.on("connect", ({ url }, socket) => {
    note(url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((ready) => gate.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
    proxy: { server: `http://127.0.0.1:${gate.address().port}`, bypass: "<-loopback>,127.0.0.1" },
  });
  return { browser, foreign, gate };
}
after(async () => {
  const { browser, gate } = (await shared) ?? {};
  await browser?.close();
  gate?.close();
  gate?.closeAllConnections();
});

/**
 * A test of the page. `use` is given the page and { context, files, site, errors, more }: `files` are what the server answers with (a
 * number is a status), `site.stop()` ends the server, `errors` lists what was reported so far, `more()` opens a further tab.
 *
 * @param options.allow patterns of reported errors that the test provokes
 * @param options.init a function (and its argument) that runs in the page before its own scripts
 * @param options.context options of the browser context
 * @param options.blank the page is not opened
 */
export function test(name, { allow = [], init, argument, context: given = {}, blank = false } = {}, use) {
  nodeTest(name, { timeout: 120_000 }, async () => {
    shared ??= launch();
    const { browser, foreign } = await shared;
    const files = { ...FILES };
    const site = await serve(files);
    const origin = site.address;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...given });
    context.setDefaultTimeout(PATIENCE);
    const errors = [];
    const requests = [];
    const report = (text) => allow.some((pattern) => pattern.test(text)) || errors.push(text);
    const listen = (message) => message.type() === "error" && report(message.text());
    context.on("request", (request) => requests.push(request.url()));
    context.on("weberror", (error) => report(error.error().stack ?? String(error.error())));
    context.on("console", listen);
    context.on("serviceworker", (worker) => worker.on("console", listen));
    await context.exposeFunction("refusedByPolicy", (what) => report(`the policy refused ${what}`));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) =>
        globalThis.refusedByPolicy(`${blockedURI} (${effectiveDirective})`),
      );
    });
    if (init !== undefined) await context.addInitScript(init, argument);
    let page;
    try {
      const more = async () => {
        const tab = await context.newPage();
        await tab.goto(`${origin}/`);
        return tab;
      };
      page = blank ? await context.newPage() : await more();
      await use(page, { context, files, site, origin, errors, more });
      assert.deepEqual(errors, [], "the page reported errors");
      const elsewhere = requests.filter((url) => !url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url));
      assert.deepEqual([...elsewhere, ...foreign], [], "a request left the page's own origin");
    } catch (error) {
      const picture = new URL(`${name.replace(/\W+/g, "-")}.png`, FAILED);
      await page?.screenshot({ path: fileURLToPath(picture), timeout: 5000 }).catch(() => undefined);
      throw new Error(`${error.message}\nlooked like ${fileURLToPath(picture)}\nreported: ${errors.join("; ")}`, {
        cause: error,
      });
    } finally {
      await context.close();
      site.stop();
    }
  });
}

/** Small ways of using the page, the same in every test. */
export function hand(page) {
  const text = (selector) => page.locator(selector).first().textContent();
  const says = (id, part) =>
    page.waitForFunction(([at, what]) => document.getElementById(at)?.textContent.includes(what), [id, part]);
  return {
    text,
    says,
    /** Waits for the notice that says so, and gives all of it. */
    notice: async (part) => {
      await says("notice-text", part);
      assert.equal(await page.locator("#notice").isVisible(), true);
      return text("#notice-text");
    },
    /** The claims have been judged and stand there. */
    judged: (count) =>
      page.waitForFunction((wanted) => {
        const found = document.querySelectorAll("#claims .claim").length;
        return wanted === null ? found > 0 : found === wanted;
      }, count ?? null),
    open: (name, content, type = "text/plain") =>
      page.setInputFiles("#file", { name, mimeType: type, buffer: Buffer.from(content) }),
    /** Files as a drop anywhere on the page brings them. */
    drop: async (...files) => {
      const dropped = await page.evaluateHandle(
        (given) => {
          const transfer = new DataTransfer();
          for (const { name, type, bytes } of given) {
            const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([content], name, { type }));
          }
          return transfer;
        },
        files.map(({ name, type = "", content }) => ({ name, type, bytes: Buffer.from(content).toString("base64") })),
      );
      await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
    },
    panel: (name) => page.click(`#tab-${name}`),
    verdicts: () =>
      page
        .locator("#claims .verdict")
        .allTextContents()
        .then((all) => all.map((word) => word.toLowerCase())),
    /** The texts that the document shows marked: "passage" or "span". */
    marked: (name) => page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String), name),
    saved: () => says("saved", "Saved on this device"),
    /** The service worker has all that it keeps. */
    kept: () => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined)),
  };
}

/** A PNG file of words, as a screen draws them; made by the browser. */
export async function picture(page, lines, { width = 900, size = 40 } = {}) {
  const made = await page.evaluate(
    async ([words, wide, high]) => {
      const canvas = new OffscreenCanvas(wide, high * 2 * (words.length + 1));
      const context = canvas.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "#000";
      context.font = `${high}px Georgia, serif`;
      words.forEach((line, i) => context.fillText(line, high, high * 2 * (i + 1)));
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [lines, width, size],
  );
  return Buffer.from(made, "base64");
}
