import assert from "node:assert/strict";
import test from "node:test";
import {
  classifyTask,
  classifyTaskBatch,
  findAllKeywords,
  hasActionKeywords,
  hasAnalysisKeywords,
  hasEditKeywords,
  hasGenerationKeywords,
  hasNegation,
  hasSearchKeywords,
  inflect,
  init,
  TaskClassifier,
  TaskType,
} from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

/** A match as the vectors say it, with a span. */
const withSpan = ({ start, end, ...rest }) => ({ ...rest, span: { start, end } });
const said = (result) => ({ ...result, matches: result.matches.map(withSpan) });

function classifierOf({ categories, position_weight, negation_radius, smoothing, threshold, inflect, negators }) {
  const given = categories && new Map(categories.map(([name, keywords]) => [name, new Map(keywords)]));
  const options = { smoothing, threshold, inflect, negators };
  return new TaskClassifier(given, { ...options, positionWeight: position_weight, negationRadius: negation_radius });
}

const plainTexts = [];
for (const { id, given, expect } of loadVectors("classify")) {
  if (Object.keys(given).length === 1) plainTexts.push(given.text);
  test(`classify_task: ${id}`, () => {
    const actual = outcome(() => {
      const classifier = classifierOf(given);
      const result = said(classifier.classify(given.text));
      classifier.dispose();
      return result;
    });
    assert.deepEqual(actual, expect);
    if (Object.keys(given).length === 1)
      assert.deepEqual(
        outcome(() => said(classifyTask(given.text))),
        expect,
      );
  });
}

for (const { id, given, expect } of loadVectors("classify_inflect")) {
  test(`inflect: ${id}`, () => {
    const actual = outcome(() => inflect(given.word));
    assert.deepEqual(actual, expect);
  });
}

for (const { id, given, expect } of loadVectors("classify_find")) {
  test(`find_all_keywords: ${id}`, () => {
    const actual = outcome(() => ({
      keywords: findAllKeywords(given.text).map(withSpan),
      action: hasActionKeywords(given.text),
      analysis: hasAnalysisKeywords(given.text),
      generation: hasGenerationKeywords(given.text),
      search: hasSearchKeywords(given.text),
      edit: hasEditKeywords(given.text),
      negation: hasNegation(given.text),
    }));
    assert.deepEqual(actual, expect);
  });
}

test("a batch is the single calls", () => {
  assert.ok(plainTexts.length > 100);
  assert.deepEqual(classifyTaskBatch(plainTexts), plainTexts.map(classifyTask));
  const classifier = new TaskClassifier({ work: { run: 1 } });
  assert.deepEqual(
    classifier.classifyBatch(["run", "", "not run"]).map(({ taskType }) => taskType),
    ["work", "default", "default"],
  );
  classifier.dispose();
});

test("a classifier tells its categories, and what it is asked", () => {
  const classifier = new TaskClassifier({ b: { "Set-Up": 1, run: 0.5 }, a: {} });
  assert.deepEqual(
    classifier.categories,
    new Map([
      [
        "b",
        new Map([
          ["Set-Up", 1],
          ["run", 0.5],
        ]),
      ],
      ["a", new Map()],
    ]),
  );
  assert.equal(classifier.hasKeywords("running", "b"), true);
  assert.equal(classifier.hasKeywords("running", "a"), false);
  assert.equal(classifier.hasNegation("not running"), true);
  assert.deepEqual(classifier.findAllKeywords("not running"), [{ start: 4, end: 11, text: "running", category: "b" }]);
  assert.throws(() => classifier.hasKeywords("running", "c"), { code: "not_found" });
  classifier.dispose();
  assert.throws(() => classifier.classify("x"), { code: "closed" });
});

test("the types of tasks have their names", () => {
  assert.equal(classifyTask("run it").taskType, TaskType.Action);
  assert.deepEqual(Object.values(TaskType), ["action", "analysis", "generation", "search", "edit", "default"]);
});

test("a value of the wrong type is named", () => {
  for (const [categories, options, message] of [
    [["a"], {}, /an object or a Map is needed/],
    ["a", {}, /an object or a Map is needed, not string/],
    [{ a: { run: "1" } }, {}, /a number is needed, not string/],
    [null, { inflect: 1 }, /a boolean is needed, not number/],
    [null, { negationRadius: 1.5 }, /a whole number below 2\^31 is needed/],
    [null, { negators: "not" }, /an array of strings is needed/],
    [null, { radius: 1 }, /unknown option radius/],
  ]) {
    assert.throws(() => new TaskClassifier(categories, options), { name: "ParitasTypeError", message });
  }
  assert.throws(() => classifyTask(1), { name: "ParitasTypeError" });
  assert.throws(() => classifyTaskBatch("run"), { name: "ParitasTypeError" });
});

test("a lone surrogate is no word and keeps its place", () => {
  const { matches } = classifyTask("\ud800run \udfffthe tests");
  assert.deepEqual(
    matches.map(({ text, start }) => [text, start]),
    [
      ["run", 1],
      ["tests", 10],
    ],
  );
});
