// Turns that a reader takes in the middle of something else: no document gets what belongs to another one.
import assert from "node:assert/strict";
import { hand, picture, test } from "./workbench.mjs";

test("a document that comes while one types into another keeps its text", {}, async (page) => {
  const { drop, open, says, text } = hand(page);
  await open("mine.txt", "What I write.");
  await says("doc-name", "mine.txt");
  await page.click("#edit");
  await page.locator("#source").pressSequentially("More. ");
  await page.waitForTimeout(300);
  await page.locator("#source").pressSequentially("And");
  await drop({ name: "second.txt", content: "Zürich has 3 gates." });
  await says("doc-name", "second.txt");
  await page.keyboard.type(" 7 7 ");
  await page.waitForTimeout(400);
  assert.equal(await text("#text-view p"), "Zürich has 3 gates.");
  assert.equal(await page.locator("#source").isVisible(), false);
  await page.click("#notice-action");
  await says("doc-name", "mine.txt");
  assert.match(await text("#text-view p"), /More\./);
});

test("the undo of fields goes with their document", {}, async (page) => {
  const { drop, judged, says } = hand(page);
  await judged();
  const lines = ["Invoice number: 4711", "Name: Ada Lindqvist", "Date: 2024-05-17", "Total: 120.50"];
  await drop({ name: "form.png", type: "image/png", content: await picture(page, lines) });
  await page.waitForSelector(".field-row.judged");
  await page.locator(".field-remove").first().click();
  await page.waitForSelector("#undo-fields:not([hidden])");
  await page.click("#tab-document").catch(() => undefined);
  await drop({ name: "second.txt", content: "Zürich has 3 gates." });
  await says("doc-name", "second.txt");
  assert.equal(await page.locator("#undo-fields").getAttribute("hidden"), "");
});

/** The first two steps of a stream are slow, as when the engine is starting. */
function slowStart() {
  const { postMessage } = Worker.prototype;
  let slow = 2;
  Worker.prototype.postMessage = function (message, ...rest) {
    const send = () => postMessage.call(this, message, ...rest);
    if (message?.name === "watch" && slow-- > 0) setTimeout(send, 500);
    else send();
  };
}

test("a stream that is paused and resumed within a step keeps its speed", { init: slowStart }, async (page) => {
  const { judged, panel, says } = hand(page);
  await judged();
  await panel("stream");
  await page.check("#stream-faithful");
  await page.locator("#speed").fill("2");
  const began = Date.now();
  await page.evaluate(async () => {
    const button = document.getElementById("stream-start");
    button.click();
    await new Promise((done) => setTimeout(done, 250));
    button.click();
    button.click();
  });
  await says("stream-figures", "Word 9 ");
  const took = Date.now() - began;
  assert.ok(took > 3700, `9 words in ${took} ms, at 2 words a second`);
});

const LOW = { viewport: { width: 320, height: 200 } };
test("at 400 % the panels have room, and long words stay in the window", { context: LOW }, async (page) => {
  const { judged } = hand(page);
  await judged();
  await page.fill("#answer", `${"W".repeat(500)} is 5.`);
  await judged(1);
  const { height, right } = await page.evaluate(() => ({
    height: document.getElementById("panel-verify").clientHeight,
    right: document.querySelector(".claim-text").getBoundingClientRect().right,
  }));
  assert.ok(height > 200, `${height} pixels of the panel`);
  assert.ok(right <= 320, `a claim ends at ${right}`);
});

test("on paper the whole text is there", {}, async (page) => {
  const { judged, open, says } = hand(page);
  await judged();
  await open("long.txt", Array.from({ length: 200 }, (_, i) => `Paragraph ${i}.`).join("\n\n"));
  await says("doc-name", "long.txt");
  await page.emulateMedia({ media: "print" });
  const last = page.locator("#text-view p").last();
  const [below, inside] = await last.evaluate((element) => [
    element.getBoundingClientRect().bottom,
    document.documentElement.scrollHeight,
  ]);
  assert.ok(below > 2000 && below <= inside, `${below} of ${inside}`);
});

test("in the reader's own colours one tab is chosen", { context: { forcedColors: "active" } }, async (page) => {
  await hand(page).judged();
  const colours = await page
    .locator("[role=tab]:visible")
    .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor));
  assert.equal(new Set(colours).size, 2, colours.join(" "));
});
