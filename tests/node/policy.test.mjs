import assert from "node:assert/strict";
import test from "node:test";
import { init, verify } from "paritas";
import { loadVectors } from "./vectors.mjs";

await init();

test("wrong answers about policies are refused and right ones approved", () => {
  const decided = loadVectors("policy").map(({ given, expect }) => [
    expect.value,
    verify(given.response, given.source).approved,
  ]);
  const count = (right, approved) => decided.filter(([is, said]) => is === right && said === approved).length;
  const [wrong, right] = [false, true].map((is) => count(is, true) + count(is, false));
  assert.ok(wrong >= 20 && right >= 20);
  assert.ok(count(false, false) >= 0.9 * wrong);
  assert.ok(count(true, true) >= 0.8 * right);
});
