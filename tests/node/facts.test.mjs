import assert from "node:assert/strict";
import test from "node:test";
import { FactStore, GroundTruthStore, init } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();
const camel = (name) => name.replace(/_[a-z]/g, (pair) => pair[1].toUpperCase());
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function run({ options, steps = [], call: [name, ...given] }) {
  const store = new FactStore(options);
  try {
    for (const [step, ...rest] of steps) store[camel(step)](...rest);
    const result = store[camel(name)](...given);
    return name === "to_bytes" ? hex(result) : (result ?? null);
  } finally {
    store.dispose();
  }
}

for (const { id, given, expect } of loadVectors("facts")) {
  test(`FactStore: ${id}`, () => {
    assert.deepEqual(
      outcome(() => run(given)),
      expect,
    );
  });
}

test("the published name is the same class", () => assert.equal(GroundTruthStore, FactStore));
