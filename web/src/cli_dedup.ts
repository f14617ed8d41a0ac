// `paritas dedup`: blocks that files repeat, and documents that are equal or nearly so, as python/paritas/cli_dedup.py.
import { writeFileSync } from "node:fs";
import { findFiles, text as textOf } from "./cli_files.js";
import { InputError, parseJson, wellFormed } from "./cli_input.js";
import { type Command, number, type Output, whole } from "./cli_options.js";
import { numberText, oneLine } from "./cli_output.js";
import { readFile, sizeOf } from "./cli_scan.js";
import {
  deduplicate,
  findDuplicateBlocks,
  nearDuplicateGroups,
  nearDuplicates,
  type NearDuplicateOptions,
  normalizeBlock,
  rollingHashBlocks,
} from "./index.js";

const string = { type: "string" } as const;
const flag = { type: "boolean" } as const;

export const DEDUP: Command = {
  options: {
    near: flag,
    threshold: string,
    method: string,
    k: { type: "string", short: "k" },
    field: string,
    "min-block-length": string,
    output: string,
    exclude: { type: "string", multiple: true },
    "no-gitignore": flag,
    "max-size": string,
  },
  run: (values, paths) => dedup(values as Record<string, never>, paths),
};

interface Options {
  near?: boolean;
  threshold?: string;
  method?: string;
  k?: string;
  field?: string;
  "min-block-length"?: string;
  output?: string;
  exclude?: string[];
  "no-gitignore"?: boolean;
  "max-size"?: string;
}

interface Text {
  path: string;
  text: string;
}

interface Document {
  id: string;
  text: string;
  /** What --output writes of it. */
  line: string;
}

interface Found {
  result: Record<string, unknown>;
  lines: string[];
  found: boolean;
}

function dedup(options: Options, paths: string[]): Output {
  if (paths.length === 0) throw new InputError("the following arguments are required: PATH");
  const near: NearDuplicateOptions = {};
  if (options.threshold !== undefined) near.threshold = number(options.threshold);
  if (options.method !== undefined) near.method = options.method as "minhash";
  if (options.k !== undefined) near.k = whole(options.k);
  const least = options["min-block-length"] === undefined ? undefined : whole(options["min-block-length"]);
  const largest = sizeOf(options["max-size"] ?? "100M");
  if (Object.keys(near).length > 0 && !options.near) {
    throw new InputError("--threshold, --method and -k need --near");
  }
  const skipped = { binary: 0, too_large: 0, no_file: 0, unreadable: 0 };
  const unreadable: string[] = [];
  const texts: Text[] = [];
  for (const file of findFiles(paths, { gitignore: !options["no-gitignore"], exclude: options.exclude ?? [] })) {
    const text = readFile(file, largest, skipped, unreadable);
    if (text !== null) texts.push({ path: textOf(file.shown), text });
  }
  const records = texts.map(({ path }) => isRecords(path));
  const some = records.includes(true);
  if (some && records.includes(false) && !options.near) {
    throw new InputError("without --near .jsonl files and others are looked at apart");
  }
  const { result, lines, found } =
    options.near || some ? documents(texts, options, near) : blocks(texts, options, { minBlockLength: least });
  for (const path of unreadable) process.stderr.write(`paritas: cannot read ${oneLine(path)}\n`);
  const code = unreadable.length > 0 ? 2 : options.output === undefined && found ? 1 : 0;
  return { result: { ...result, skipped: { ...skipped } }, lines, code };
}

function isRecords(path: string): boolean {
  return /\.(jsonl|ndjson)$/.test(path);
}

function blocks(texts: Text[], { output }: Options, least: { minBlockLength: number | undefined }): Found {
  if (output !== undefined) {
    if (texts.length !== 1) throw new InputError(`--output needs one file, not ${texts.length}`);
    write(output, deduplicate(texts[0]!.text, least));
  }
  const found: Record<string, unknown>[] = [];
  const lines: string[] = [];
  let total = 0;
  let touched = 0;
  for (const { path, text } of texts) {
    const places = startLines(
      text,
      rollingHashBlocks(text, least).map(({ block }) => block),
    );
    total += places.length;
    const duplicates = findDuplicateBlocks(text, least);
    if (duplicates.length > 0) touched += 1;
    for (const { blockIndex, firstIndex, hash, start, end } of duplicates) {
      const block = text.slice(start, end);
      const [line, first] = [places[blockIndex]!, places[firstIndex]!];
      found.push({ path, line, first_line: first, hash, text: block });
      lines.push(`${oneLine(path)}:${line}  repeats line ${first}  ${oneLine(block, 80)}`);
    }
  }
  lines.push(`${found.length} duplicates of ${total} blocks, in ${touched} of ${texts.length} files`);
  return { result: { duplicates: found, blocks: total, files: texts.length }, lines, found: found.length > 0 };
}

/** The line, from 1, on which each block starts. */
function startLines(text: string, blocks: string[]): number[] {
  const out: number[] = [];
  let at = 0;
  let line = 1;
  const count = (until: number): void => {
    for (let next; (next = text.indexOf("\n", at)) >= 0 && next < until; at = next + 1) ++line;
    at = until;
  };
  for (const block of blocks) {
    const start = text.indexOf(block, at);
    count(start);
    out.push(line);
    count(start + block.length);
  }
  return out;
}

function documents(
  texts: Text[],
  { near: isNear, field = "text", output }: Options,
  near: NearDuplicateOptions,
): Found {
  const all = texts.flatMap((item) => parsed(item, field));
  const contents = all.map(({ text }) => text);
  const groups = isNear ? nearDuplicateGroups(contents, near) : equalGroups(contents);
  const first: number[] = [];
  for (const group of groups) for (const member of group) first[member] = group[0]!;
  const kept = groups.map((group) => group[0]!);
  if (output !== undefined) write(output, kept.map((at) => `${all[at]!.line}\n`).join(""));
  const found = all.flatMap((_, at) => (first[at] === at ? [] : [{ at, other: first[at]! }]));
  const duplicates = found.map(({ at, other }) => ({
    id: all[at]!.id,
    first: all[other]!.id,
    similarity: isNear ? likeness(contents[other]!, contents[at]!, near) : 1,
  }));
  const lines = duplicates.map(
    (item) => `${oneLine(item.id)}  ${numberText(item.similarity)}  like ${oneLine(item.first)}`,
  );
  lines.push(`${found.length} duplicates of ${all.length} documents, ${kept.length} stay`);
  return { result: { duplicates, documents: all.length, kept: kept.length }, lines, found: found.length > 0 };
}

function equalGroups(contents: string[]): number[][] {
  const equal = new Map<string, number[]>();
  for (const [at, content] of contents.entries()) {
    const form = normalizeBlock(content);
    const group = equal.get(form);
    if (group === undefined) equal.set(form, [at]);
    else group.push(at);
  }
  return [...equal.values()];
}

/** What a duplicate has with the first of its group, which others may connect it to. */
function likeness(one: string, other: string, near: NearDuplicateOptions): number {
  return nearDuplicates([one, other], { ...near, threshold: 0 })[0]?.similarity ?? 0;
}

/** The records of a .jsonl file; of another one all its text. */
function parsed({ path, text }: Text, field: string): Document[] {
  if (!isRecords(path)) return [{ id: path, text, line: path }];
  const out: Document[] = [];
  for (const [at, given] of text.split("\n").entries()) {
    const line = given.endsWith("\r") ? given.slice(0, -1) : given;
    if (!/[^ \t]/.test(line)) continue;
    const where = `${path}:${at + 1}`;
    const record = parseJson(line, where);
    const plain = typeof record === "object" && record !== null && !Array.isArray(record);
    const value = plain && Object.hasOwn(record, field) ? (record as Record<string, unknown>)[field] : undefined;
    if (typeof value !== "string") throw new InputError(`${where} needs "${field}", a text`);
    out.push({ id: where, text: wellFormed(value), line });
  }
  return out;
}

function write(name: string, text: string): void {
  try {
    writeFileSync(name, text);
  } catch {
    throw new InputError(`cannot write ${wellFormed(name)}`);
  }
}
