// BM25 in Node beside minisearch, lunr, orama and flexsearch: ranked queries, indexing, and opening a saved index.
// Alone: run.mjs short, cranfield, load, memory. Raw figures: .cache/bench/bm25_node_<job>.json.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { create, insertMultiple, load, save, search } from "@orama/orama";
import flexsearch from "flexsearch";
import lunr from "lunr";
import MiniSearch from "minisearch";
import { BM25, init } from "../../dist/index.js";

await init();
const root = new URL("../../", import.meta.url);
const data = process.env.PARITAS_DATA ?? "../shared/data";

/** Milliseconds of one call of this process: the median of some rounds, fewer when they are slow. */
function measure(call, rounds = 7) {
  const once = () => {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  };
  once();
  const first = once();
  const times = Array.from({ length: Math.max(1, Math.min(rounds, Math.floor(3000 / first))) }, once);
  return times.sort((a, b) => a - b)[times.length >> 1];
}

function keep(job, rows) {
  const folder = new URL(".cache/bench/", root);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL(`bm25_node_${job}.json`, folder),
    JSON.stringify({ job, node: process.version, rows }, null, 1) + "\n",
  );
}

/** Documents of words that no tokeniser cuts and none of which begins another, by Zipf's law with exponent 1.07. */
function shortDocuments() {
  let state = 1;
  const unit = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const letters = (i) => String.fromCharCode(...[17576, 676, 26, 1].map((step) => 97 + (Math.floor(i / step) % 26)));
  const words = Array.from({ length: 5_000 }, (_, i) => letters((i * 7919) % 456976));
  const totals = [];
  words.reduce((sum, _, i) => (totals[i] = sum + 1 / (i + 1) ** 1.07), 0);
  const word = () => {
    const wanted = unit() * totals.at(-1);
    let low = 0;
    for (let high = words.length - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (totals[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low];
  };
  const text = (length) => Array.from({ length }, word).join(" ");
  return {
    title: "14,000 documents of 20 terms, 3 a query",
    documents: Array.from({ length: 14_000 }, (_, id) => ({ id, text: text(20) })),
    queries: Array.from({ length: 100 }, () => text(3)),
  };
}

function cranfieldDocuments() {
  const folder = `${data}/retrieval/cranfield`;
  if (!existsSync(folder)) return undefined;
  const lines = (name) =>
    readFileSync(`${folder}/${name}.jsonl`, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  return {
    title: "Cranfield, 1,400 abstracts",
    documents: lines("corpus").map((item) => ({ id: item._id, text: `${item.title} ${item.text}` })),
    queries: lines("queries").map((item) => item.text),
  };
}

const ours = (documents, options) => {
  const index = new BM25(options);
  index.addDocuments(
    documents.map(({ id }) => id),
    documents.map(({ text }) => text),
  );
  return index;
};

/** Each builds an index of documents, and answers with the best k of any of the words. */
const engines = {
  paritas(documents) {
    const index = ours(documents, { stemmer: "none" });
    return (query, k) => index.query(query, k);
  },
  minisearch(documents) {
    const index = new MiniSearch({ fields: ["text"] });
    index.addAll(documents);
    return (query, k) => index.search(query).slice(0, k);
  },
  lunr(documents) {
    const index = lunr(function () {
      this.ref("id");
      this.field("text");
      for (const document of documents) this.add(document);
    });
    const plain = (query) => query.replace(/[^\p{L}\p{N}]+/gu, " "); // lunr's own signs mean something in a query
    return (query, k) => index.search(plain(query)).slice(0, k);
  },
  orama(documents) {
    const index = create({ schema: { text: "string" } });
    insertMultiple(
      index,
      documents.map(({ id, text }) => ({ id: String(id), text })),
      documents.length,
    );
    return (query, k) => search(index, { term: query, limit: k }).hits;
  },
  flexsearch(documents) {
    const index = new flexsearch.Index({ tokenize: "strict", cache: false });
    documents.forEach(({ text }, at) => index.add(at, text));
    // suggest: documents with some of the words; it ranks them without scores
    return (query, k) => index.search(query, { limit: k, suggest: true });
  },
};

function queriesOf(job, { title, documents, queries }) {
  const rows = [];
  const built = Object.entries(engines).map(([name, build]) => {
    const start = performance.now();
    const find = build(documents);
    return { name, find, indexing: performance.now() - start };
  });
  for (const k of [10, 1000]) {
    console.log(`${`${title}; k ${k}`.padEnd(52)} index, ms   queries/s   paritas is`);
    let base;
    for (const { name, find, indexing } of built) {
      const found = queries.reduce((sum, query) => sum + find(query, k).length, 0);
      if (found === 0) throw new Error(`${name} finds nothing`);
      const rate = (queries.length / measure(() => queries.forEach((query) => find(query, k)))) * 1e3;
      base ??= rate;
      const figures = [
        indexing.toFixed(0).padStart(9),
        rate.toFixed(0).padStart(11),
        (base / rate).toFixed(2).padStart(11),
      ];
      console.log(`${name.padEnd(52)} ${figures.join(" ")}x`);
      rows.push({ engine: name, k, index_milliseconds: indexing, queries_per_second: rate, results: found });
    }
    console.log();
  }
  keep(job, rows);
}

/** From what save wrote, as it comes from a disk or the network, to an index that has answered one query. */
function loading() {
  const { documents, queries } = shortDocuments();
  const bytes = ours(documents, { stemmer: "none" }).toBytes();
  const mini = new MiniSearch({ fields: ["text"] });
  mini.addAll(documents);
  const miniJson = JSON.stringify(mini);
  const lunrJson = JSON.stringify(
    lunr(function () {
      this.ref("id");
      this.field("text");
      for (const document of documents) this.add(document);
    }),
  );
  const schema = { text: "string" };
  const orama = create({ schema });
  insertMultiple(
    orama,
    documents.map(({ id, text }) => ({ id: String(id), text })),
    documents.length,
  );
  const oramaJson = JSON.stringify(save(orama));
  const ways = {
    "paritas fromBytes": [
      bytes.length,
      () => {
        const index = BM25.fromBytes(bytes);
        index.query(queries[0]);
        index.dispose();
      },
    ],
    "minisearch loadJSON": [
      miniJson.length,
      () => MiniSearch.loadJSON(miniJson, { fields: ["text"] }).search(queries[0]),
    ],
    "lunr Index.load": [lunrJson.length, () => lunr.Index.load(JSON.parse(lunrJson)).search(queries[0])],
    "orama load": [
      oramaJson.length,
      () => {
        const index = create({ schema });
        load(index, JSON.parse(oramaJson));
        search(index, { term: queries[0] });
      },
    ],
  };
  console.log(`${"opening 14,000 documents and one query".padEnd(52)}        KB        ms   paritas is`);
  let base;
  const rows = Object.entries(ways).map(([name, [size, call]]) => {
    const milliseconds = measure(call);
    base ??= milliseconds;
    const figures = [
      (size / 1e3).toFixed(0).padStart(9),
      milliseconds.toFixed(3).padStart(9),
      (milliseconds / base).toFixed(1).padStart(11),
    ];
    console.log(`${name.padEnd(52)} ${figures.join(" ")}x faster`);
    return { engine: name, bytes: size, milliseconds };
  });
  console.log();
  keep("load", rows);
}

/** What a page would hold: 355,000 documents of 12 terms. */
function memory() {
  const { documents } = shortDocuments();
  const index = new BM25({ stemmer: "none" });
  const texts = documents.map(({ text }) => text.split(" ").slice(0, 12).join(" "));
  const before = process.memoryUsage.rss();
  const count = 355_000;
  for (let first = 0; first < count; first += 5_000) {
    const ids = Array.from({ length: 5_000 }, (_, at) => first + at);
    index.addDocuments(
      ids,
      ids.map((id) => texts[(id * 31) % texts.length]),
    );
  }
  const megabytes = (process.memoryUsage.rss() - before) / 1e6;
  console.log(`${count.toLocaleString("en")} documents of 12 terms: ${megabytes.toFixed(0)} MB (goal: 500)\n`);
  keep("memory", [{ documents: count, megabytes }]);
}

const jobs = {
  short: () => queriesOf("short", shortDocuments()),
  cranfield() {
    const found = cranfieldDocuments();
    if (found === undefined) console.log(`cranfield: not in ${data}/retrieval; set PARITAS_DATA`);
    else queriesOf("cranfield", found);
  },
  load: loading,
  memory,
};
for (const job of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(jobs)) {
  if (!(job in jobs)) throw new Error(`${job} is no job; there are ${Object.keys(jobs).join(", ")}`);
  jobs[job]();
}
