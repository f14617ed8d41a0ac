// Reads pictures, PDFs and bad files through the page of `make page`, as a person does: node tests/browser/scan.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { demoFiles } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

const sample = (name) => readFileSync(new URL(`../../web/demo/samples/${name}`, import.meta.url));
const file = (name, buffer, mimeType = "application/octet-stream") => ({ name, mimeType, buffer: Buffer.from(buffer) });
const SLOW = 60_000;

// Without the service worker: what that fetches, a route of Playwright does not see.
const { "/sw.js": _, ...files } = demoFiles();

await withPage(files, async (page, errors) => {
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.waitForFunction(() => document.documentElement.dataset.ready === "true");
  const first = await page.textContent("#doc-name");

  const give = (...files) => page.setInputFiles("#file", files);
  const named = (name) =>
    page.waitForFunction((want) => document.getElementById("doc-name").textContent === want, name, { timeout: SLOW });
  const notice = async (pattern) => {
    await page.waitForFunction(
      (source) => new RegExp(source, "s").test(document.getElementById("notice-text").textContent),
      pattern.source,
      { timeout: SLOW },
    );
    return page.textContent("#notice-text");
  };
  const over = () => page.waitForSelector(".reading", { state: "hidden", timeout: SLOW });
  const text = () => page.locator("#text-view").textContent();
  const values = () =>
    page.$$eval(".field-row", (rows) =>
      Object.fromEntries(
        rows.map((row) => [row.querySelector(".field-name").value, row.querySelector(".field-value").value]),
      ),
    );
  /** A picture drawn in the page, as the bytes of a file. */
  const drawn = async (width, height, type, draw) =>
    Buffer.from(
      await page.evaluate(
        async ([w, h, kind, code]) => {
          const canvas = new OffscreenCanvas(w, h);
          const context = canvas.getContext("2d");
          context.font = "40px sans-serif";
          // The policy forbids eval: what is drawn is named.
          const paint = {
            nothing: () => undefined,
            white: () => context.fillRect(0, 0, w, h),
            words: () => context.fillText("Total: 12.50 EUR", 30, 90),
            lying: () => {
              context.fillRect(0, 0, w, h);
              context.fillStyle = "#000";
              context.translate(0, h);
              context.rotate(-Math.PI / 2);
              context.fillText("Order: 88214", 40, 100);
            },
          };
          if (code === "white" || code === "lying") context.fillStyle = "#fff";
          paint[code]();
          return [...new Uint8Array(await (await canvas.convertToBlob({ type: kind })).arrayBuffer())];
        },
        [width, height, type, draw],
      ),
    );

  // Nothing for reading is fetched before something is read.
  assert.equal(requests.filter((url) => /\/(?:ocr|pdf)\//.test(url)).length, 0);

  // What cannot be read is told with what to do; the document stays.
  const refused = [
    [file("empty.png", ""), /empty \(0 bytes\).*another file/],
    [
      file(
        "noise.png",
        Array.from({ length: 999 }, (_, i) => (i * 7919) % 251),
      ),
      /neither a picture.*What opens here/,
    ],
    [file("letter.docx", "PK\x03\x04 and more"), /archive.*PDF or text/],
    [file("cut.jpg", sample("form.jpg").subarray(0, 60_000)), /cut off.*Copy it again/],
    [file("blank.txt", "  \n\n "), /nothing but blanks/],
    [file("broken.pdf", "%PDF-1.7\nnothing"), /damaged or cut off.*Copy it again/],
  ];
  const header = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\0\0\0\0....IEND", "latin1");
  refused.push([file("bomb.png", header), /60,000 × 60,000 pixels.*more than a browser can hold.*Save it/]);
  for (const [bad, expected] of refused) {
    await give(bad);
    await notice(expected);
    await over();
    assert.equal(await page.textContent("#doc-name"), first, bad.name);
  }

  // A long text, a huge picture: a button reads what can be read.
  await give(file("long.txt", "One line of a long text.\n".repeat(250_000)));
  await notice(/6 MB of text.*first part/);
  await page.click("#notice-action");
  await named("long.txt");
  assert.match(await notice(/Only the first 5 MB/), /Take|made way|Only/);
  await page.click("#notice-action");
  await named(first);
  const hundred = Buffer.from(header);
  hundred.writeUInt32BE(10_000, 16);
  hundred.writeUInt32BE(10_000, 20);
  await give(file("hundred.png", hundred));
  await notice(/100 megapixels.*cut it into parts/);
  assert.match(await page.textContent("#notice-action"), /scaled down to 4,000 pixels across/);

  // Texts in other encodings, and what was assumed.
  await give(file("wide.txt", Buffer.from("\ufeffGröße 𝔸", "utf16le")));
  await named("wide.txt");
  assert.equal(await text(), "Größe 𝔸");
  await give(file("old.txt", Buffer.from("Größe", "latin1")));
  await notice(/not UTF-8.*Windows-1252.*save it as UTF-8/);
  assert.equal(await text(), "Größe");

  // The engine cannot be loaded: told, nothing lost, and the button tries again.
  await page.route("**/*.traineddata.gz", (route) => route.fulfill({ status: 503 }));
  await give(file("form.jpg", sample("form.jpg")));
  await notice(/could not be loaded.*Check the connection/);
  assert.equal(await page.textContent("#doc-name"), "old.txt");
  await page.unroute("**/*.traineddata.gz");
  const unavailable = errors.splice(0);
  assert.ok(
    unavailable.every((error) => /503|fetching the script/.test(error)),
    unavailable.join(),
  );

  // A form: words in boxes that know their text, fields, all of it from this origin.
  const began = performance.now();
  await page.click("#notice-action");
  await named("form.jpg");
  console.log(`browser: the form was read in ${Math.round(performance.now() - began)} ms`);
  await page.waitForSelector(".word");
  const labels = await page.$$eval(".word", (all) => all.map((word) => word.getAttribute("aria-label")));
  assert.ok(labels.length > 60);
  assert.ok(labels.every((label) => /, \d+ % sure$/.test(label)));
  assert.equal(await page.getAttribute(".sheet", "aria-label"), `Page 1: ${labels.length} words`);
  const found = await values();
  assert.equal(found["Family name"], "Lindqvist");
  assert.equal(found["E-mail"], "clara.lindqvist@example.org");
  assert.match(found["IBAN"], /^GB82 WEST/);
  const elsewhere = requests.filter((url) => !url.startsWith(new URL(page.url()).origin) && !url.startsWith("blob:"));
  assert.deepEqual(elsewhere, []);

  // Through the words by keyboard; Enter goes to the field of a word, whose words are marked.
  await page.focus('.word[tabindex="0"]');
  const here = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.equal(await here(), labels[0]);
  await page.keyboard.press("ArrowRight");
  assert.equal(await here(), labels[1]);
  assert.equal(await page.textContent(".tip"), labels[1]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  assert.equal(await here(), labels[0]);
  await page.focus(`.word[aria-label^="WEST"]`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.value), found["IBAN"]);
  assert.equal(await page.locator(".marks .span").count(), 1);

  // Zoom keeps the boxes on their words.
  await page.focus(".scroller");
  const width = () => page.$eval(".sheet", (sheet) => sheet.clientWidth);
  const fit = await width();
  await page.keyboard.press("+");
  assert.ok((await width()) > 1.4 * fit);
  await page.keyboard.press("0");
  assert.equal(await width(), fit);

  // A field: corrected, undone, removed, had back, added.
  const iban = page.locator(".field-row", { has: page.locator('.field-type option[value="iban"]:checked') });
  await iban.locator(".field-value").fill("GB82 WEST 1234 5698 7654 33");
  assert.match(await iban.locator(".field-hint").textContent(), /changed by you/);
  await iban.locator(".field-review").waitFor({ state: "visible" });
  assert.ok(Number.parseFloat(await iban.locator(".field-score").textContent()) < 50);
  await iban.locator("summary").click();
  assert.match(await iban.locator(".field-reasons").textContent(), /÷ 50/);
  // A zero read as a letter: the suggestion is one click away.
  await iban.locator(".field-value").fill("GB82 WEST 1234 S698 7654 32");
  await iban.locator(".field-suggestion").click();
  await iban.locator(".field-review").waitFor({ state: "hidden" });
  assert.equal(await iban.locator(".field-value").inputValue(), "GB82WEST12345698765432");
  assert.ok(Number.parseFloat(await iban.locator(".field-score").textContent()) > 80);
  await iban.getByRole("button", { name: "As read" }).click();
  assert.equal(await iban.locator(".field-value").inputValue(), found["IBAN"]);
  const count = await page.locator(".field-row").count();
  await iban.locator(".field-remove").click();
  assert.equal(await page.locator(".field-row").count(), count - 1);
  await page.click("#undo-fields");
  assert.deepEqual(await values(), found);
  await page.click("#add-field");
  assert.equal(await page.locator(".field-row").count(), count + 1);

  // Words chosen in the image become a field.
  await page.focus('.word[aria-label^="Registration"]');
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.click("#add-field");
  assert.equal(await page.evaluate(() => document.activeElement.value), "Sallow Creek Society");

  // Stopped on the way: the document is as it was.
  await give(file("invoice.jpg", sample("invoice.jpg")));
  await page.waitForSelector(".reading:not([hidden])");
  await page.click("#reading-stop");
  await over();
  assert.equal(await page.textContent("#doc-name"), "form.jpg");

  // The engine is killed at rest, which nobody need know, and while it loads: told, and the button reads on.
  const kill = async () => {
    for (const worker of page.workers().filter((each) => each.url().includes("/ocr/"))) {
      await worker.evaluate(() => self.close()).catch(() => undefined);
    }
    await page.waitForFunction(async () => (await navigator.locks.query()).held.every(({ name }) => !/ocr/.test(name)));
  };
  await kill();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.traineddata.gz", async (route) => {
    await held;
    await route.continue();
  });
  await give(file("invoice.jpg", sample("invoice.jpg")));
  await page.waitForFunction(() =>
    document.getElementById("reading-what").textContent.startsWith("Loading the language"),
  );
  await kill();
  release();
  await notice(/has stopped.*Try again/);
  await page.unroute("**/*.traineddata.gz");
  await page.click("#notice-action");
  await named("invoice.jpg");
  assert.equal((await values())["Total"].replace(" ", ""), "€2,108.28");

  // Two files are two pages of one document; an empty page says so.
  const white = await drawn(900, 600, "image/png", "white");
  await give(file("a.jpg", sample("article-1.jpg")), file("b.png", white));
  await named("a.jpg and 1 more");
  await notice(/No words were found on page 2/);
  assert.equal(await page.locator(".sheet").count(), 2);
  assert.match(await text(), /works with the sea/);

  // White paper under what is transparent; a photo that lies on its side and says so.
  await give(file("clear.png", await drawn(700, 160, "image/png", "words")));
  await named("clear.png");
  assert.equal(await text(), "Total: 12.50 EUR");
  const lying = await drawn(500, 900, "image/jpeg", "lying");
  const exif = "\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
  await give(file("lying.jpg", Buffer.concat([lying.subarray(0, 2), Buffer.from(exif, "latin1"), lying.subarray(2)])));
  await named("lying.jpg");
  assert.equal(await text(), "Order: 88214");
  assert.ok(await page.$eval(".sheet", ({ clientWidth, clientHeight }) => clientWidth > clientHeight));

  // One that does not say it: turned by hand.
  await give(file("askew.jpg", lying));
  await named("askew.jpg");
  await page.getByRole("button", { name: "Turn the page" }).click();
  await page.waitForFunction(() => document.getElementById("text-view").textContent === "Order: 88214", null, {
    timeout: SLOW,
  });
  assert.equal(await page.textContent("#doc-name"), "askew.jpg");

  // A picture from the clipboard.
  const pasted = await drawn(700, 160, "image/png", "words");
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    },
    [...pasted],
  );
  await named("image.png");

  // A PDF with text: its words without an engine, in boxes where they are drawn.
  const other = await page.context().browser().newPage();
  await other.setContent("<h1>Invoice INV-7</h1><p>Date: 3 September 2026<p>E-mail: anna@example.org");
  const pdf = await other.pdf({ format: "A5" });
  await other.close();
  await give(file("letter.pdf", pdf));
  await named("letter.pdf");
  await notice(/taken from the PDF itself/);
  assert.match(await text(), /Invoice INV-7.*Date: 3 September 2026/s);
  assert.equal((await values())["E-mail"], "anna@example.org");
  assert.equal(await page.locator(".word.unknown").count(), 8);

  // A language without data: told what to do, the choice stays.
  await page.selectOption("#language", "other");
  await notice(/Only English can be read here.*npm install/);
  assert.equal(await page.inputValue("#language"), "eng");
});
console.log("browser: pictures, PDFs and bad files are read or refused under the page's policy");
