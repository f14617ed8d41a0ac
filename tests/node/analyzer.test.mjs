import assert from "node:assert/strict";
import test from "node:test";
import { Analyzer, BM25, init } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());

function analyzerOf({ plain, options = {} }) {
  if (plain) return Analyzer.plain();
  return new Analyzer(Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value])));
}

for (const { id, given, expect } of loadVectors("analyzer")) {
  test(`Analyzer: ${id}`, () => {
    const analyzer = analyzerOf(given);
    const actual = outcome(() => ({ terms: analyzer.analyze(given.text), spans: analyzer.spans(given.text) }));
    analyzer.dispose();
    assert.deepEqual(actual, expect);
  });
}

for (const { id, given, expect } of loadVectors("analyzer_highlight")) {
  test(`highlight: ${id}`, () => {
    const analyzer = analyzerOf(given);
    const index = new BM25({ analyzer });
    for (const place of [analyzer, index]) {
      assert.deepEqual(
        outcome(() => place.highlight(given.query_text, given.text)),
        expect,
      );
      place.dispose();
    }
  });
}
