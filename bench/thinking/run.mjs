// The thinking filter in Node beside a state machine of regular expressions in plain JavaScript.
import { readFileSync } from "node:fs";
import { init, StreamingFilter } from "../../dist/index.js";

await init();
const file = new URL("../../../shared/data/text/english_speeches.txt", import.meta.url);
const prose = readFileSync(file, "utf8")
  .slice(0, 2_000_000)
  .replace(/[<[`~]|[^\0-\x7f]/g, "");

const MARKER = /<\/?(?:think|thinking|thought|reasoning|scratchpad)>/i;
/** What projects write by hand: search the pending text, hold back what may begin a tag. */
class PlainJavaScript {
  #pending = "";
  #thinking = false;
  processChunk(chunk) {
    this.#pending += chunk;
    const out = [];
    for (let match = MARKER.exec(this.#pending); match !== null; match = MARKER.exec(this.#pending)) {
      out.push([this.#thinking, this.#pending.slice(0, match.index)]);
      this.#thinking = !match[0].startsWith("</");
      this.#pending = this.#pending.slice(match.index + match[0].length);
    }
    const last = this.#pending.lastIndexOf("<");
    const cut = last < 0 || last < this.#pending.length - 13 ? this.#pending.length : last;
    out.push([this.#thinking, this.#pending.slice(0, cut)]);
    this.#pending = this.#pending.slice(cut);
    return out;
  }
}

const cut = (text, size) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
function median(call, rounds = 15) {
  const times = [];
  for (let i = -3; i < rounds; i++) {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    if (i >= 0) times.push((user + system) / 1e6);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}
function compare(name, pieces, scale, unit) {
  const makers = {
    paritas: () => new StreamingFilter({ maxThinkingContent: 0 }),
    "plain JavaScript": () => new PlainJavaScript(),
  };
  console.log(`${name}:`);
  let ours;
  for (const [peer, make] of Object.entries(makers)) {
    const taken = median(() => {
      const filter = make();
      for (const piece of pieces) filter.processChunk(piece);
      filter.dispose?.();
    });
    ours ??= taken;
    console.log(
      `  ${peer.padEnd(16)} ${scale(taken).toFixed(3).padStart(10)} ${unit}   ${(taken / ours).toFixed(1)} times ours`,
    );
  }
}

const large = cut(prose.repeat(10), 65536);
compare("prose in pieces of 64 KB", large, (t) => (10 * prose.length) / t / 1e9, "GB/s");
const tokens = cut(prose.slice(0, 400_000), 4);
compare("prose in pieces of 4 characters", tokens, (t) => (t / tokens.length) * 1e9, "ns a piece");
const thoughts = cut(
  cut(prose.slice(0, 200_000), 500)
    .map((part) => `<think>${part}</think>${part}`)
    .join(""),
  4,
);
compare("thoughts of 500 characters, pieces of 4", thoughts, (t) => (t / thoughts.length) * 1e9, "ns a piece");
