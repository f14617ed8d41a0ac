// What the engine runs on is missing, or ends in the middle: it is said, it goes on, and nothing is lost.
import assert from "node:assert/strict";
import { hand, picture, test } from "./workbench.mjs";

const LOST = [/Failed to load resource/];
/** Keeps hold of the page's workers, so that a test can end them as a browser does: without a word. */
const remember = () => {
  globalThis.workers = [];
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      globalThis.workers.push({ worker: this, url: String(url) });
    }
  };
};
const endOf = (page, part) =>
  page.evaluate((wanted) => {
    const found = globalThis.workers.filter(({ url }) => url.includes(wanted));
    for (const { worker } of found) worker.terminate();
    globalThis.workers = globalThis.workers.filter((each) => !found.includes(each));
    return found.length;
  }, part);

const keeps = async (page) => {
  const { open, says } = hand(page);
  await open("own.txt", "The mill has 7 wheels.");
  await says("doc-name", "own.txt");
  await page.fill("#answer", "The mill has 8 wheels.");
  await hand(page).saved();
  await page.reload();
  await says("doc-name", "own.txt");
  assert.equal(await page.inputValue("#answer"), "The mill has 8 wheels.");
  assert.equal(await page.textContent("#text-view"), "The mill has 7 wheels.");
};

const LACKING = {
  WebAssembly: () => delete globalThis.WebAssembly,
  SIMD: () => {
    WebAssembly.validate = () => false;
  },
};
for (const [what, init] of Object.entries(LACKING)) {
  test(`without ${what} the page says what to do, and keeps the texts`, { init }, async (page) => {
    const said = await hand(page).notice(`This browser has no ${what}`);
    assert.match(said, /open this page in a current Chrome, Edge, Firefox or Safari/);
    assert.equal(await page.textContent("#engine"), "Paritas does not run");
    await keeps(page);
  });
}

test("without WebAssembly a picture is refused with what to do", { init: LACKING.WebAssembly }, async (page) => {
  const { notice } = hand(page);
  await notice("WebAssembly");
  const buffer = await picture(page, ["Some words"]);
  await page.setInputFiles("#file", { name: "words.png", mimeType: "image/png", buffer });
  assert.match(await notice("reading pictures needs it"), /Switch it on, use another browser, or paste the text/);
});

for (const status of [404, 500]) {
  test(
    `a module that answers ${status} is said, and a reload tries again`,
    { allow: LOST, blank: true },
    async (page, { files, origin }) => {
      const name = Object.keys(files).find((path) => /\/paritas-[^-]+\.wasm$/.test(path));
      const whole = files[name];
      files[name] = status;
      await page.goto(`${origin}/`);
      const said = await hand(page).notice("Paritas could not be loaded");
      assert.match(said, /Your texts are kept and shown; reload the page to try again/);
      await page.fill("#answer", "Typed while nothing runs.");
      await hand(page).saved();
      files[name] = whole;
      await page.reload();
      await hand(page).judged(1);
      assert.equal(await page.inputValue("#answer"), "Typed while nothing runs.");
    },
  );
}

test("the engine is killed: another one takes over with all that it must know", { init: remember }, async (page) => {
  const { judged, notice, open, panel, says, verdicts } = hand(page);
  await open("own.txt", "The mill has 7 wheels.");
  await says("doc-name", "own.txt");
  await page.fill("#answer", "The mill has 8 wheels.");
  await judged(1);
  assert.ok((await endOf(page, "engine.worker")) > 0);
  await notice("The engine ended and was started again. Nothing that you typed is lost.");
  await page.fill("#answer", "The mill has 7 wheels. The mill has 8 wheels.");
  await judged(2);
  assert.deepEqual(await verdicts(), ["supported", "contradicted"]);
  // In the middle of a stream: it goes on where it was.
  await page.fill("#answer", Array(12).fill("The mill has 7 wheels.").join(" "));
  await panel("stream");
  await page.check("#stream-answer");
  await page.locator("#speed").fill("30");
  await page.click("#stream-start");
  await page.waitForFunction(() => document.querySelectorAll("#stream-text .token").length > 4);
  assert.ok((await endOf(page, "engine.worker")) > 0);
  await page.locator("#speed").fill("60");
  await says("stream-verdict", "let through");
  assert.equal(
    await page.textContent("#stream-text"),
    Array(12).fill("The mill has 7 wheels.").join(" "),
    "no word is lost or said twice",
  );
});

test("a new engine searches the index file that was open", { init: remember }, async (page) => {
  const { notice, open, panel, says } = hand(page);
  await open("own.txt", "The mill has 7 wheels.");
  await says("doc-name", "own.txt");
  await panel("search");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#index-save")]);
  await page.setInputFiles("#index-file", await download.path());
  await says("searched", "1 documents of");
  await open("other.txt", "Nothing of the kind.");
  await says("doc-name", "other.txt");
  assert.ok((await endOf(page, "engine.worker")) > 0);
  await notice("started again");
  await page.fill("#query", "wheels");
  await page.waitForFunction(() => document.querySelectorAll("#hits .hit").length === 1);
});

test("the reading engine is killed in the middle: told, and the button reads on", { init: remember }, async (page) => {
  const { notice, says, text } = hand(page);
  const before = await text("#doc-name");
  await page.fill("#answer", "Typed before.");
  const lines = Array.from({ length: 30 }, (_, i) => `Line ${i} of a long page with words to read`);
  const buffer = await picture(page, lines, { size: 30 });
  await page.setInputFiles("#file", { name: "long.png", mimeType: "image/png", buffer });
  await page.waitForFunction(() => /^Reading · /.test(document.getElementById("reading-what").textContent));
  assert.equal(await endOf(page, "/ocr/"), 1);
  assert.match(await notice("The reading engine has stopped"), /What you typed is kept/);
  assert.equal(await text("#doc-name"), before);
  assert.equal(await page.inputValue("#answer"), "Typed before.");
  await page.click("#notice-action");
  await says("doc-name", "long.png");
});
