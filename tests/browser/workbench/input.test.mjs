// Bad, huge and odd input: a message that says what to do, or the right answer; nothing that was there is lost.
import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { init, verify } from "paritas";
import { hand, picture, test } from "./workbench.mjs";

await init();

/** A white PNG of one bit a pixel: 100 megapixels in 12 KB. */
function white(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 255);
  row[0] = 0;
  const data = deflateSync(Buffer.concat(Array(height).fill(row)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
const give = (page, name, buffer) => page.setInputFiles("#file", { name, mimeType: "", buffer: Buffer.from(buffer) });

test("files that cannot be read are refused with what to do, and the document stays", {}, async (page) => {
  const { notice, text } = hand(page);
  const before = await text("#doc-name");
  await page.fill("#answer", "Typed before.");
  const png = white(400, 300);
  const refused = [
    ["nothing.txt", "", /empty \(0 bytes\)/],
    [
      "photo.png",
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255)),
      /What opens here/,
    ],
    ["cut.png", png.subarray(0, 45), /is cut off: its end is missing\. Copy it again/],
    ["letter.docx", "PK\x03\x04....", /Unpack it, or save the document in it as PDF or text/],
    ["broken.pdf", "%PDF-1.4\nno more", /Copy it again/],
    ["vast.png", white(40_000, 7_000), /more than a browser can hold\. Save it with less/],
  ];
  for (const [name, content, expected] of refused) {
    await give(page, name, content);
    assert.match(await notice(name), expected);
    assert.equal(await text("#doc-name"), before);
    await page.click("#notice-close");
  }
  assert.equal(await page.inputValue("#answer"), "Typed before.");
});

test("a picture of 100 megapixels is read scaled down when the reader says so", {}, async (page) => {
  const { notice, text } = hand(page);
  const before = await text("#doc-name");
  await give(page, "huge.png", white(10_000, 10_000));
  await notice("100 megapixels");
  assert.equal(await text("#doc-name"), before);
  await page.click("#notice-action");
  assert.match(await notice("No words were found"), /scaled down to 4,000 × 4,000 pixels/);
  assert.equal(await text("#doc-name"), "huge.png");
});

test("a text of 100 MB: its first part is offered, and the page stays quick", {}, async (page) => {
  const { notice, says, text } = hand(page);
  const before = await text("#doc-name");
  // Made in the page: what Playwright carries over is smaller.
  await page.evaluate(() => {
    const part = new Blob([`${"A line of a text that is far too long for one page. ".repeat(20)}\n\n`.repeat(1000)]);
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(96).fill(part), "long.txt", { type: "text/plain" }));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
  });
  await notice("long.txt");
  assert.match(await text("#notice-text"), /holds 100 MB of text; the page stays quick with up to 5 MB/);
  assert.equal(await text("#doc-name"), before);
  await page.click("#notice-action");
  await says("doc-name", "long.txt");
  await notice("Only the first 5 MB of “long.txt” were read");
  await says("searched", "paragraphs of the document");
  await page.click("#tab-search");
  await page.fill("#query", "line");
  await page.waitForSelector("#hits .hit");
});

test("an answer of 1 MB is judged away from the typing, and kept", {}, async (page) => {
  const { open, saved, says } = hand(page);
  await open("own.txt", "The mill has 7 wheels.\n\nRefunds are accepted within 30 days.");
  await says("doc-name", "own.txt");
  const answer = "The mill has 8 wheels. Refunds are accepted within 30 days. ".repeat(17_000);
  assert.ok(answer.length > 1_000_000);
  await page.focus("#answer");
  const longest = await page.evaluate(async (text) => {
    const field = document.getElementById("answer");
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    // Frames until the claims stand there: none may hold the page for seconds.
    let last = performance.now();
    let most = 0;
    const until = last + 60_000;
    while (last < until && !document.getElementById("verify-figures").textContent.startsWith("34,")) {
      await new Promise((next) => setTimeout(next, 10));
      const now = performance.now();
      most = Math.max(most, now - last);
      last = now;
    }
    return most;
  }, answer);
  console.log(`browser: longest pause with an answer of 1 MB: ${longest.toFixed(0)} ms`);
  assert.match(await page.textContent("#verify-figures"), /^34,000 claims/);
  assert.equal(await page.locator("#claims .claim").count(), 200);
  await page.click("#more-claims");
  assert.equal(await page.locator("#claims .claim").count(), 400);
  assert.equal(await page.evaluate(() => document.activeElement.id), "claim-200");
  await page.focus("#answer");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("!");
  await saved();
  await page.reload();
  assert.equal((await page.inputValue("#answer")).length, answer.length + 1);
});

test("lone surrogates, other scripts and directions are text like any other", {}, async (page) => {
  const { judged, open, says, text, verdicts } = hand(page);
  const source =
    "تم بناء المطحنة في عام 1824.\n\nהטחנה נבנתה בשנת 1824.\n\n这座磨坊建于1824年。\n\nThe mill was built in 1824 by 𝔸da \u200dΖωή 👩‍👩‍👧.";
  await open("scripts.txt", source);
  await says("doc-name", "scripts.txt");
  const answer = "The mill was built in 1924. تم بناء المطحنة في عام 1924. 这座磨坊建于1924年。 \ud800 lone \udc00.";
  await page.evaluate((value) => {
    const field = document.getElementById("answer");
    field.value = value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, answer);
  const expected = verify(answer, source);
  await judged(expected.claims.length);
  assert.deepEqual(
    await verdicts(),
    expected.claims.map(({ verdict }) => verdict),
  );
  // Each paragraph runs in its own direction, a field in that of its first letter.
  const bidi = await page
    .locator("#text-view p")
    .first()
    .evaluate((each) => getComputedStyle(each).unicodeBidi);
  assert.equal(bidi, "plaintext");
  assert.equal(await page.getAttribute("#answer", "dir"), "ltr");
  await page.fill("#answer", "«المطحنة» has 7 wheels.");
  await page.waitForFunction(() => document.getElementById("answer").dir === "rtl");
  await page.click("#tab-search");
  await page.fill("#query", "磨坊 1824");
  await page.waitForSelector("#hits .hit");
  await page.click("#code-search-button");
  assert.ok((await text("#code")).includes("磨坊 1824"));
});

const EVIL = `<img src=x onerror="globalThis.hit=1"><b>bold</b>"'&amp;`;
test("what looks like markup is shown as it is, everywhere", {}, async (page) => {
  const { judged, open, panel, says } = hand(page);
  await open(
    `${EVIL}.txt`.replaceAll("/", "_"),
    `${EVIL} has 3 gates.\n\n${EVIL} is a town of <script>globalThis.hit=1</script>.`,
  );
  await says("doc-name", "<img");
  await page.fill("#answer", `${EVIL} has 4 gates.`);
  await judged();
  await panel("search");
  await page.fill("#query", `${EVIL} gates`);
  await page.waitForSelector("#hits .hit");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#index-save")]);
  const { readFileSync } = await import("node:fs");
  const buffer = readFileSync(await download.path());
  await page.setInputFiles("#index-file", { name: "<b>evil</b>.index", mimeType: "", buffer });
  await says("searched", "<b>evil</b>.index");
  await panel("stream");
  await page.check("#stream-answer");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await page.waitForFunction(() => document.getElementById("stream-verdict").textContent !== "");
  await page.click("#code-stream-button");
  await page.keyboard.press("Escape");
  await give(page, "<i>.png", "\x89PNG\r\n\x1a\n");
  await says("notice-text", "<i>.png");
  assert.equal(await page.locator("main b, main i, main img, main script, #notice b, #notice i").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.hit), undefined);
});

test("a picture's words in a title with markup, and an empty page", {}, async (page) => {
  const { notice, says } = hand(page);
  await give(page, "<b>empty</b>.png", white(600, 400));
  assert.match(await notice("No words were found"), /take a sharper, brighter picture/);
  await says("doc-name", "<b>empty</b>.png");
  await give(page, "words.png", await picture(page, ["<b>bold</b> & plain"]));
  await says("doc-name", "words.png");
  assert.equal(await page.locator("#panel-document b").count(), 0);
});
