// How `paritas index` reads documents: JSONL, CSV, TSV, files and folders of text, as python/paritas/cli_records.py.
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { csvRows, QuoteError } from "./cli_csv.js";
import { InputError, parseJson, wellFormed } from "./cli_input.js";
import { NUMBER } from "./cli_options.js";
import type { Metadata, MetadataScalar } from "./index.js";

export const FORMATS = ["jsonl", "csv", "tsv", "text", "lines"];
const PIECE = 1 << 20;

/** Which fields of a record are its id, its text (joined by spaces) and its metadata, the latter as they are or read as
 * numbers. */
export interface Fields {
  id: string | undefined;
  texts: string[];
  metadata: string[];
  numbers: string[];
}

export interface Record {
  id: string | number;
  text: string;
  metadata: Metadata | undefined;
}

/** Documents of one argument, one after the other, and how many of its bytes have been read. */
export class Input implements Iterable<Record> {
  readonly #folder: boolean;
  readonly #form: string;
  readonly #files: string[];
  /** Bytes of all files; undefined for standard input. */
  readonly size: number | undefined;
  read = 0;

  constructor(
    readonly name: string,
    form: string | undefined,
    readonly fields: Fields,
  ) {
    this.#folder = name !== "-" && (statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false);
    this.#form = form ?? (this.#folder ? "text" : formOf(name));
    this.#files = this.#folder ? filesOf(name) : [name];
    if (this.#folder && this.#form !== "text" && this.#form !== "lines") {
      throw new InputError(`${name} is a folder: only text and lines can be read from one`);
    }
    if (name === "-") return;
    try {
      this.size = this.#files.reduce((sum, file) => sum + statSync(this.#path(file)).size, 0);
    } catch {
      throw new InputError(`cannot read ${name}`);
    }
  }

  #path(file: string): string {
    return this.#folder ? join(this.name, file) : file;
  }

  *[Symbol.iterator](): Iterator<Record> {
    for (const file of this.#files) {
      const path = this.#path(file);
      const shown = this.#folder ? file : basename(file);
      if (this.#form === "text") yield { id: shown, text: [...this.#pieces(path)].join(""), metadata: undefined };
      else if (this.#form === "csv" || this.#form === "tsv") yield* this.#table(path);
      else {
        for (const { number, line } of this.#lines(path)) {
          if (this.#form === "jsonl") yield this.#object(line, `${this.name}:${number}`);
          else yield { id: this.#folder ? `${shown}:${number}` : number, text: line, metadata: undefined };
        }
      }
    }
  }

  /** Pieces of a file, without a byte order mark. */
  *#pieces(path: string): Generator<string> {
    let file: number | undefined;
    const decoder = new TextDecoder("utf-8");
    const buffer = new Uint8Array(PIECE);
    try {
      file = path === "-" ? 0 : openSync(path, "r");
      for (let bytes = take(file, buffer); bytes > 0; bytes = take(file, buffer)) {
        this.read += bytes;
        yield decoder.decode(buffer.subarray(0, bytes), { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw new InputError(`cannot read ${path}`);
    } finally {
      if (file !== undefined && file > 0) closeSync(file);
    }
  }

  /** Lines that say something, with their numbers. */
  *#lines(path: string): Generator<{ number: number; line: string }> {
    let rest = "";
    let number = 0;
    const says = (line: string) => /[^ \t]/.test(line);
    const whole = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);
    for (const piece of this.#pieces(path)) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        number += 1;
        if (says(whole(line))) yield { number, line: whole(line) };
      }
    }
    if (says(whole(rest))) yield { number: number + 1, line: whole(rest) };
  }

  #object(line: string, where: string): Record {
    const record = parseJson(line, where);
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      throw new InputError(`${where} is no JSON object`);
    }
    const fields = new Map(Object.entries(record));
    const name = this.fields.id ?? (fields.has("id") || !fields.has("_id") ? "id" : "_id");
    return this.#record(fields.get(name), fields, name, where);
  }

  /** Rows under a header, by RFC 4180; a row may stop early, empty cells are left out of metadata. */
  *#table(path: string): Generator<Record> {
    let header: string[] | undefined;
    let name = "";
    try {
      for (const { cells, line } of csvRows(this.#pieces(path), this.#form === "tsv" ? "\t" : ",")) {
        if (header === undefined) {
          header = cells;
          name = this.#columns(header);
          continue;
        }
        const where = `${this.name}:${line}`;
        if (cells.length > header.length) {
          throw new InputError(`${where} has ${cells.length} cells under ${header.length} columns`);
        }
        const fields = new Map(header.map((column, at) => [column, cells[at] ?? ""]));
        yield this.#record(fields.get(name) || undefined, fields, name, where);
      }
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error;
      const where = `${this.name}:${error.line}`;
      throw new InputError(`${where} has a field whose quotes do not end as "..." with "" for each one in it`);
    }
  }

  #columns(header: string[]): string {
    const name = this.fields.id ?? (header.includes("id") || !header.includes("_id") ? "id" : "_id");
    const wanted = [
      ["--id", name],
      ...this.#texts().map((text) => ["--text", text]),
      ...this.fields.metadata.map((text) => ["--metadata", text]),
      ...this.fields.numbers.map((text) => ["--number", text]),
    ];
    for (const [option, column] of wanted) {
      const count = header.filter((cell) => cell === column).length;
      if (count === 1) continue;
      const there = count === 0 ? "no" : "more than one";
      throw new InputError(`${this.name} has ${there} column "${column}": name another one with ${option}`);
    }
    return name;
  }

  #texts(): string[] {
    return this.fields.texts.length > 0 ? this.fields.texts : ["text"];
  }

  #record(id: unknown, fields: Map<string, unknown>, name: string, where: string): Record {
    if (!(typeof id === "string" || Number.isSafeInteger(id))) {
      throw new InputError(`${where} needs "${name}", a text or a whole number`);
    }
    const found = this.#texts().map((field) => fields.get(field) ?? null);
    const texts = found.filter((text) => typeof text === "string");
    if (texts.length === 0 || found.some((text) => typeof text !== "string" && text !== null)) {
      const quoted = this.#texts().map((field) => `"${field}"`);
      throw new InputError(`${where} needs ${quoted.join(" or ")}, a text`);
    }
    const metadata: [string, MetadataScalar | MetadataScalar[]][] = [];
    for (const field of this.fields.metadata) {
      const value = fields.get(field);
      if (value !== undefined && (value !== "" || this.#form === "jsonl")) {
        metadata.push([
          field,
          Array.isArray(value) ? value.map((item) => scalar(item, field, where)) : scalar(value, field, where),
        ]);
      }
    }
    for (const field of this.fields.numbers) {
      const value = fields.get(field) ?? "";
      if (value !== "") metadata.push([field, number(value, field, where)]);
    }
    return {
      id: typeof id === "string" ? wellFormed(id) : plain(id as number),
      text: wellFormed(texts.join(" ")),
      metadata: metadata.length > 0 ? Object.fromEntries(metadata) : undefined,
    };
  }
}

/** Bytes of a file or of standard input, which may have none yet, or have none any more. */
function take(file: number, buffer: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, buffer);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function formOf(name: string): string {
  if (name === "-" || /\.(jsonl|ndjson)$/.test(name)) return "jsonl";
  return name.endsWith(".csv") ? "csv" : name.endsWith(".tsv") ? "tsv" : "text";
}

/** All .txt and .md files of a folder and its folders, by the bytes of their paths; links to folders are not followed. */
function filesOf(folder: string): string[] {
  const found: string[] = [];
  const waiting = [""];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    try {
      for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
        const path = at === "" ? entry.name : `${at}/${entry.name}`;
        if (entry.isDirectory()) waiting.push(path);
        else if (!/\.(txt|md)$/.test(path)) continue;
        else if (!entry.isSymbolicLink() || !statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory()) {
          found.push(path);
        }
      }
    } catch {
      throw new InputError(`cannot read ${folder}`);
    }
  }
  if (found.length === 0) throw new InputError(`${folder} has no .txt or .md file`);
  return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Without a negative zero, as the Python command has it. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}

function scalar(value: unknown, field: string, where: string): MetadataScalar {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return plain(value);
  if (typeof value === "string") return wellFormed(value);
  throw new InputError(
    `${where} has "${field}", which must be a text, number, truth value or null, or a list of these`,
  );
}

function number(value: unknown, field: string, where: string): number {
  if (typeof value === "number") return plain(value);
  if (typeof value === "string" && NUMBER.test(value)) return plain(Number(value));
  throw new InputError(`${where} has "${field}", which must be a number`);
}
