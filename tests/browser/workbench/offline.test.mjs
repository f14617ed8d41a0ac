// Without a network: all that was seen once works, the rest says what to do.
import assert from "node:assert/strict";
import { hand, picture, test } from "./workbench.mjs";

const NO_NETWORK = [/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/];

test(
  "after the first visit the page works without a network",
  { allow: NO_NETWORK },
  async (page, { context, site }) => {
    const { judged, kept, notice, open, panel, says, text } = hand(page);
    await judged();
    await kept();
    await page.fill("#answer", "The Senate has 3 Senators from each State.");
    await hand(page).saved();
    site.stop();
    await context.setOffline(true);
    await page.reload();
    await judged(1);
    assert.equal(await page.inputValue("#answer"), "The Senate has 3 Senators from each State.");
    assert.equal(await text("#claims .verdict"), "Contradicted");
    await panel("search");
    await page.fill("#query", "vice president");
    await page.waitForSelector("#hits mark");
    await panel("stream");
    await page.locator("#speed").fill("60");
    await page.click("#stream-start");
    await says("stream-verdict", "Halted at word");
    await says("digest-word", "equal to the native build");
    await open("own.txt", "Refunds are accepted within 30 days.");
    await says("doc-name", "own.txt");
    assert.equal(await page.evaluate(() => document.fonts.check("16px 'Source Sans 3 Variable'")), true);
    // What was never loaded: pictures. The page says so, keeps the document, and offers to try again.
    await page.setInputFiles("#file", {
      name: "words.png",
      mimeType: "image/png",
      buffer: await picture(page, ["Some words"]),
    });
    await notice("could not be loaded");
    assert.match(await text("#notice-text"), /Check the connection and try again/);
    assert.equal(await text("#notice-action"), "Try again");
    assert.equal(await text("#doc-name"), "own.txt");
  },
);

test(
  "pictures are read without a network once they have been read with one",
  { allow: NO_NETWORK },
  async (page, { context, site }) => {
    const { judged, kept, notice, saved, says } = hand(page);
    await judged();
    await kept();
    const give = async (name, line) =>
      page.setInputFiles("#file", { name, mimeType: "image/png", buffer: await picture(page, [line]) });
    await give("first.png", "The mill was built in 1824");
    await says("doc-name", "first.png");
    await saved();
    site.stop();
    await context.setOffline(true);
    await page.reload();
    await says("doc-name", "first.png");
    await give("second.png", "The wheel has nine arms");
    await says("doc-name", "second.png");
    assert.equal((await page.locator("#text-view").textContent()).trim(), "The wheel has nine arms");
    await page.click("#new");
    await page.click("#sample-form");
    await notice("could not be loaded");
  },
);

test("a newer page is offered, and taken when the reader wants it", {}, async (page, { files, more }) => {
  const { judged, kept, says } = hand(page);
  await judged();
  await kept();
  await page.fill("#answer", "The Senate has 2 Senators.");
  await hand(page).saved();
  files["/sw.js"] = Buffer.concat([Buffer.from(files["/sw.js"]), Buffer.from("\n// newer\n")]);
  files["/index.html"] = String(files["/index.html"]).replace("<title>Paritas", "<title>Newer Paritas");
  files["/sw.js"] = String(files["/sw.js"]).replace(/paritas-page-\w+/, "paritas-page-newer");
  await page.reload();
  await page.waitForSelector("#update");
  assert.equal(await page.title(), "Paritas workbench", "nothing changes under the reader's hands");
  await Promise.all([page.waitForEvent("load"), page.click("#update")]);
  await page.waitForFunction(() => document.title.startsWith("Newer"));
  await judged(1);
  assert.equal(await page.inputValue("#answer"), "The Senate has 2 Senators.");
  assert.equal(await (await more()).title(), "Newer Paritas workbench");
});

test(
  "without a service worker the page works as long as its server does",
  { allow: [/code \(500\)|status of 500/] },
  async (page, { files }) => {
    files["/sw.js"] = 500;
    await page.evaluate(async () => {
      for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.reload();
    await hand(page).judged();
    assert.equal(await page.locator("#notice").isVisible(), false);
  },
);
