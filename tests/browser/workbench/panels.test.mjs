// What the panels show is what the npm package answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BM25, HaltMonitor, PreparedSource, VerifiedScorer, init, selfcheck, verify } from "paritas";
import { hand, test } from "./workbench.mjs";

await init();
const SOURCE = [
  "The mill at Sallow Creek was built in 1824 by Ada Lindqvist. It has three wheels and two floors.",
  "Refunds are accepted within 30 days of purchase. Shipping takes 5 to 7 business days within Europe.",
  "The café on the bank opens at nine; 𝔸 marks its door. No dogs are allowed.",
].join("\n\n");
const ANSWER =
  "The mill was built in 1824. It has four wheels. Refunds are accepted within 60 days. Dogs are allowed. " +
  "The miller Jonas Bekker sold 900 sacks in Antwerp.";

test("a text file is opened, or dropped, and read", {}, async (page) => {
  const { drop, marked, open, panel, says, text } = hand(page);
  await open("mill.txt", SOURCE);
  await says("doc-name", "mill.txt");
  assert.equal((await page.locator("#text-view p").allTextContents()).join("\n\n"), SOURCE);
  await drop({ name: "second.txt", content: "Zürich has 3 gates." });
  await says("doc-name", "second.txt");
  assert.equal(await text("#text-view p"), "Zürich has 3 gates.");
  // What made way can be had back.
  await page.click("#notice-action");
  await says("doc-name", "mill.txt");
  await panel("search");
  await page.fill("#query", "café");
  await page.waitForFunction(() => document.querySelectorAll("#hits .hit").length === 1);
  assert.deepEqual(await marked("span"), ["café"]);
});

test("verdicts, evidence and score are those of the package", {}, async (page) => {
  const { judged, marked, open, panel, says, text, verdicts } = hand(page);
  await open("mill.txt", SOURCE);
  await says("doc-name", "mill.txt");
  await page.fill("#answer", ANSWER);
  const result = verify(ANSWER, SOURCE);
  const kinds = result.claims.map(({ verdict }) => verdict);
  assert.ok(new Set(kinds).size >= 3, "the answer should show several verdicts");
  await page.waitForFunction(
    (score) => document.getElementById("score").textContent === score,
    result.score.toFixed(2),
  );
  await judged(result.claims.length);
  assert.deepEqual(await verdicts(), kinds);
  assert.deepEqual(
    await page.locator("#claims .claim-text").allTextContents(),
    result.claims.map(({ claim }) => claim),
  );
  assert.deepEqual(
    await page.locator("#claims .reason").allTextContents(),
    result.claims.flatMap(({ reasons }) => reasons.map(({ message }) => message)),
  );
  // The underlined stretches of the answer are the claims.
  const copy = await page.locator(".answer-field .said").allTextContents();
  assert.deepEqual(
    copy,
    result.claims.map(({ span }) => ANSWER.slice(span.start, span.end)),
  );
  // The evidence of each claim is marked in the document, and taken away again.
  for (const { claimIndex, reasons } of result.claims) {
    await page.focus(`#claim-${claimIndex}`);
    const meant = reasons.map(({ sourceSpan }) => sourceSpan).filter((span) => span !== null);
    assert.deepEqual(
      await marked("span"),
      meant.map(({ start, end }) => SOURCE.slice(start, end)),
    );
  }
  await page.keyboard.press("Escape");
  assert.deepEqual(await marked("passage"), []);
  assert.equal(await text("#approval"), `Not approved, ${result.confidence} confidence`);
  // Sentences in parts.
  const atomic = verify("The mill was built in 1824 and has four wheels.", SOURCE, { atomic: true });
  await page.fill("#answer", "The mill was built in 1824 and has four wheels.");
  await page.check("#atomic");
  await judged(atomic.claims.length);
  assert.deepEqual(
    await verdicts(),
    atomic.claims.map(({ verdict }) => verdict),
  );
  await panel("stream");
  assert.deepEqual(await marked("span"), [], "marks stay with the panel in front");
});

test("search as you type: hits, scores and highlights of the package", {}, async (page) => {
  const { marked, open, panel, says } = hand(page);
  await open("mill.txt", SOURCE);
  await says("doc-name", "mill.txt");
  await panel("search");
  const index = new BM25({ storeText: true, stopwords: "english" });
  const paragraphs = SOURCE.split("\n\n");
  index.addDocuments(
    paragraphs.map((_, i) => i + 1),
    paragraphs,
  );
  await page.fill("#query", "");
  let typed = "";
  for (const letter of "mill within 30 days") {
    typed += letter;
    await page.locator("#query").pressSequentially(letter);
  }
  const hits = index.query(typed, 20);
  await page.waitForFunction(
    ([count, best]) =>
      document.querySelectorAll("#hits .hit").length === count &&
      document.querySelector("#hits .hit-score")?.title === best,
    [hits.length, String(hits[0].score)],
  );
  const shown = await page.locator("#hits .hit").evaluateAll((items) =>
    items.map((item) => ({
      id: Number(item.querySelector(".hit-id").textContent.replace("Paragraph ", "")),
      score: Number(item.querySelector(".hit-score").title),
      marks: [...item.querySelectorAll("mark")].map(({ textContent }) => textContent),
    })),
  );
  const spans = hits.map(({ id }) =>
    index.highlight(typed, paragraphs[id - 1]).map(({ start, end }) => [id, start, end]),
  );
  assert.deepEqual(
    shown,
    hits.map(({ id, score }, i) => ({
      id,
      score,
      marks: spans[i].map(([, start, end]) => paragraphs[id - 1].slice(start, end)),
    })),
  );
  // The same words stand out in the document.
  assert.deepEqual((await marked("span")).sort(), shown.flatMap(({ marks }) => marks).sort());
  await page.fill("#query", "nothingofthekind");
  await says("search-figures", "No hits");
  assert.deepEqual(await marked("span"), []);
  index.dispose();
});

test("an index is saved, opened, and refused when it is damaged", {}, async (page) => {
  const { open, panel, says, text } = hand(page);
  await open("mill.txt", SOURCE);
  await says("doc-name", "mill.txt");
  await panel("search");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#index-save")]);
  const bytes = readFileSync(await download.path());
  const saved = BM25.fromBytes(bytes);
  const [best] = saved.query("refunds", 1);
  await hand(page).open("other.txt", "Another text.");
  await says("doc-name", "other.txt");
  await page.setInputFiles("#index-file", { name: "mill.index", mimeType: "", buffer: bytes });
  await says("searched", "3 documents of mill.index");
  await page.fill("#query", "refunds");
  await page.waitForFunction(
    (score) => document.querySelector("#hits .hit-score")?.title === score,
    String(best.score),
  );
  const damaged = Buffer.from(bytes);
  damaged[40] ^= 255;
  await page.setInputFiles("#index-file", { name: "bad.index", mimeType: "", buffer: damaged });
  await says("searched", "bad.index cannot be opened");
  assert.equal(await text("#hits .hit-id"), String(best.id), "the index before it is still searched");
  await page.click("#index-close");
  await says("searched", "1 paragraph of the document");
  saved.dispose();
});

test("a stream is halted where the package halts it, and can be paused", {}, async (page) => {
  const { panel, says, text } = hand(page);
  await panel("stream");
  const source = await page.locator("#text-view p").allTextContents();
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await says("stream-verdict", "Halted at word");
  const tokens = await page.locator("#stream-text .token").allTextContents();
  const prepared = new PreparedSource(source.join("\n\n"));
  const scorer = new VerifiedScorer();
  const monitor = new HaltMonitor({ hardLimit: 0.4 });
  let so_far = "";
  const events = tokens.map((token) => {
    so_far += token;
    return monitor.processToken(token, scorer.verify(so_far, prepared).score);
  });
  assert.deepEqual(
    events.map(({ halted }) => halted),
    tokens.map((_, i) => i === tokens.length - 1),
  );
  assert.ok((await text("#stream-figures")).startsWith(`${events.at(-1).reason} · `), "the same rule has halted it");
  assert.ok((await text("#stream-figures")).includes(`score ${events.at(-1).score.toFixed(3)}`));
  assert.match(
    await page.locator("#chart").getAttribute("aria-label"),
    new RegExp(`^Scores of ${tokens.length} words`),
  );
  // A slow one, paused and resumed; nothing is skipped.
  await page.check("#stream-faithful");
  await page.locator("#speed").fill("30");
  await page.click("#stream-start");
  await page.waitForFunction(() => document.querySelectorAll("#stream-text .token").length > 3);
  await page.click("#stream-start");
  await page.waitForTimeout(150);
  const paused = await page.locator("#stream-text .token").count();
  await page.waitForTimeout(150);
  assert.equal(await page.locator("#stream-text .token").count(), paused, "a paused stream stands still");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await says("stream-verdict", "let through");
  for (const handle of [prepared, scorer, monitor]) handle.dispose?.();
});

test("the same bits as the native build and as Node", {}, async (page) => {
  const { says, text } = hand(page);
  await page.waitForFunction(() => document.getElementById("digest")?.textContent.length === 16);
  assert.equal(await text("#digest"), selfcheck(10_000));
  await says("digest-word", "equal to the native build");
  assert.equal(await text("#digest-native"), await text("#digest"));
});

test(
  "the code is copied to the clipboard",
  { context: { permissions: ["clipboard-read", "clipboard-write"] } },
  async (page) => {
    const { judged, panel, says } = hand(page);
    await judged();
    for (const name of ["verify", "search", "stream"]) {
      await panel(name);
      await page.click(`#code-${name}-button`);
      await page.click("#code-javascript");
      const code = await page.textContent("#code");
      assert.match(code, /^import \{ .* \} from "paritas";/m);
      await page.click("#code-copy");
      await says("code-copy", "Copied");
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.activeElement.id), `code-${name}-button`, "focus comes back");
    }
  },
);
