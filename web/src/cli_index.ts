// `paritas index`: builds a BM25 index file, adds to it, searches it, tells what it is; as python/paritas/cli_index.py.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError, parseJson, readText } from "./cli_input.js";
import { number, type Command, type Output, type Values, whole } from "./cli_options.js";
import { codePoints, numberText, oneLine } from "./cli_output.js";
import { FORMATS, Input, type Record } from "./cli_records.js";
import { type AddOptions, BM25, type Bm25Options, type Explanation, type Filter } from "./index.js";

/** Documents that go to the index at once. */
const BATCH = 2_048;

/** Code points of a text in a line for people. */
const SHOWN = 100;

interface Range {
  start: number;
  end: number;
}

/** A line on standard error that is written over, if a person can see it. */
class Progress {
  #documents = 0;
  #next = 0;

  constructor(readonly size: number | undefined) {}

  show(documents: number, read: number): void {
    this.#documents += documents;
    if (!process.stderr.isTTY || performance.now() < this.#next) return;
    this.#next = performance.now() + 100;
    const done = this.size ? read / this.size : 0;
    const share = this.size ? ` [${"#".repeat(Math.floor(24 * done)).padEnd(24)}] ${Math.floor(100 * done)} %` : "";
    writeSync(2, `\r\x1b[Kparitas:${share} ${this.#documents} documents`);
  }

  clear(): void {
    if (process.stderr.isTTY) writeSync(2, "\r\x1b[K");
  }
}

/** Without what was not given: the others have their defaults in the core. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

function fill(index: BM25, path: string, inputNames: string[], values: Values): Output {
  const { id, text = [], metadata = [], number: numbers = [], format } = values as { [name: string]: never };
  if (format !== undefined && !FORMATS.includes(format)) throw new InputError(`--format is ${FORMATS.join(", ")}`);
  if (inputNames.filter((name) => name === "-").length > 1) {
    throw new InputError("standard input can be read only once");
  }
  const fields = { id, texts: text, metadata, numbers };
  const inputs = inputNames.map((name) => new Input(name, format, fields));
  const read = () => inputs.reduce((sum, input) => sum + input.read, 0);
  const sizes = inputs.map(({ size }) => size);
  const progress = new Progress(sizes.includes(undefined) ? undefined : sizes.reduce((sum, size) => sum! + size!, 0));
  const before = index.count();
  let changed = 0;
  let waiting: Record[] = [];
  const flush = () => {
    const metadatas = waiting.map(({ metadata: known }) => known);
    const how = given({ onDuplicate: values["on-duplicate"], metadatas }) as AddOptions;
    changed += index.addDocuments(
      waiting.map(({ id: key }) => key),
      waiting.map(({ text: body }) => body),
      how,
    );
    progress.show(waiting.length, read());
    waiting = [];
  };
  let data: Uint8Array;
  try {
    for (const input of inputs) {
      for (const record of input) {
        waiting.push(record);
        if (waiting.length === BATCH) flush();
      }
    }
    flush();
    data = index.toBytes();
  } finally {
    progress.clear();
  }
  writeWhole(path, data);
  const added = index.count() - before;
  const replaced = changed - added;
  const documents = index.count();
  const bytes = data.length;
  const line = `${added} added, ${replaced} replaced; ${documents} documents, ${bytes} bytes in ${oneLine(path)}`;
  return { result: { added, replaced, documents, bytes }, lines: [line], code: 0 };
}

/** Writes beside the file, then puts it in place: a reader finds the old file or the new one, nothing between. */
function writeWhole(path: string, data: Uint8Array): void {
  const beside = join(dirname(path), `${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  // A signal waits until this is done: without a listener it would end the process and leave the file beside.
  const stop = () => process.exit(130);
  process.once("SIGINT", stop);
  try {
    const file = openSync(beside, "wx");
    try {
      for (let at = 0; at < data.length;) at += writeSync(file, data, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    try {
      unlinkSync(beside);
    } catch {
      // it was never made
    }
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new InputError(`cannot write ${path}${full ? ": the disk is full" : ""}`);
  } finally {
    process.off("SIGINT", stop);
  }
}

/** That a file to be written is none of the user's documents: who forgets INDEX would lose the first of them. */
function checkPlace(path: string, magic: Uint8Array): void {
  const start = new Uint8Array(magic.length);
  let bytes = 0;
  try {
    const file = openSync(path, "r");
    bytes = readSync(file, start);
    closeSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw new InputError(`cannot write ${path}`);
    if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
      throw new InputError(`cannot write ${path}: there is no such folder`);
    }
    return;
  }
  if (bytes > 0 && Buffer.compare(start, magic) !== 0) {
    throw new InputError(`${path} is there and is no index: name another file for the index, or remove it`);
  }
}

function load(path: string): { index: BM25; bytes: number } {
  let data: Buffer;
  try {
    data = readFileSync(path);
  } catch {
    throw new InputError(`cannot read ${path}`);
  }
  return { index: BM25.fromBytes(data), bytes: data.length };
}

function build(values: Values, [path, ...inputs]: string[]): Output {
  if (path === undefined || inputs.length === 0) throw new InputError("INDEX and one INPUT or more are needed");
  const { stopwords, k1, b, delta } = values;
  const options = given({
    storeText: values["no-text"] === undefined,
    k1: k1 === undefined ? undefined : number(k1),
    b: b === undefined ? undefined : number(b),
    delta: delta === undefined ? undefined : number(delta),
    variant: values["variant"],
    stemmer: values["stemmer"],
    stopwords: stopwords === undefined || stopwords === "english" ? stopwords : words(readText(stopwords)),
    cjk: values["cjk"],
    foldAccents: values["keep-accents"] === undefined ? undefined : false,
  }) as Bm25Options;
  using index = new BM25(options);
  checkPlace(path, index.toBytes().slice(0, 4));
  return fill(index, path, inputs, values);
}

function words(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^[ \t\r]+|[ \t\r]+$/g, ""))
    .filter((line) => line !== "");
}

function add(values: Values, [path, ...inputs]: string[]): Output {
  if (path === undefined || inputs.length === 0) throw new InputError("INDEX and one INPUT or more are needed");
  using index = load(path).index;
  return fill(index, path, inputs, values);
}

function search(values: Values, [path, query, ...more]: string[]): Output {
  if (path === undefined || query === undefined || more.length > 0) {
    throw new InputError("INDEX and one query are needed");
  }
  const { k, "min-score": least, explain, highlight, filter } = values;
  using index = load(path).index;
  const chosen = given({
    minScore: least === undefined ? undefined : number(least),
    filter: filter === undefined ? undefined : filterOf(filter),
  });
  const hits = index.query(query, k === undefined ? undefined : whole(k), chosen);
  const lines: string[] = [];
  const items = hits.map(({ id, score }, at) => {
    const { text, metadata } = index.get(id)!;
    const item: { [name: string]: unknown } = { id, score, text, metadata };
    let body = text === null ? "" : `  ${oneLine(text, SHOWN)}`;
    if (highlight !== undefined && text !== null) {
      const points = codePoints(text);
      const spans = index.highlight(query, text).map(({ start, end }) => ({ start: points(start), end: points(end) }));
      item["spans"] = spans;
      body = `  ${marked(Array.from(text), spans)}`;
    }
    lines.push(`${at + 1}. ${numberText(score)}  ${oneLine(String(id))}${body}`);
    if (explain === undefined) return item;
    const explanation = index.explain(query, id);
    lines.push(...explained(explanation));
    return { ...item, explanation: plain(explanation) };
  });
  const documents = index.count();
  lines.push(`${items.length} of ${documents} documents`);
  return { result: { hits: items, documents }, lines, code: items.length > 0 ? 0 : 1 };
}

function filterOf(text: string): Filter {
  const value = parseJson(text, "--filter");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError("--filter is no JSON object");
  }
  return value as Filter;
}

/** A piece of the text, as code points, that begins at or a little before its first mark. */
function marked(text: string[], spans: Range[]): string {
  const piece = (from: number, to: number) => oneLine(text.slice(from, to).join(""));
  const start = spans[0] !== undefined && spans[0].end > SHOWN ? Math.max(0, spans[0].start - 20) : 0;
  const end = Math.min(text.length, start + SHOWN);
  let out = start > 0 ? "\u2026" : "";
  let at = start;
  for (const span of spans) {
    if (span.end > end) continue;
    out += `${piece(at, span.start)}[${piece(span.start, span.end)}]`;
    at = span.end;
  }
  return out + piece(at, end) + (end < text.length ? "\u2026" : "");
}

function explained({ terms }: Explanation): string[] {
  return terms.map(
    ({ term, weight, tf, df, idf, tfPart, contribution }) =>
      `   ${oneLine(term)}: ${weight} x ${numberText(idf)} x ${numberText(tfPart)} = ${numberText(contribution)} ` +
      `(${tf} times here, in ${df} documents)`,
  );
}

function plain({ score, docLength, avgDocLength, docCount, terms }: Explanation): unknown {
  return {
    score,
    doc_length: docLength,
    avg_doc_length: avgDocLength,
    doc_count: docCount,
    terms: terms.map(({ term, weight, tf, df, idf, tfPart, contribution }) => {
      return { term, weight, tf, df, idf, tf_part: tfPart, contribution };
    }),
  };
}

function info(_values: Values, [path, ...more]: string[]): Output {
  if (path === undefined || more.length > 0) throw new InputError("INDEX is needed");
  const { index: loaded, bytes } = load(path);
  using index = loaded;
  const { documents, removed, terms, postings, totalLength, avgDocLength } = index.stats();
  // What the memory of the index measures depends on the machine; these do not.
  return {
    result: {
      bytes,
      documents,
      removed,
      terms,
      postings,
      total_length: totalLength,
      avg_doc_length: avgDocLength,
    },
    lines: [
      `BM25 index of ${documents} documents, ${bytes} bytes`,
      `${terms} terms, ${postings} postings, ${numberText(avgDocLength)} terms a document`,
    ],
    code: 0,
  };
}

const text = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;
const flag = { type: "boolean" } as const;
const READING = { format: text, id: text, text: many, metadata: many, number: many, "on-duplicate": text };
const MODEL = { variant: text, k1: text, b: text, delta: text };
const WORDS = { stemmer: text, stopwords: text, cjk: text, "keep-accents": flag };

export const INDEX_COMMANDS: { [name: string]: Command } = {
  build: { options: { ...READING, ...MODEL, ...WORDS, "no-text": flag }, run: build },
  add: { options: READING, run: add },
  search: {
    options: { k: { ...text, short: "k" }, "min-score": text, filter: text, explain: flag, highlight: flag },
    run: search,
  },
  info: { options: {}, run: info },
};
