// BM25 in Node, 14,000 short documents: ranked queries, beside minisearch and lunr. Goal: at least 5x.
import lunr from "lunr";
import MiniSearch from "minisearch";
import { BM25, init } from "../../dist/index.js";

await init();
let state = 1;
const unit = () => (state = (state * 48271) % 2147483647) / 2147483647;
const words = Array.from({ length: 5_000 }, (_, i) => `word${i.toString(36)}`);
const totals = [];
words.reduce((sum, _, i) => (totals[i] = sum + 1 / (i + 1) ** 1.07), 0);
const word = () => {
  const wanted = unit() * totals.at(-1);
  let low = 0;
  for (let high = words.length - 1; low < high; ) {
    const middle = (low + high) >> 1;
    if (totals[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return words[low];
};
const text = (length) => Array.from({ length }, word).join(" ");
const documents = Array.from({ length: 14_000 }, (_, id) => ({ id, text: text(20) }));
const queries = Array.from({ length: 100 }, () => text(3));

/** Milliseconds of one call: the median of some rounds. */
function measure(call, rounds = 5) {
  call();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[rounds >> 1];
}

const built = {
  paritas() {
    const index = new BM25();
    index.addDocuments(
      documents.map((document) => document.id),
      documents.map((document) => document.text),
    );
    return (query) => index.query(query, 10);
  },
  minisearch() {
    const index = new MiniSearch({ fields: ["text"] });
    index.addAll(documents);
    return (query) => index.search(query).slice(0, 10);
  },
  lunr() {
    const index = lunr(function () {
      this.ref("id");
      this.field("text");
      for (const document of documents) this.add(document);
    });
    return (query) => index.search(query).slice(0, 10);
  },
};
console.log(`${"14,000 documents of 20 terms".padEnd(30)} index, ms   us/query   paritas is`);
let base;
for (const [name, build] of Object.entries(built)) {
  const start = performance.now();
  const search = build();
  const indexing = performance.now() - start;
  const micros = (measure(() => queries.forEach(search)) / queries.length) * 1e3;
  base ??= micros;
  const figures = [indexing.toFixed(0).padStart(9), micros.toFixed(1).padStart(10), (micros / base).toFixed(1).padStart(11)];
  console.log(`${name.padEnd(30)} ${figures.join(" ")}x faster`);
}
