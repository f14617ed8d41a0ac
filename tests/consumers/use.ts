// What TypeScript must take and refuse; compiled, never run.
import { BM25, init, trendDrop, type Hit, type InitOptions, type VerificationResult } from "paritas";
import * as chunk from "paritas/chunk";
import * as guard from "paritas/guard";
import * as match from "paritas/match";
import * as ocr from "paritas/ocr";
import * as repair from "paritas/repair";
import * as search from "paritas/search";
import { haltTransform, sseTokens, streamTokens } from "paritas/stream";
import * as text from "paritas/text";
import * as vectors from "paritas/vectors";
import * as verification from "paritas/verify";
import { startWorker, transfer, withSignal, type Remote, type RemoteParitas } from "paritas/worker";

const options: InitOptions = { search: false };
await init(options);
export const fall: number = trendDrop([1, 0]);
// @ts-expect-error a number is no series
trendDrop(5);

await Promise.all([chunk, guard, match, ocr, repair, search, text, vectors, verification].map((room) => room.init()));
await verification.init({ verify: new URL("https://example.org/paritas-verify.wasm") });
// @ts-expect-error this entry loads no search
await verification.init({ search: new Uint8Array() });
{
  using index = new search.BM25();
  const same: BM25 = index;
  same.count();
}

const response = new Response();
interface Chunk {
  choices: { delta: { content?: string } }[];
}
const tokens = sseTokens<Chunk>(response, ({ choices }) => choices[0]?.delta.content);
for await (const event of streamTokens(tokens, () => 1)) event.emit.length;
for await (const event of streamTokens(response, async () => 1)) event.emit.length;
response.body!.pipeThrough(haltTransform({ callback: () => 1 })).getReader();

await using paritas: RemoteParitas = await startWorker({ verify: true ? new Uint8Array() : false, name: "judge" });
export const result: VerificationResult = await paritas.verify("a", "b", { evidenceTopK: 2 });
await using index = await new paritas.BM25({ k1: 1 });
export const remote: Remote<BM25> = index;
await using again = await paritas.BM25.fromBytes(transfer(await index.toBytes()));
const signal = AbortSignal.timeout(5);
export const hits: Hit[] = await withSignal(signal, () => again.query("x", 3, { filter: { lang: "en" } }));
const source = await new paritas.PreparedSource(["a", { id: 1, text: "b" }]);
export const passages: readonly string[] = await source.passages;
await paritas.verifyBatch(["a"], [source, "b"]);
await paritas.verify("a", source);
const hybrid = await new paritas.HybridIndex({ bm25: index, embed: async (texts) => texts.map(() => [1]) });
export const words: Remote<BM25> = await hybrid.bm25;
export const count: number | undefined = await (await hybrid.vectors)?.count();
for await (const event of paritas.streamTokens(["a"], async () => 1)) event.emit.length;
const scorer = await new paritas.VerifiedScorer({ nliScorer: { score: async () => 1 } });
export const verified = await scorer.finish(await scorer.plan("a", source), [1]);
export const version: string = paritas.version;
export const error = new paritas.ParitasError("x", "y");
export const shown: TransformStream<string | Uint8Array, string> = await paritas.haltTransform({ callback: () => 1 });
// @ts-expect-error an array of the caller is out of reach
paritas.normalizeInplace(new Float32Array(2));
// @ts-expect-error a number is no text
index.query(5);
// @ts-expect-error a hit has no such field
(await index.query("x"))[0].rank;
// @ts-expect-error what lives in a worker is disposed of asynchronously
index[Symbol.dispose]();
paritas.terminate();
