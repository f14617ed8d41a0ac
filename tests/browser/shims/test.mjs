// node:test for a page: collects the tests, which run one after another once every file is loaded.
const tests = [];
const path = [];

function test(name, options, run) {
  tests.push({ name: [...path, name].join(" > "), run: run ?? options });
}
async function describe(name, options, run) {
  path.push(name);
  await (run ?? options)();
  path.pop();
}
test.test = test;
test.it = test;
test.describe = describe;
test.suite = describe;

export default test;
export { describe, describe as suite, test, test as it };

/** Runs what was collected; gives the count of passed tests and the text of each failure. */
export async function runTests() {
  const failures = [];
  for (const { name, run } of tests) {
    try {
      await run({ test, diagnostic: () => {} });
    } catch (error) {
      failures.push(`${name}\n${error?.stack ?? error}`);
    }
  }
  return { passed: tests.length - failures.length, failures };
}
