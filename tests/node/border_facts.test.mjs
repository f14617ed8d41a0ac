import assert from "node:assert/strict";
import test from "node:test";
import { FactStore, init, ParitasError } from "paritas";

await init();
const code = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ParitasError, String(error));
    return `${error.code} ${error instanceof TypeError ? "type" : "value"}`;
  }
  return "nothing";
};

test("wrong types are TypeErrors, and change nothing", () => {
  const store = new FactStore();
  for (const call of [
    () => store.add(1.5, "red"),
    () => store.add("a", null),
    () => store.add("a", "red", null),
    () => store.add("a", "red", "", "metadata"),
    () => store.remove({}),
    () => store.query(5),
    () => store.query("red", 1.5),
    () => store.retrieveContext("red", "3"),
    () => store.count(5),
    () => FactStore.fromBytes("x"),
    () => new FactStore({ k1: "x" }),
    () => new FactStore({ k2: 1 }),
  ]) {
    assert.equal(code(call), "invalid_argument type", String(call));
  }
  assert.equal(
    code(() => store.add("a", "red", "", { a: NaN })),
    "invalid_argument value",
  );
  assert.deepEqual(store.tenants(), []);
  store.dispose();
  assert.equal(
    code(() => store.count()),
    "closed value",
  );
});

test("a lone surrogate counts as the replacement character", () => {
  const store = new FactStore();
  store.add("\ud800", "red\ud800", "t\udfff", { k: "\ud800" });
  assert.deepEqual(store.get("\ufffd", "t\ufffd"), {
    id: "\ufffd",
    text: "red\ufffd",
    score: 0,
    metadata: { k: "\ufffd" },
  });
  store.dispose();
});

test("bytes go round, and damaged ones are refused", () => {
  const store = new FactStore({ k1: 1.5 });
  store.add("a", "Refunds within 30 days.", "", { n: 1, list: [null, "é"] });
  store.add(7, "red fox", "t");
  const data = store.toBytes();
  const other = FactStore.fromBytes(data);
  assert.deepEqual(other.toBytes(), data);
  assert.deepEqual(other.query("refund in 30 days"), store.query("refund in 30 days"));
  assert.equal(other.query("refund in 30 days").length, 1);
  for (let at = 0; at < data.length; ++at) {
    assert.equal(
      code(() => FactStore.fromBytes(data.subarray(0, at))),
      "corrupt_data value",
    );
    const damaged = data.slice();
    damaged[at] ^= 0x81;
    assert.equal(
      code(() => FactStore.fromBytes(damaged)),
      "corrupt_data value",
    );
  }
  store.dispose();
  other.dispose();
});

test("disposed stores leave no memory behind", async () => {
  const { core } = await import("../../dist/module.js");
  const size = () => {
    for (let i = 0; i < 20; ++i) {
      const store = new FactStore();
      for (let j = 0; j < 300; ++j) store.add(j, `word${j % 97} costs $${j}`, `t${j % 7}`);
      store.dispose();
    }
    return core().HEAPU8.length;
  };
  const first = size();
  assert.equal(size(), first);
});
