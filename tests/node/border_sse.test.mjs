// Streams of the web: server-sent events however they are cut, bodies of fetch, and what has no iterator of its own.
import assert from "node:assert/strict";
import test from "node:test";
import { haltTransform, init, ParitasError, serverSentEvents, sseTokens, streamTokens, StreamingKernel } from "paritas";

await init();

const STREAM =
  "\ufeff: a comment\n\nid: 7\nevent: token\ndata: caf\u00e9 \u{1d538}\n\n" +
  'data: {"a":1}\r\ndata:two\r\rdata\n\nretry: 5\nunknown: x\nevent: gone\n\nid: \0\ndata:  x\r\n\r\ndata: cut off';
const EVENTS = [
  { event: "token", data: "caf\u00e9 \u{1d538}", id: "7" },
  { event: "message", data: '{"a":1}\ntwo', id: "7" },
  { event: "message", data: "", id: "7" },
  { event: "message", data: " x", id: "7" },
];

async function all(source) {
  const items = [];
  for await (const item of source) items.push(item);
  return items;
}

const bytes = new TextEncoder().encode(STREAM);

test("server-sent events, whole and in pieces of every size, as text and as bytes", async () => {
  assert.deepEqual(await all(serverSentEvents([STREAM])), EVENTS);
  for (let size = 1; size <= bytes.length; ++size) {
    const cut = (data) =>
      Array.from({ length: Math.ceil(data.length / size) }, (_, i) => data.slice(i * size, (i + 1) * size));
    assert.deepEqual(await all(serverSentEvents(cut(bytes))), EVENTS, `${size} bytes`);
    assert.deepEqual(await all(serverSentEvents(cut(STREAM))), EVENTS, `${size} units`);
  }
  assert.deepEqual(await all(serverSentEvents(new Response(bytes))), EVENTS);
  assert.deepEqual(await all(serverSentEvents(new Blob([bytes]).stream())), EVENTS);
  assert.deepEqual(await all(serverSentEvents(["data: x\r\r"])), [{ event: "message", data: "x", id: "" }]);
  assert.deepEqual(await all(serverSentEvents([])), []);
});

// Quadratic time would be an hour; the machine may be a slow one.
test("a long line in many pieces takes time by its length", { timeout: 300_000 }, async () => {
  const piece = "x".repeat(10);
  const many = (count) => Array.from({ length: count }, () => piece);
  const [event] = await all(serverSentEvents(["data: ", ...many(200_000), "\n\n"]));
  assert.equal(event.data.length, 2_000_000);
});

test("the tokens of the common shapes of models", async () => {
  const openai = ['{"choices":[{"delta":{"role":"assistant"}}]}', '{"choices":[{"delta":{"content":"Two"}}]}'];
  openai.push('{"choices":[{"delta":{"content":" cats"}}]}', '{"choices":[]}', "[DONE]", "never read");
  const source = openai.map((data) => `data: ${data}\n\n`);
  assert.deepEqual(await all(sseTokens(source, ({ choices }) => choices[0]?.delta.content)), ["Two", " cats"]);
  const anthropic = ["event: ping\ndata: {}\n\n", 'event: content_block_delta\ndata: {"delta":{"text":"Hi"}}\n\n'];
  assert.deepEqual(
    await all(sseTokens(anthropic, (data, { event }) => (event !== "ping" && data.delta.text) || null)),
    ["Hi"],
  );
});

test("what is no event of tokens is an error that says so", async () => {
  await assert.rejects(all(sseTokens(["data: {}\n\ndata: <html>\n\n"], () => "")), {
    code: "corrupt_data",
    offset: 1,
    message: "the data of event 1 is no JSON: <html>",
  });
  await assert.rejects(all(sseTokens(["data: {}\n\n"], () => 5)), TypeError);
  await assert.rejects(all(sseTokens(["data: {}\n\n"])), TypeError);
  const failed = new Response("data: {}\n\n", { status: 429 });
  await assert.rejects(
    all(serverSentEvents(failed)),
    (error) => error instanceof ParitasError && /429/.test(error.message),
  );
  await assert.rejects(all(serverSentEvents(5)), TypeError);
  await assert.rejects(all(serverSentEvents([5])), TypeError);
});

test("a reader that leaves lets the body go", async () => {
  let cancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: "x"\n\n')),
    cancel: () => void (cancelled = true),
  });
  for await (const token of sseTokens(new Response(body), (data) => data)) {
    assert.equal(token, "x");
    break;
  }
  assert.ok(cancelled);
});

const score = (text) => (text.includes("bad") ? 0 : 0.9);

test("streamTokens reads a body, a stream of bytes or of text, and one without an iterator", async () => {
  const said = "caf\u00e9 \u{1d538} fine";
  const single = () => {
    const data = new TextEncoder().encode(said);
    return new ReadableStream({
      start(controller) {
        for (const byte of data) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
  };
  const old = single();
  Object.defineProperty(old, Symbol.asyncIterator, { value: undefined });
  for (const source of [new Response(said), single(), new Response(single()), new Blob([said]).stream(), old]) {
    const session = await new StreamingKernel().streamToSession(source, score);
    assert.deepEqual([session.output, session.halted], [said, false]);
    assert.ok(session.tokens.every((token) => token !== ""));
  }
  assert.equal(await new StreamingKernel().streamOutput(new Response(null), score), "");
  const cut = await new StreamingKernel().streamOutput([Uint8Array.of(0x61, 0xe2, 0x82)], score);
  assert.equal(cut, "a\ufffd");
  const failed = await new StreamingKernel().streamToSession(new Response("no", { status: 500 }), score);
  assert.equal(failed.haltCode, "source_error");
  const sent = new Response("data: x\n\n", { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
  const refused = await new StreamingKernel().streamToSession(sent, score);
  assert.match(refused.error.message, /sseTokens/);
  const events = await all(
    streamTokens(
      sseTokens(['data: "so "\n\n', 'data: "bad"\n\n'], (data) => data),
      score,
    ),
  );
  assert.deepEqual(
    events.map(({ token, halted }) => [token, halted]),
    [
      ["so ", false],
      ["bad", true],
    ],
  );
});

test("haltTransform takes the bytes of a body as they are", async () => {
  const shown = new Response("caf\u00e9 fine").body.pipeThrough(haltTransform({ callback: score }));
  assert.equal((await all(shown)).join(""), "caf\u00e9 fine");
  const parts = new ReadableStream({
    start(controller) {
      for (const piece of [Uint8Array.of(0xe2), Uint8Array.of(0x82, 0xac), Uint8Array.of(0xe2)])
        controller.enqueue(piece);
      controller.close();
    },
  });
  assert.deepEqual(await all(parts.pipeThrough(haltTransform({ callback: score }))), ["\u20ac", "\ufffd"]);
  const tokens = ReadableStream.from(sseTokens(['data: "so "\n\n', 'data: "bad"\n\n'], (data) => data));
  assert.deepEqual(await all(tokens.pipeThrough(haltTransform({ callback: score }))), ["so "]);
});
