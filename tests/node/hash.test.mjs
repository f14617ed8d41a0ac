import assert from "node:assert/strict";
import test from "node:test";
import { init } from "paritas";
import { core } from "../../dist/module.js";
import { unwrap } from "../../dist/packed.js";
import { loadVectors } from "./vectors.mjs";

await init();

/** The low byte of each draw, as the other languages make the input. */
function bytes(size) {
  const random = core().randomCreate(BigInt(size));
  const out = Uint8Array.from({ length: size }, () => Number(core().randomNext(random) & 0xffn));
  core().randomDelete(random);
  return out;
}

const hex = (bits) => BigInt.asUintN(64, bits).toString(16).padStart(16, "0");

for (const { id, given, expect } of loadVectors("hash")) {
  test(`xxh3: ${id}`, () => {
    const data = bytes(given.size);
    const at = core().malloc(given.size + 1);
    core().HEAPU8.set(data, at);
    const seed = BigInt(`0x${given.seed}`);
    const halves = unwrap(core().xxh3_128(at, given.size, seed));
    const value = {
      xxh3_128: hex(halves.u64()) + hex(halves.u64()),
      xxh3_64: hex(core().xxh3_64(at, given.size, seed)),
    };
    core().free(at);
    assert.deepEqual({ value }, expect);
  });
}
