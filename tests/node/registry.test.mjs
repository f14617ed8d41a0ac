import assert from "node:assert/strict";
import test from "node:test";
import { init, initRegex, PatternRegistry } from "paritas";
import { loadVectors, outcome, plain } from "./vectors.mjs";

await init();

test("before initRegex() an expression says what is missing, and literals do without", () => {
  const registry = new PatternRegistry();
  assert.throws(
    () => registry.add("a", "b+", { kind: "regex" }),
    (error) => error.code === "regex_unavailable" && /await initRegex\(\)/.test(error.message),
  );
  assert.equal(PatternRegistry.validate("b+").ok, true);
  registry.add("a", "b");
  assert.equal(registry.count("abb"), 2);
});

test("initRegex() may be called again", async () => {
  await Promise.all([initRegex(), initRegex()]);
  await initRegex();
  const registry = new PatternRegistry();
  registry.add("a", "b+", { kind: "regex" });
  assert.equal(registry.count("abb"), 1);
});

const camel = (key) => key.replace(/_[a-z]/g, (pair) => pair.charAt(1).toUpperCase());
const camelKeys = (given) => Object.fromEntries(Object.entries(given).map(([key, value]) => [camel(key), value]));

/** A hit as the vectors say it, with one span. */
function shown(value) {
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value !== "object" || !("line" in value)) return plain(value);
  const { name, category, severity, start, end, line } = value;
  return { name, category, severity, span: [start, end], line };
}

const NAMES = { set_enabled: "setEnabled", scan_batch: "scanBatch", to_json: "toJson", __contains__: "has" };

function run({ patterns, steps = [], call, options }) {
  const registry = new PatternRegistry();
  registry.addMany(patterns.map(camelKeys));
  for (const [name, ...given] of steps) registry[NAMES[name] ?? name](...given);
  const [name, ...given] = call;
  if (name === "__len__") return registry.size;
  return shown(registry[NAMES[name] ?? name](...given, ...(options ? [camelKeys(options)] : [])));
}

for (const stem of ["registry", "registry_random"]) {
  for (const { id, given, expect } of loadVectors(stem)) {
    test(`PatternRegistry: ${stem} ${id}`, async () => {
      await initRegex();
      assert.deepEqual(
        outcome(() => run(given)),
        expect,
      );
    });
  }
}

for (const { id, given, expect } of loadVectors("regex_syntax")) {
  test(`PatternRegistry.validate: ${id}`, () => {
    assert.deepEqual(
      outcome(() => PatternRegistry.validate(given.pattern, given.kind)),
      expect,
    );
  });
}

test("offsets are UTF-16 units, of hits and of errors", async () => {
  await initRegex();
  const registry = new PatternRegistry();
  const fails = (call, offset) => assert.throws(call, { code: "regex_syntax", offset });
  fails(() => registry.add("a", "é𝔸(b", { kind: "regex" }), 3);
  fails(
    () =>
      registry.addMany([
        { name: "a", pattern: "x" },
        { name: "b", pattern: "𝔸(b", kind: "regex" },
      ]),
    2,
  );
  assert.equal(PatternRegistry.validate("é𝔸(b").offset, 3);
  assert.equal(registry.size, 0);
});

test("a lone surrogate counts as U+FFFD and stays in what is replaced", async () => {
  await initRegex();
  const registry = new PatternRegistry();
  registry.add("mark", "\ufffd");
  registry.add("rest", "a.b", { kind: "regex" });
  assert.deepEqual(
    registry.scan("a\ud800b \udfff").map(({ name, start, end }) => [name, start, end]),
    [
      ["rest", 0, 3],
      ["mark", 1, 2],
      ["mark", 4, 5],
    ],
  );
  assert.equal(
    registry.replace("\ud800a b", (hit) => hit.name, { names: ["rest"] }),
    "\ud800rest",
  );
});

test("JSON is that of Python, and goes round", () => {
  const registry = new PatternRegistry();
  registry.add("a", "b", { caseInsensitive: true, keywords: new Set(["k"]) });
  const copy = PatternRegistry.fromJson(registry.toJson());
  assert.deepEqual(copy.definitions(), registry.definitions());
  assert.match(registry.toJson(), /"case_insensitive":true/);
  for (const text of ["", "[]", "{}", "1", "null", '{"patterns":{}}', '{"patterns":[],"more":1}']) {
    assert.throws(() => PatternRegistry.fromJson(text), { code: "corrupt_data" });
  }
});

test("types are checked", () => {
  const registry = new PatternRegistry();
  for (const call of [
    () => registry.add(1, "a"),
    () => registry.add("a", "a", { keywords: "word" }),
    () => registry.add("a", "a", { wholeWords: 1 }),
    () => registry.add("a", "a", { group: 1.5 }),
    () => registry.add("a", "a", { colour: 1 }),
    () => registry.addMany(["a"]),
    () => registry.scan(1),
    () => registry.scan("a", { names: "a" }),
    () => registry.scan("a", { limit: "1" }),
    () => registry.scan("a", { limits: 1 }),
    () => registry.scanBatch("a"),
    () => registry.replace("a", 1),
    () => PatternRegistry.validate(1),
    () => PatternRegistry.fromJson(1),
  ]) {
    assert.throws(call, TypeError);
  }
  assert.equal(registry.size, 0);
});
