// For everybody: axe finds nothing in any panel, dialog and state, the keyboard reaches all, and a phone's width is enough.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hand, picture, test } from "./workbench.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 360, height: 740 };
const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);

/** What axe finds wrong, minor things aside: rule, and where. */
async function violations(page, rules) {
  const { found } = await page.evaluate(async (only) => {
    const options = only === null ? {} : { runOnly: { type: "rule", values: only } };
    const result = await globalThis.axe.run(document, { resultTypes: ["violations"], ...options });
    return {
      found: result.violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        at: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.split("\n")[1] ?? ""}`),
      })),
    };
  }, rules);
  return found.filter(({ impact }) => impact !== "minor");
}

/** Nothing is wider than the window but what scrolls in itself. */
async function fits(page, where) {
  const wide = await page.evaluate(() => {
    const scrolls = (element) => {
      for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return true;
      }
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && right > innerWidth + 1 && !scrolls(element);
    });
    const page = document.documentElement.scrollWidth - innerWidth;
    return { page, out: out.map((element) => element.outerHTML.slice(0, 100)) };
  });
  assert.deepEqual(wide, { page: 0, out: [] }, `${where} is wider than the window`);
}

/** Goes through every panel, state and dialog of the page, and calls `look` in each. */
async function everywhere(page, look) {
  const { judged, notice, open, panel, says } = hand(page);
  const narrow = page.viewportSize().width < 700;
  await judged();
  await page.waitForFunction(() => document.getElementById("digest")?.textContent.length === 16);
  if (narrow) {
    await panel("document");
    await look("document");
  }
  await panel("verify");
  await page.focus("#claim-1");
  await look("verify");
  await panel("search");
  await page.waitForSelector("#hits .hit");
  await look("search");
  await page.fill("#query", LONG);
  await says("search-figures", "No hits");
  await look("search without hits");
  await panel("stream");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await says("stream-verdict", "Halted at word");
  await look("stream");
  await page.check("#stream-thinking");
  await page.click("#stream-start");
  await says("stream-verdict", "let through");
  await look("thoughts");
  await page.check("#stream-drifting");
  await page.click("#stream-start");
  await says("stream-verdict", "Halted at word");
  await page.click("#code-stream-button");
  await look("code");
  await page.keyboard.press("Escape");
  await page.locator("body").press("?");
  await page.waitForSelector("#keys-dialog[open]");
  await look("keys");
  await page.keyboard.press("Escape");
  if (narrow) await panel("document");
  await page.click("#samples-open");
  await look("samples");
  await page.keyboard.press("Escape");
  await page.click("#new");
  await look("nothing open");
  await open("empty.txt", "");
  await notice("is empty");
  await look("a bad file");
  await page.click("#notice-close");
  await open(`${LONG}.txt`, `${LONG} has 4 gates.\n\nIn 123456789012345678901234567890 ${LONG}.`);
  await says("doc-name", LONG.slice(0, 20));
  await look("long words");
  await page.click("#edit");
  await look("editing");
  await page.click("#edit");
  await panel("verify");
  await page.fill("#answer", `${LONG} has 5 gates in 123456789012345678901234567890. ${LONG} is a town.`);
  await judged(2);
  await look("claims of long words");
  await panel("search");
  await page.fill("#query", LONG);
  await page.waitForSelector("#hits .hit");
  await look("hits of long words");
  const scan = await picture(page, ["Invoice number: 4711", "Date: 2026-03-01", "Total: 12.50 EUR"]);
  await page.setInputFiles("#file", { name: "scan.png", mimeType: "image/png", buffer: scan });
  await says("doc-name", "scan.png");
  if (narrow) await panel("document");
  await page.waitForSelector(".word");
  await look("image");
  await panel("fields");
  await page.waitForSelector(".field-row.judged");
  await look("fields");
  await page.locator(".field-why summary").first().click();
  await page.locator(".field-value").first().fill(LONG);
  await page.waitForTimeout(100);
  await look("a field corrected and explained");
}

for (const [name, viewport, colorScheme, rules] of [
  ["in light", { width: 1280, height: 800 }, "light", null],
  ["in the dark", { width: 1280, height: 800 }, "dark", ["color-contrast", "link-in-text-block"]],
  ["on a phone", PHONE, "light", null],
  ["on a phone in the dark", PHONE, "dark", ["color-contrast", "link-in-text-block"]],
]) {
  // Without motion: between two colours there is a third one, which axe would measure.
  test(`axe finds nothing ${name}`, { context: { viewport, colorScheme, reducedMotion: "reduce" } }, async (page) => {
    await page.evaluate(AXE);
    const found = {};
    await everywhere(page, async (where) => {
      const wrong = await violations(page, rules);
      if (wrong.length > 0) found[where] = wrong;
      if (viewport === PHONE && rules === null) await fits(page, where);
    });
    assert.deepEqual(found, {});
  });
}

test("the keyboard alone is enough", {}, async (page) => {
  const { judged, says } = hand(page);
  const at = () => page.evaluate(() => document.activeElement?.id ?? "");
  const press = (key) => page.keyboard.press(key);
  await judged();
  // Straight to the work.
  await press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await press("Enter");
  assert.equal(await at(), "workbench");
  // Tabs by arrows.
  await page.focus("#tab-verify");
  await press("ArrowRight");
  await press("Enter");
  assert.equal(await page.isVisible("#panel-search"), true);
  // Single keys go to the work, and are letters where one types.
  await press("/");
  assert.equal(await at(), "query");
  await press("Control+a");
  await page.keyboard.type("vice president a/s");
  assert.equal(await page.inputValue("#query"), "vice president a/s");
  await page.waitForSelector("#hits .hit");
  await press("ArrowDown");
  assert.equal(await at(), "hit-0");
  assert.ok((await hand(page).marked("passage")).length > 0);
  await press("Escape");
  await press("a");
  assert.equal(await at(), "answer");
  await press("Control+a");
  await page.keyboard.type("The Senate has 3 Senators from each State. The Vice President has no Vote.");
  await judged(2);
  // From the answer on by Tab to the claims, along them by arrows.
  for (let i = 0; i < 12 && !(await at()).startsWith("claim-"); i++) await press("Tab");
  assert.equal(await at(), "claim-0");
  await press("ArrowDown");
  assert.equal(await at(), "claim-1");
  // The stream, its code, and back to where one was.
  await press("s");
  await says("stream-verdict", "Halted at word");
  await press("c");
  await page.waitForSelector("#code-dialog[open]");
  await press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  // The document: read, edited, exchanged for a file.
  await press("d");
  assert.equal(await at(), "text-view");
  await press("e");
  assert.equal(await at(), "source");
  await press("Control+a");
  await page.keyboard.type("The mill has 7 wheels.");
  await page.focus("#edit");
  await press("Enter");
  await says("text-view", "The mill has 7 wheels.");
  const choosing = page.waitForEvent("filechooser");
  await page.evaluate(() => undefined); // by now it is listened for
  await press("o");
  const chooser = await choosing;
  await chooser.setFiles({ name: "chosen.txt", mimeType: "text/plain", buffer: Buffer.from("Chosen by keyboard.") });
  await says("doc-name", "chosen.txt");
  // Once around: every element that can be reached is, each can be seen there, and there is a way out.
  const seen = new Set();
  await page.focus(".skip");
  for (let i = 0; i < 80; i++) {
    await press("Tab");
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return "";
      const { width, height } = element.getBoundingClientRect();
      const label = element.matches("input[type=file]") ? element.closest("label") : element;
      const style = getComputedStyle(label);
      const shown =
        style.outlineStyle !== "none" || style.boxShadow !== "none" || label.matches(".skip, :focus-within");
      return `${element.id || element.className}${shown && (width > 0 || label !== element) && height >= 0 ? "" : " (not to be seen)"}`;
    });
    if (here === "" || seen.has(here)) break;
    seen.add(here);
  }
  const hidden = [...seen].filter((each) => each.endsWith("(not to be seen)"));
  assert.deepEqual(hidden, []);
  const reached = [
    "theme",
    "keys",
    "edit",
    "new",
    "samples-open",
    "file",
    "text-view",
    "tab-verify",
    "answer",
    "atomic",
  ];
  for (const id of [...reached, "code-verify-button"])
    assert.ok(seen.has(id), `${id} is not reached by Tab: ${[...seen].join(" ")}`);
});

test("a scan by keyboard: words, the field of a word, its correction and its score", {}, async (page) => {
  const { says } = hand(page);
  const scan = await picture(page, ["Invoice number: 4711", "Date: 2026-03-01", "Total: 12.50 EUR"]);
  await page.setInputFiles("#file", { name: "scan.png", mimeType: "image/png", buffer: scan });
  await says("doc-name", "scan.png");
  await page.focus('.word[tabindex="0"]');
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  for (let i = 0; i < 12 && !/^2026/.test((await label()) ?? ""); i++) await page.keyboard.press("ArrowRight");
  assert.match(await label(), /^2026-03-01, \d+ % sure/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.value), "2026-03-01");
});

test("who wants no motion gets none", { context: { reducedMotion: "reduce" } }, async (page) => {
  const { judged, panel } = hand(page);
  await judged();
  for (const name of ["search", "stream", "verify"]) {
    await panel(name);
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 10).length,
    );
    assert.equal(moving, 0, name);
  }
  const smooth = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((each) => getComputedStyle(each).scrollBehavior === "smooth").length,
  );
  assert.equal(smooth, 0);
});
