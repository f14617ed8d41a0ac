// Runs the code that the page gives away, in Node and in Python, and compares what it prints with what the page shows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoFiles } from "../../web/demo/serve.mjs";
import { withPage } from "./page.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A folder where `import ... from "paritas"` finds this package. */
function folder(files) {
  const made = mkdtempSync(join(tmpdir(), "paritas-code-"));
  mkdirSync(join(made, "node_modules"));
  symlinkSync(root, join(made, "node_modules", "paritas"), "dir");
  for (const [name, content] of files) writeFileSync(join(made, name), content);
  return made;
}

/** What both snippets of the open panel print, as lines. */
async function printed(page, panel) {
  await page.click(`#code-${panel}-button`);
  const files = [];
  for (const button of await page.locator("#code-files button").all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    files.push([download.suggestedFilename(), readFileSync(await download.path())]);
  }
  const cwd = folder(files);
  const run = (command, file, env) => {
    const out = execFileSync(command, [file], { cwd, env: { ...process.env, ...env }, encoding: "utf8" });
    return out.trim().split("\n");
  };
  await page.click("#code-python");
  writeFileSync(join(cwd, "use.py"), await page.textContent("#code"));
  await page.click("#code-javascript");
  writeFileSync(join(cwd, "use.mjs"), await page.textContent("#code"));
  await page.keyboard.press("Escape");
  const both = [run(join(root, ".venv/bin/python"), "use.py", { PYTHONUTF8: "1" }), run("node", "use.mjs", {})];
  return { both, files: files.map(([name]) => name) };
}

const LONG = `${"A paragraph that says nothing of moment, in a text that is too long to be written out.\r\n\r\n".repeat(30)}Zürich 𝔸 has 3 gates.\n \n\nRefunds are accepted within 30 days.`;

await withPage(demoFiles(), async (page) => {
  const number = (text) => Number(text);

  async function check() {
    // Verification: the score as it is shown, and every claim.
    await page.click("#tab-verify");
    await page.waitForSelector("#claims .claim");
    const claims = await page.locator("#claims .claim").evaluateAll((items) =>
      items.map((item) => ({
        verdict: item.querySelector(".verdict").textContent.toLowerCase(),
        claim: item.querySelector(".claim-text").textContent,
      })),
    );
    const score = await page.textContent("#score");
    const verified = await printed(page, "verify");
    for (const [first, ...lines] of verified.both) {
      const [approved, value] = first.split(" ");
      assert.equal(/true/i.test(approved), (await page.textContent("#approval")).startsWith("Approved"));
      assert.equal(number(value).toFixed(2), score);
      assert.equal(lines.length, claims.length);
      lines.forEach((line, i) => {
        const [, verdict, claim] = /^(\w+) \S+ (.*)$/.exec(line);
        assert.deepEqual({ verdict, claim }, claims[i]);
      });
    }
    const numbers = (lines) => lines.map((line) => line.split(" ").map(number).filter(Number.isFinite));
    assert.deepEqual(numbers(verified.both[0]), numbers(verified.both[1]));

    // Search: every hit with its whole score.
    await page.click("#tab-search");
    await page.waitForSelector("#hits .hit");
    const hits = await page
      .locator("#hits .hit")
      .evaluateAll((items) =>
        items.map((item) => [
          Number(item.querySelector(".hit-id").textContent.replace("Paragraph ", "")),
          Number(item.querySelector(".hit-score").title),
        ]),
      );
    const found = await printed(page, "search");
    for (const lines of found.both)
      assert.deepEqual(
        lines.map((line) => line.split(" ").map(number)),
        hits,
      );
    return { verified, found };
  }

  const short = await check();
  assert.deepEqual(short.verified.files, []);

  // The stream: as many words, the same end.
  await page.click("#tab-stream");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await page.waitForFunction(() => document.getElementById("stream-verdict").textContent !== "");
  const words = await page.locator("#stream-text .token").count();
  const figures = await page.textContent("#stream-figures");
  const streamed = await printed(page, "stream");
  const scores = streamed.both.map((lines) => lines.slice(0, words).map((line) => number(line.split(" ")[0])));
  assert.deepEqual(scores[0], scores[1]);
  for (const lines of streamed.both) {
    assert.equal(lines.length, words + 1);
    assert.ok(figures.startsWith(`${lines[words]} · `), figures);
    assert.ok(figures.includes(`score ${number(lines[words - 1].split(" ")[0]).toFixed(3)}`), figures);
  }

  // A long text is read from a file, line ends and all.
  await page.setInputFiles("#file", { name: "long.txt", mimeType: "text/plain", buffer: Buffer.from(LONG) });
  await page.waitForFunction(() => document.getElementById("doc-name").textContent === "long.txt");
  await page.click("#tab-verify");
  await page.fill("#answer", "Zürich 𝔸 has 4 gates. Refunds are accepted within 30 days.");
  await page.waitForFunction(() => document.querySelectorAll("#claims .claim").length === 2);
  await page.click("#tab-search");
  await page.fill("#query", "gates of Zürich");
  await page.waitForFunction(() => document.querySelector("#hits .hit-text")?.textContent.startsWith("Zürich"));
  await page.uncheck("#stopwords");
  await page.waitForFunction(() => document.querySelectorAll("#hits .hit").length > 1);
  const long = await check();
  assert.deepEqual(long.verified.files, ["source.txt"]);

  // A scan: every field with its score, as the page shows it and in both languages the same to the last digit.
  await page.setInputFiles("#file", join(root, "web/demo/samples/form.jpg"));
  await page.waitForFunction(() => document.getElementById("doc-name").textContent === "form.jpg", null, {
    timeout: 60_000,
  });
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".field-score")].every((each) => each.textContent !== ""),
  );
  const fields = await page.$$eval(".field-row", (rows) =>
    rows.map((row) => [row.querySelector(".field-name").value, row.querySelector(".field-score").textContent]),
  );
  assert.ok(fields.length > 10);
  const judged = await printed(page, "fields");
  const said = judged.both.map((lines) => lines.map((line) => /^(.*) (\S+) (\S+)$/.exec(line).slice(1)));
  for (const lines of said) {
    assert.deepEqual(
      lines.map(([name, confidence]) => [name, `${(number(confidence) * 100).toFixed(1)}\u00a0%`]),
      fields,
    );
  }
  const exact = (lines) => lines.map(([, ...values]) => values.map(number));
  assert.deepEqual(exact(said[0]), exact(said[1]));
});
console.log("browser: the code that the page gives away prints what the page shows");
