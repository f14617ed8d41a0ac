// How the workers of a page live and die, in Chromium: node worker_page.mjs DIST prints what each case gave.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { withPage } from "../browser/page.mjs";

const [, , dist] = process.argv;
const package_ = Object.fromEntries(
  readdirSync(dist).map((name) => [`/paritas/${name}`, readFileSync(join(dist, name))]),
);
const html =
  '<!doctype html><meta charset="utf-8"><title>workers</title><script type="module" src="/page.js"></script>';

// A worker of the page's own, which dies as it is told.
const mortal = `import "/paritas/worker_entry.js";
addEventListener("message", ({ data }) => {
  if (data === "close") close();
  if (data === "throw") throw new Error("rotten");
});`;
const page = `
import { startWorker } from "/paritas/worker.js";
async function death(how) {
  const worker = new Worker("/mortal.js", { type: "module" });
  const paritas = await startWorker({ worker });
  const scorer = await new paritas.VerifiedScorer({ nliScorer: () => new Promise(() => {}) });
  const pending = scorer.verifyAsync("Foxes like the sea.", "Foxes are animals.");
  pending.catch(() => {});
  if (how === "terminate") worker.terminate();
  else worker.postMessage(how);
  const { code, message } = await pending.catch((error) => error);
  const later = await paritas.norm([1]).catch((error) => error.code);
  return [code, message.slice(0, message.indexOf(":")), later, paritas.closed.code];
}
async function main() {
  const answer = {};
  for (const how of ["close", "terminate", "throw"]) answer[how] = await death(how);
  const nowhere = await startWorker({ worker: "/nowhere.js" }).catch((error) => error);
  answer.nowhere = [nowhere.code, /worker-src/.test(nowhere.message)];
  const paritas = await startWorker();
  answer.again = await paritas.williamsSpaceBound(16);
  const shown = new Response("so far so bad").body.pipeThrough(await paritas.haltTransform({ callback: () => 0.9 }));
  answer.shown = await new Response(shown.pipeThrough(new TextEncoderStream())).text();
  globalThis.answer = () => answer;
}
main().catch((error) => (globalThis.answer = () => String(error.stack)));
`;
const answer = await withPage(
  { "/index.html": html, "/page.js": page, "/mortal.js": mortal, ...package_ },
  async (tab, errors) => {
    await tab.waitForFunction(() => globalThis.answer !== undefined);
    const expected = /rotten|404/; // of the cases "throw" and "nowhere"
    errors.splice(0, errors.length, ...errors.filter((error) => !expected.test(error)));
    return tab.evaluate(() => globalThis.answer());
  },
);

// The package on another origin, as on a CDN.
const other = createServer((request, response) => {
  const type = request.url.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  response.writeHead(200, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(package_[request.url]);
});
await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
const cdn = `http://127.0.0.1:${other.address().port}/paritas`;
const remote = `import { startWorker } from "${cdn}/worker.js";
startWorker().then(
  async (paritas) => {
    const sum = await paritas.williamsSpaceBound(16);
    globalThis.answer = () => sum;
  },
  (error) => (globalThis.answer = () => String(error)),
);`;
const own = createServer((request, response) => {
  const isPage = request.url === "/index.html";
  response.writeHead(200, { "Content-Type": isPage ? "text/html" : "text/javascript" }).end(isPage ? html : remote);
});
await new Promise((resolve) => own.listen(0, "127.0.0.1", resolve));
answer.cdn = await withPage({ "/index.html": "" }, async (tab) => {
  await tab.goto(`http://127.0.0.1:${own.address().port}/index.html`);
  await tab.waitForFunction(() => globalThis.answer !== undefined);
  return tab.evaluate(() => globalThis.answer());
}).catch(String);
own.close();
other.close();
own.closeAllConnections();
other.closeAllConnections();
console.log(JSON.stringify(answer));
