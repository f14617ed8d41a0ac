// The stream panel with a model that thinks: thoughts stand apart, are not judged, and have a limit.
import assert from "node:assert/strict";
import { HaltMonitor, init, PreparedSource, removeThinking, StreamingFilter, VerifiedScorer } from "paritas";
import { hand, test } from "./workbench.mjs";

await init();

test("thoughts are shown apart while they come, and the monitor judges the answer alone", {}, async (page) => {
  const { panel, says, text } = hand(page);
  await panel("stream");
  assert.equal(await page.isVisible("#stream-thoughts"), false, "nothing to show, no room taken");
  const source = (await page.locator("#text-view p").allTextContents()).join("\n\n");
  await page.check("#stream-thinking");
  await page.locator("#speed").fill("20");
  await page.click("#stream-start");
  await says("stream-thought", "The question");
  await says("stream-thought-facts", "thinking");
  assert.match(await text("#stream-thought"), /^The question/);
  assert.equal(await text("#stream-text"), "", "no word of the answer yet");
  assert.doesNotMatch(await text("#stream-figures"), /score/, "and no score");
  await page.locator("#speed").fill("60");
  await says("stream-verdict", "The whole answer was let through");

  const thought = await text("#stream-thought");
  const said = await page.locator("#stream-text .token").allTextContents();
  assert.doesNotMatch(said.join("") + thought, /<\/?think>/);
  assert.doesNotMatch(said.join(""), /Jefferson/, "it was thought of and left out");
  assert.match(thought, /Jefferson/);
  assert.match(thought, /And who presides\?/, "a second thought follows the first");
  assert.equal(await text("#stream-thought-facts"), `Thought · ${[...thought].length} characters`);

  // The same package, the same answer, the same scores.
  const prepared = new PreparedSource(source);
  const scorer = new VerifiedScorer();
  const monitor = new HaltMonitor({ hardLimit: 0.4 });
  let soFar = "";
  const events = said.map((token) => {
    soFar += token;
    return monitor.processToken(token, scorer.verify(soFar, prepared).score);
  });
  assert.ok(events.every(({ halted }) => !halted));
  assert.ok((await text("#stream-figures")).includes(`score ${events.at(-1).score.toFixed(3)}`));
  assert.match(await page.locator("#chart").getAttribute("aria-label"), new RegExp(`^Scores of ${said.length} words`));
  for (const handle of [prepared, scorer, monitor]) handle.dispose?.();
});

test("a model that thinks too long is stopped in the middle of its thought", {}, async (page) => {
  const { panel, says, text } = hand(page);
  await panel("stream");
  await page.check("#stream-thinking");
  await page.locator("#speed").fill("60");
  await page.locator("#thought-limit").fill("100");
  await page.click("#stream-start");
  await says("stream-verdict", "it thinks longer than 100 characters");
  assert.equal([...(await text("#stream-thought"))].length, 100);
  assert.equal(await text("#stream-thought-facts"), "Thought · 100 characters · stopped at the limit of 100");
  assert.equal(await text("#stream-text"), "");
});

test("an answer of one's own may hold thoughts of any dialect, and tags in code", {}, async (page) => {
  const { panel, says, text } = hand(page);
  const answer =
    "<|channel|>analysis<|message|>Section 3.<|end|><|start|>assistant<|channel|>final<|message|>The Senate has two Senators " +
    "from each State; `<think>` is a tag.";
  await panel("verify");
  await page.fill("#answer", answer);
  await panel("stream");
  await page.check("#stream-answer");
  await page.locator("#hard-limit").fill("0");
  await page.locator("#speed").fill("60");
  await page.click("#stream-start");
  await page.waitForFunction(() => document.getElementById("stream-verdict").textContent !== "");
  assert.equal(await text("#stream-thought"), "Section 3.");
  const shown = await text("#stream-text");
  assert.ok(removeThinking(answer).startsWith(shown) && shown !== "");
  const filter = new StreamingFilter();
  assert.equal(filter.processChunk(answer).thinking, "Section 3.");
  filter.dispose();
});
