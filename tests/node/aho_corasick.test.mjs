import assert from "node:assert/strict";
import test from "node:test";
import { AhoCorasick, Match, ParitasError, init } from "paritas";
import { loadVectors, outcome } from "./vectors.mjs";

await init();

const pairs = (matches) => matches.map((match) => [match.pattern, [match.start, match.end]]);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const built = ({ patterns, match_kind, case_insensitive, whole_words }) =>
  new AhoCorasick(patterns, { matchKind: match_kind, caseInsensitive: case_insensitive, wholeWords: whole_words });

/** What every member says of one text; those that must agree with others are compared here. */
function allOf(given) {
  const { text } = given;
  const patterns = built(given);
  const found = patterns.findAll(text);
  assert.equal(patterns.count(text), found.length);
  assert.equal(patterns.contains(text), found.length > 0);
  assert.deepEqual(pairs([patterns.findFirst(text)].filter(Boolean)), pairs(found.slice(0, 1)));
  const arrays = patterns.findArrays(text);
  for (const name of ["pattern", "start", "end"]) {
    assert.deepEqual(
      Array.from(arrays[name]),
      found.map((match) => match[name]),
    );
  }
  assert.deepEqual(patterns.findAllBatch([text, ""]).map(pairs), [pairs(found), []]);
  assert.deepEqual(patterns.countBatch([text]), [found.length]);
  assert.deepEqual(patterns.containsBatch([text, ""]), [found.length > 0, false]);
  for (const match of found) assert.equal(match.text, text.slice(match.start, match.end));
  assert.deepEqual([patterns.patterns, patterns.patternCount], [given.patterns, given.patterns.length]);
  assert.equal(patterns.matchKind, given.match_kind);
  const saved = patterns.toBytes();
  const again = AhoCorasick.fromBytes(saved);
  assert.deepEqual(pairs(again.findAll(text)), pairs(found));
  const overlaps = given.match_kind === "overlapping";
  const value = {
    find_all: pairs(found),
    count_by_pattern: patterns.countByPattern(text),
    matched_patterns: patterns.matchedPatterns(text),
    replace_all: overlaps
      ? null
      : patterns.replaceAll(
          text,
          Array.from(given.patterns, (_, i) => `<${i}>`),
        ),
    to_bytes: hex(saved),
  };
  patterns.dispose();
  again.dispose();
  return value;
}

for (const { id, given, expect } of loadVectors("aho_corasick")) {
  test(`AhoCorasick: ${id}`, () => {
    assert.deepEqual(
      outcome(() => allOf(given)),
      expect,
    );
  });
}

for (const { id, given, expect } of loadVectors("aho_corasick_stream")) {
  test(`MatchStream: ${id}`, () => {
    const patterns = built(given);
    const stream = patterns.stream();
    const lists = [...given.chunks.map((chunk) => stream.feed(chunk)), stream.finish()];
    assert.deepEqual({ value: lists.map(pairs) }, expect);
    const text = given.chunks.join("");
    for (const match of lists.flat()) assert.equal(match.text, text.slice(match.start, match.end));
    stream.reset();
    const units = Array.from({ length: text.length }, (_, i) => text[i]); // each surrogate alone
    const found = [...units.flatMap((unit) => stream.feed(unit)), ...stream.finish()];
    assert.deepEqual(pairs(found), pairs(patterns.findAll(text)));
    stream.dispose();
    patterns.dispose();
  });
}

const fails = (call, code, message) =>
  assert.throws(call, (error) => error instanceof ParitasError && error.code === code && message.test(error.message));

test("MatchStream: a finished one takes nothing", () => {
  const stream = new AhoCorasick(["a"]).stream();
  assert.deepEqual(pairs([...stream.feed("a\ud800"), ...stream.finish()]), [[0, [0, 1]]]);
  fails(() => stream.feed("a"), "stream_finished", /reset\(\)/);
  fails(() => stream.finish(), "stream_finished", /reset\(\)/);
});

test("AhoCorasick: replacement by one, by many and by a function", () => {
  const patterns = new AhoCorasick(["red", "fox"]);
  const text = "a red fox \u{1d538} red";
  assert.equal(patterns.replaceAll(text, "-"), "a - - \u{1d538} -");
  assert.equal(patterns.replaceAll(text, ["RED", ""]), "a RED  \u{1d538} RED");
  assert.equal(
    patterns.replaceAll(text, (match) => `[${match.text}@${match.start}]`),
    "a [red@2] [fox@6] \u{1d538} [red@13]",
  );
  fails(() => patterns.replaceAll("x", ["a"]), "length_mismatch", /1 replacements for 2 patterns/);
  const all = new AhoCorasick(["a"], { matchKind: "overlapping" });
  for (const replacement of ["-", ["-"], () => "-"]) {
    fails(() => all.replaceAll("a", replacement), "kind_unsupported", /another match_kind/);
  }
});

test("AhoCorasick: another type is a TypeError", () => {
  for (const call of [
    () => new AhoCorasick("abc"),
    () => new AhoCorasick([1]),
    () => new AhoCorasick(["a"], { caseInsensitive: 1 }),
    () => new AhoCorasick(["a"], { wholeWords: "yes" }),
    () => new AhoCorasick(["a"], { whole: true }),
    () => new AhoCorasick(["a"]).findAll(null),
    () => new AhoCorasick(["a"]).countBatch("a"),
    () => new AhoCorasick(["a"]).replaceAll("a", 5),
    () => new AhoCorasick(["a"]).replaceAll("a", () => 5),
    () => new AhoCorasick(["a"]).stream().feed(undefined),
  ]) {
    assert.throws(call, TypeError);
  }
});

test("AhoCorasick: a lone surrogate counts as the replacement character", () => {
  const patterns = new AhoCorasick(["\ufffd"]);
  const found = patterns.findAll("a\ud800b\ufffd");
  assert.deepEqual(pairs(found), [
    [0, [1, 2]],
    [0, [3, 4]],
  ]);
  assert.equal(found[0].text, "\ud800"); // the text as it is
});

test("AhoCorasick: damaged bytes are refused", () => {
  const data = new AhoCorasick(["red", "fox"]).toBytes();
  for (let at = 0; at < data.length; ++at) {
    fails(() => AhoCorasick.fromBytes(data.slice(0, at)), "corrupt_data", /./);
    const damaged = data.slice();
    damaged[at] ^= 1;
    fails(() => AhoCorasick.fromBytes(damaged), "corrupt_data", /./);
  }
});

test("AhoCorasick: a match is an object of its own class", () => {
  const match = new AhoCorasick(["a"]).findFirst("ba");
  assert.ok(match instanceof Match);
  assert.deepEqual({ ...match }, { pattern: 0, start: 1, end: 2 });
});
