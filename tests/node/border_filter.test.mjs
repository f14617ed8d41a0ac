import assert from "node:assert/strict";
import test from "node:test";
import { BM25, init, matchesFilter, ParitasError } from "paritas";

await init();
const failure = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return [error.code, error instanceof TypeError, error.message];
  }
  return "nothing";
};

test("a message names the path", () => {
  for (const [filter, message] of [
    [{ year: { $gte: null } }, "filter.year.$gte must be a text or a number"],
    [
      { $or: [{ a: 1 }, { b: { $in: [1, 2, [3]] } }] },
      "filter.$or[1].b.$in[2] must be a text, a number, a truth value or null",
    ],
    [{ $nor: [] }, "filter.$nor is no operator: use $and, $or or $not, or the name of a key"],
  ]) {
    assert.deepEqual(
      failure(() => matchesFilter({}, filter)),
      ["invalid_argument", false, message],
    );
  }
});

test("what no filter can hold is a TypeError", () => {
  for (const [filter, message] of [
    [undefined, "an object as filter is needed, not null"],
    [[{ a: 1 }], "an object as filter is needed, not array"],
    ["a", "an object as filter is needed, not string"],
    [{ a: undefined }, "array or object as filter.a is needed, not undefined"],
    [{ $or: [{ a: () => 1 }] }, "array or object as filter.$or[0].a is needed, not function"],
  ]) {
    const [code, type, text] = failure(() => matchesFilter({}, filter));
    assert.deepEqual([code, type], ["invalid_argument", true]);
    assert.ok(text.endsWith(message), text);
  }
  assert.equal(failure(() => matchesFilter({}, { a: 2n ** 63n }))[0], "out_of_range");
});

test("a filter that holds itself is too deep", () => {
  const filter = {};
  filter.$and = [filter];
  assert.equal(failure(() => matchesFilter({}, filter))[0], "limit_exceeded");
});

test("a bigint is a whole number, in filters and in metadata", () => {
  assert.ok(matchesFilter({ n: 5 }, { n: 5n }));
  assert.ok(matchesFilter({ n: 2n ** 53n + 1n }, { n: { $gt: 2 ** 53 } }));
  const index = new BM25();
  index.addDocument("a", "red", { small: 5n, large: 2n ** 53n + 1n, least: -(2n ** 63n) });
  assert.deepEqual(index.get("a").metadata, { small: 5, large: 2n ** 53n + 1n, least: -(2n ** 63n) });
  assert.equal(failure(() => index.addDocument("b", "red", { n: 2n ** 63n }))[0], "out_of_range");
  index.dispose();
});

test("a lone surrogate counts as the replacement character", () => {
  assert.ok(matchesFilter({ "k\ud800": "\udfff" }, { "k\ufffd": "\ufffd" }));
});
