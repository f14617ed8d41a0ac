// node:assert/strict for a page: the parts that tests/node uses, comparing with Object.is as Node does.
export class AssertionError extends Error {}

const show = (value) => {
  try {
    return JSON.stringify(value, (_key, item) =>
      Object.is(item, -0)
        ? "-0"
        : typeof item === "bigint"
          ? `${item}n`
          : typeof item === "number" && !Number.isFinite(item)
            ? String(item)
            : item,
    );
  } catch {
    return String(value);
  }
};

function fail(message, fallback) {
  if (message instanceof Error) throw message;
  throw new AssertionError(message ?? fallback);
}

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    return a.length === b.length && Array.from(a).every((item, i) => same(item, b[i]));
  }
  if (a instanceof Map || a instanceof Set) return same([...a], [...b]);
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function matches(error, expected) {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === "function") {
    if (expected.prototype !== undefined && error instanceof expected) return true;
    return !(expected === Error || Error.isPrototypeOf(expected)) && expected(error) === true;
  }
  return Object.entries(expected).every(([key, value]) =>
    value instanceof RegExp && typeof error[key] === "string" ? value.test(error[key]) : same(error[key], value),
  );
}

function check(error, expected, message) {
  if (!matches(error, expected)) fail(message, `another error was expected than ${error?.stack ?? error}`);
}

const assert = (value, message) => value || fail(message, `${show(value)} is not true`);
Object.assign(assert, {
  AssertionError,
  ok: assert,
  equal: (a, b, message) => Object.is(a, b) || fail(message, `${show(a)} is not ${show(b)}`),
  notEqual: (a, b, message) => !Object.is(a, b) || fail(message, `${show(a)} is the same`),
  deepEqual: (a, b, message) => same(a, b) || fail(message, `${show(a)} is not ${show(b)}`),
  notDeepEqual: (a, b, message) => !same(a, b) || fail(message, `${show(a)} is the same`),
  match: (text, pattern, message) => pattern.test(text) || fail(message, `${show(text)} does not match ${pattern}`),
  doesNotMatch: (text, pattern, message) => !pattern.test(text) || fail(message, `${show(text)} matches ${pattern}`),
  fail: (message) => fail(message, "failed"),
  throws(call, expected, message) {
    try {
      call();
    } catch (error) {
      check(error, expected, message);
      return;
    }
    fail(message, "nothing was thrown");
  },
  async rejects(promise, expected, message) {
    try {
      await (typeof promise === "function" ? promise() : promise);
    } catch (error) {
      check(error, expected, message);
      return;
    }
    fail(message, "nothing was thrown");
  },
  doesNotThrow: (call) => void call(),
});
assert.strictEqual = assert.equal;
assert.deepStrictEqual = assert.deepEqual;
assert.notStrictEqual = assert.notEqual;
assert.strict = assert;

export default assert;
