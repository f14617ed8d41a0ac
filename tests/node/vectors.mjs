// The shared cases: tests/vectors/<stem>.json. Refuses what could make a test pass without testing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ParitasError } from "paritas";

/** {"float": "NaN"} stands for what JSON cannot say; a span has three units, and JavaScript's is UTF-16. */
function decode(_key, item) {
  if (item === null || typeof item !== "object") return item;
  const keys = Object.keys(item).sort().join();
  if (keys === "float") return Number(item.float);
  if (keys === "integer") return BigInt(item.integer); // beyond 2^53
  return keys === "codepoint,utf16,utf8" ? item.utf16 : item;
}

export function loadVectors(stem) {
  const document = JSON.parse(readFileSync(new URL(`../vectors/${stem}.json`, import.meta.url), "utf8"), decode);
  assert.deepEqual(Object.keys(document).sort(), ["cases", "feature"], stem);
  const ids = new Set();
  for (const entry of document.cases) {
    assert.deepEqual(Object.keys(entry).sort(), ["expect", "given", "id", "why"], `${stem}: ${entry.id}`);
    assert.ok(!ids.has(entry.id), `${stem}: ${entry.id} twice`);
    ids.add(entry.id);
  }
  assert.ok(ids.size > 0, `${stem}: no case`);
  globalThis.paritasSaw?.(stem, [...ids]); // for tests/meta, which compares what every runner saw
  return document.cases;
}

const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A result as the vectors say it: spans as [start, end], keys in snake_case, typed arrays as arrays. */
export function plain(value) {
  if (ArrayBuffer.isView(value)) return Array.from(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === undefined || value === null || typeof value !== "object") return value;
  if (Object.keys(value).sort().join() === "end,start") return [value.start, value.end];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snake(key), plain(item)]));
}

/** {value} or {error: {code, offset}}. */
export function outcome(call) {
  try {
    return { value: plain(call()) };
  } catch (error) {
    if (!(error instanceof ParitasError)) throw error;
    return { error: { code: error.code, offset: error.offset } };
  }
}
