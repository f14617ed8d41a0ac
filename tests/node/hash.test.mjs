import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { core } from "../../dist/module.js";
import { loadVectors } from "./vectors.mjs";

await init();

/** The low byte of each draw, as the other languages make the input. */
function bytes(size) {
  const random = core().Random.create(size.toString(16));
  const out = Uint8Array.from({ length: size }, () => parseInt(random.next().slice(14), 16));
  random.delete();
  return out;
}

for (const { id, given, expect } of loadVectors("hash")) {
  test(`xxh3: ${id}`, () => {
    const data = bytes(given.size);
    const at = core()._malloc(given.size + 1);
    core().HEAPU8.set(data, at);
    const value = {
      xxh3_64: core().xxh3_64(at, given.size, given.seed),
      xxh3_128: core().xxh3_128(at, given.size, given.seed),
    };
    core()._free(at);
    assert.deepEqual({ value }, expect);
  });
}
