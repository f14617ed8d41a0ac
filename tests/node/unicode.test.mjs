import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { withText } from "../../dist/convert.js";
import { core } from "../../dist/module.js";
import { unwrap } from "../../dist/packed.js";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
for (const { id, given, expect } of loadVectors("fold")) {
  test(`fold: ${id}`, () => {
    const keepAccents = given.keep_accents ?? false;
    const actual = outcome(() =>
      unwrap(withText(given.text, (at, bytes) => core().fold(at, bytes, keepAccents))).text(),
    );
    assert.deepEqual(actual, expect);
  });
}
