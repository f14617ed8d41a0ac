import assert from "node:assert/strict";
import test from "node:test";
import { Analyzer, init } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());

for (const { id, given, expect } of loadVectors("analyzer")) {
  test(`Analyzer: ${id}`, () => {
    const options = Object.fromEntries(Object.entries(given.options ?? {}).map(([key, value]) => [camel(key), value]));
    const analyzer = given.plain ? Analyzer.plain() : new Analyzer(options);
    const actual = outcome(() => ({ terms: analyzer.analyze(given.text), spans: analyzer.spans(given.text) }));
    analyzer.dispose();
    assert.deepEqual(actual, expect);
  });
}
