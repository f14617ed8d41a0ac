// What init() says where the modules cannot be had, and what the entries by room load; in this order, as a load lasts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import test from "node:test";
import * as all from "paritas";
import * as chunk from "paritas/chunk";
import * as guard from "paritas/guard";
import * as match from "paritas/match";
import * as ocr from "paritas/ocr";
import * as repair from "paritas/repair";
import * as search from "paritas/search";
import * as stream from "paritas/stream";
import * as text from "paritas/text";
import * as vectors from "paritas/vectors";
import * as verify from "paritas/verify";

const rooms = { chunk, guard, match, ocr, repair, search, stream, text, vectors, verify };
const dist = new URL("../../dist/", import.meta.url);
const engine = globalThis.WebAssembly;

/** The error of init() with something else in the place of WebAssembly. */
async function without(put) {
  globalThis.WebAssembly = put;
  try {
    return await all.init().then(
      () => assert.fail("init() did not reject"),
      (error) => error,
    );
  } finally {
    globalThis.WebAssembly = engine;
  }
}

test("without WebAssembly init() says so, and what to do", async () => {
  const error = await without(undefined);
  assert.ok(error instanceof all.ParitasError);
  assert.equal(error.code, "unsupported");
  assert.match(error.message, /no WebAssembly.*another browser.*Safari 16\.4/);
});

test("without SIMD init() says so, and what to do", async () => {
  const error = await without({ ...engine, compile: engine.compile, validate: () => false });
  assert.equal(error.code, "unsupported");
  assert.match(error.message, /no SIMD.*update/);
});

test("a policy against WebAssembly is named with what to add to it", async () => {
  const refused = "Refused to compile WebAssembly because 'unsafe-eval' is not allowed by the Content Security Policy";
  const error = await without({
    Module: engine.Module,
    CompileError: engine.CompileError,
    validate: engine.validate,
    compile: async () => {
      throw new engine.CompileError(refused);
    },
  });
  assert.equal(error.code, "unsupported");
  assert.match(error.message, /'wasm-unsafe-eval' to its script-src/);
});

test("a download that fails names the file and the status", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/page/paritas.wasm")
      response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html>");
    else response.writeHead(503).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const only = { chunk: false, guard: false, match: false, ocr: false, repair: false, search: false, verify: false };
  const failure = (path) =>
    all.init({ wasm: new URL(path, base), ...only }).then(
      () => assert.fail("init() did not reject"),
      ({ code, message }) => [code, message],
    );
  const [code, message] = await failure("/paritas.wasm");
  assert.equal(code, "not_found");
  assert.ok(message.startsWith(`${base}/paritas.wasm answered 503`), message);
  const [foreign, said] = await failure("/page/paritas.wasm");
  assert.equal(foreign, "corrupt_data");
  assert.ok(said.includes(`${base}/page/paritas.wasm is no WebAssembly module`), said);
  await new Promise((resolve) => server.close(resolve));
  const [gone, why] = await failure("/paritas.wasm");
  assert.equal(gone, "not_found");
  assert.ok(why.startsWith(`${base}/paritas.wasm could not be fetched`), why);
  assert.deepEqual(
    await all.init({ wasm: new Uint8Array([1, 2, 3, 4]), ...only }).catch((error) => error.code),
    "corrupt_data",
  );
});

test("each room loads its own modules, and what is missing is named", async () => {
  const files = [];
  const read = engine.compile;
  // Which files are compiled, by their size.
  const sizes = {};
  for (const part of ["", "-chunk", "-guard", "-match", "-ocr", "-regex", "-repair", "-search", "-verify"]) {
    sizes[(await readFile(new URL(`paritas${part}.wasm`, dist))).length] = `paritas${part}.wasm`;
  }
  engine.compile = (bytes) => {
    files.push(sizes[bytes.byteLength]);
    return read(bytes);
  };
  const loads = async (room) => {
    files.length = 0;
    await room.init();
    return files.sort().join(" ");
  };
  const unsupported = (file) => (error) => error.code === "unsupported" && error.message.includes(file);
  assert.equal(await loads(text), "paritas.wasm");
  assert.equal(text.sentences("One. Two.").length, 2);
  assert.equal(await loads(vectors), "");
  assert.equal(vectors.cosineSimilarity([1, 0], [1, 0]), 1);
  assert.throws(() => verify.verify("One.", "One."), unsupported("paritas-verify.wasm"));
  assert.equal(await loads(verify), "paritas-verify.wasm");
  assert.equal(verify.verify("Two cats.", "Two cats.").approved, true);
  assert.equal(await loads(stream), "paritas-match.wasm");
  assert.equal(new stream.HaltMonitor().checkHalt(0.1), true);
  assert.throws(() => new search.BM25(), unsupported("paritas-search.wasm"));
  const [first] = await Promise.all([loads(search), search.init()]);
  assert.equal(first, "paritas-search.wasm");
  assert.equal(await loads(guard), "paritas-guard.wasm");
  assert.throws(() => chunk.countLines("a"), unsupported("paritas-chunk.wasm"));
  assert.equal(await loads(chunk), "paritas-chunk.wasm");
  assert.equal(chunk.countLines("a\nb"), 2);
  assert.throws(() => repair.normalizeBlock("a"), unsupported("paritas-repair.wasm"));
  assert.equal(await loads(repair), "paritas-repair.wasm");
  assert.equal(repair.normalizeBlock("A b."), "a b");
  assert.equal(await loads(all), "paritas-ocr.wasm");
  assert.equal(await loads(ocr), "");
  // RE2 is for those who ask.
  assert.equal(await loads({ init: match.initRegex }), "paritas-regex.wasm");
  assert.equal(await loads({ init: all.initRegex }), "");
  engine.compile = read;
  // One memory for all of them: what one entry has made, another one takes.
  const analyzer = new text.Analyzer({ stemmer: "none" });
  assert.ok(analyzer instanceof all.Analyzer);
  assert.equal(new all.BM25({ analyzer }).count(), 0);
});

test("whatever the package exports is in a room, but what needs all of them", () => {
  const inRooms = new Set(Object.values(rooms).flatMap(Object.keys));
  const rest = Object.keys(all).filter((name) => !inRooms.has(name));
  assert.deepEqual(rest.sort(), ["VectorOps", "selfcheck", "selfcheckReport", "version"]);
  for (const [name, room] of Object.entries(rooms)) {
    for (const [key, value] of Object.entries(room)) {
      if (key !== "init") assert.equal(value, all[key], `paritas/${name}: ${key}`);
    }
  }
});
