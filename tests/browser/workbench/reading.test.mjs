// From a scan to its fields: words in their places, confidence that follows corrections, all that the package says of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fieldConfidence, init } from "paritas";
import { hand, picture, test } from "./workbench.mjs";

await init();
const truth = JSON.parse(readFileSync(new URL("../../../web/demo/samples/truth.json", import.meta.url), "utf8"));

/** How much two boxes [x0, y0, x1, y1] have in common: 0 to 1. */
function common(a, b) {
  const side = (i) => Math.max(0, Math.min(a[i + 2], b[i + 2]) - Math.max(a[i], b[i]));
  const area = ([x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);
  const shared = side(0) * side(1);
  return shared / (area(a) + area(b) - shared);
}

test("the sample form: words boxed where they stand, fields, scores that follow a correction", {}, async (page) => {
  const { judged, says, text } = hand(page);
  await judged();
  await page.click("#samples-open");
  await page.click("#sample-form");
  await says("doc-name", "Registration form");
  await page.waitForSelector(".field-row.judged");

  // Against the drawn form: most words are found where they are, and say what they are.
  const words = await page.locator(".word").evaluateAll((all) =>
    all.map((word) => {
      const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(word.getAttribute(name)));
      return { said: word.getAttribute("aria-label"), kind: word.classList[1], box: [x, y, x + width, y + height] };
    }),
  );
  const drawn = truth.form.flatMap((sheet) => sheet.words);
  const found = drawn.filter(({ text: wanted, box }) =>
    words.some((word) => word.said.startsWith(`${wanted}, `) && common(word.box, box) > 0.4),
  );
  assert.ok(found.length >= 0.9 * drawn.length, `${found.length} of ${drawn.length} words`);
  for (const { said, kind } of words) {
    const sure = Number(/, (\d+) % sure$/.exec(said)[1]);
    const band = sure >= 90 ? "sure" : sure >= 70 ? "fair" : "doubtful";
    if (![90, 70].includes(sure)) assert.equal(kind, band, said);
  }

  // A field: a wrong figure in an IBAN costs its score, the figure as it was read gives it back.
  const iban = page.locator(".field-row", { has: page.locator('.field-type option[value="iban"]:checked') });
  const value = iban.locator(".field-value");
  const score = () => iban.locator(".field-score").textContent().then(Number.parseFloat);
  const read = await value.inputValue();
  const before = await score();
  const scoreIs = async (compare) => {
    for (let i = 0; i < 100 && !compare(await score()); i++) await page.waitForTimeout(30);
    return score();
  };
  await value.fill("GB82 WEST 1234 5698 7654 33");
  const wrong = await scoreIs((now) => now !== before);
  await value.fill("GB82 WEST 1234 5698 7654 32");
  const right = await scoreIs((now) => now !== wrong);
  assert.ok(wrong < right, `${wrong} with a wrong check digit, ${right} with the right one`);
  await iban.locator(".field-why summary").click();
  assert.ok((await iban.locator(".field-reasons li").count()) >= 2);
  await value.fill(read);
  assert.equal(await scoreIs((now) => now === before), before);

  // The multiplier of the page is that of the package for so many fields.
  const count = await page.locator(".field-row").count();
  const { summary } = fieldConfidence(
    Array.from({ length: count }, (_, i) => ({ name: `${i}`, text: "a", words: [] })),
  );
  assert.ok((await text("#panel-fields .hint")).includes(summary.multiplier.toFixed(3)));
  await page.selectOption("#regime", "none");
  await page.waitForFunction(() =>
    document.querySelector("#panel-fields .hint").textContent.startsWith("Without a regime"),
  );
  // The text that was read is searched like any other.
  await page.click("#tab-search");
  await page.fill("#query", "Harbour Street");
  await page.waitForSelector("#hits mark");
  assert.ok((await page.locator(".marks .span").count()) > 0, "hits are marked in the image");
});

test("a dropped picture is read; stopping leaves the document as it was", {}, async (page) => {
  const { drop, says, text } = hand(page);
  const content = await picture(page, ["The mill at Sallow Creek", "has three wheels."]);
  await drop({ name: "mill.png", type: "image/png", content });
  await says("doc-name", "mill.png");
  const read = (await page.locator("#text-view p").allTextContents()).join(" ").replace(/\s+/g, " ");
  assert.equal(read.trim(), "The mill at Sallow Creek has three wheels.");
  await page.click("#samples-open");
  await page.click("#sample-article");
  await page.waitForSelector(".reading:not([hidden])");
  await page.click("#reading-stop");
  await page.waitForSelector(".reading", { state: "hidden" });
  assert.equal(await text("#doc-name"), "mill.png");
});
