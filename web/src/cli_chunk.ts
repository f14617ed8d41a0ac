// `paritas chunk`: files and folders cut into chunks, as python/paritas/cli_chunk.py cuts and writes them.
import { readFileSync, statSync } from "node:fs";
import { codeChunkerOf } from "./chunking.js";
import { type File, findFiles, isFile, raw, text as textOf } from "./cli_files.js";
import { InputError } from "./cli_input.js";
import { type Command, type Output, whole } from "./cli_options.js";
import { codePoints, oneLine } from "./cli_output.js";
import { sizeOf } from "./cli_scan.js";
import {
  type Chunk,
  type Chunker,
  chunkId,
  detectDocType,
  FixedChunker,
  getChunker,
  HierarchicalChunker,
  type Length,
  RecursiveChunker,
} from "./index.js";

const STRATEGIES = [
  "auto",
  "recursive",
  "character",
  "sentence",
  "paragraph",
  "token",
  "markdown",
  "code",
  "hierarchical",
];
const LENGTHS = ["chars", "bytes", "utf16", "words", "graphemes", "tokens"];
const HEAD = 8192; // bytes that are looked at for a NUL

const string = { type: "string" } as const;
const flag = { type: "boolean" } as const;

export const CHUNK: Command = {
  options: {
    strategy: string,
    size: string,
    overlap: string,
    length: string,
    plain: flag,
    exclude: { type: "string", multiple: true },
    "no-gitignore": flag,
    "max-size": string,
  },
  run: (values, paths) => chunk(values as Record<string, never>, paths),
};

interface Options {
  json?: boolean;
  strategy?: string;
  size?: string;
  overlap?: string;
  length?: string;
  plain?: boolean;
  exclude?: string[];
  "no-gitignore"?: boolean;
  "max-size"?: string;
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

function chunk(options: Options, paths: string[]): Output {
  const { strategy = "auto", length = "chars", plain = false } = options;
  const size = options.size === undefined ? 1344 : whole(options.size);
  const overlap = options.overlap === undefined ? 0 : whole(options.overlap);
  if (paths.length === 0) throw new InputError("the following arguments are required: PATH");
  if (!STRATEGIES.includes(strategy)) throw new InputError(`--strategy must be ${listed(STRATEGIES)}`);
  if (!LENGTHS.includes(length)) throw new InputError(`--length must be ${listed(LENGTHS)}`);
  const largest = sizeOf(options["max-size"] ?? "10M");
  new FixedChunker({ chunkSize: size, overlap }).dispose(); // refuses sizes without meaning, also where there is no file
  const files = findFiles(paths, { gitignore: !options["no-gitignore"], exclude: options.exclude ?? [] });
  const unreadable: string[] = [];
  const records: object[] = [];
  const lines: string[] = [];
  let count = 0;
  for (const file of files) {
    const text = read(file, largest, unreadable);
    if (text === null) continue;
    ++count;
    const path = textOf(file.shown);
    const points = codePoints(text);
    using chunker = chunkerOf(path, strategy, size, overlap, length as Length);
    for (const piece of chunker.chunk(text)) {
      if (plain) {
        const place = `${oneLine(path)}:${piece.startLine}-${piece.endLine}`;
        lines.push(`== ${place}  ${piece.kind}  ${piece.length}`, piece.text, "");
      } else {
        lines.push(JSON.stringify(record(path, piece, points)));
      }
      if (options.json) records.push(record(path, piece, points));
    }
  }
  for (const path of unreadable) process.stderr.write(`paritas: cannot read ${oneLine(path)}\n`);
  const code = unreadable.length > 0 ? 2 : lines.length > 0 ? 0 : 1;
  return { result: { chunks: records, files: count }, lines: lines.length > 0 ? lines : [""], code };
}

function chunkerOf(path: string, strategy: string, chunkSize: number, overlap: number, length: Length): Chunker {
  const kind = strategy === "auto" ? detectDocType(path) : strategy;
  const name = strategy !== "auto" || kind === "markdown" || kind === "code" ? kind : "sentence";
  if (name === "recursive") return new RecursiveChunker({ chunkSize, chunkOverlap: overlap, length });
  if (name === "hierarchical") {
    const levels = chunkSize >= 4;
    const sizes = levels ? [chunkSize, Math.floor(chunkSize / 4)] : [chunkSize];
    return new HierarchicalChunker({ sizes, overlaps: levels ? [overlap, 0] : [overlap], length });
  }
  if (name === "code") return codeChunkerOf(path, { chunkSize, overlap, length });
  return getChunker(name as "sentence", { chunkSize, overlap, length });
}

/** `null` for what is skipped. */
function read(file: File, largest: number, unreadable: string[]): string | null {
  if (!file.given && !isFile(file.path)) return null;
  let data: Buffer;
  try {
    const input = file.shown === "-" ? 0 : raw(file.path);
    if (typeof input !== "number" && statSync(input).size > largest) return null;
    data = readFileSync(input);
  } catch {
    unreadable.push(textOf(file.shown));
    return null;
  }
  return data.length > largest || data.subarray(0, HEAD).includes(0) ? null : new TextDecoder("utf-8").decode(data);
}

/** Spans are printed in code points, as Python counts. */
function record(path: string, piece: Chunk, points: (unit: number) => number): object {
  return {
    id: chunkId(path, piece.index, piece.text),
    path,
    index: piece.index,
    start: points(piece.start),
    end: points(piece.end),
    start_line: piece.startLine,
    end_line: piece.endLine,
    length: piece.length,
    kind: piece.kind,
    split: piece.split,
    headings: piece.headings,
    level: piece.level,
    parent: piece.parent,
    children: piece.children,
    overlap_prev: piece.overlapPrev,
    text: piece.text,
  };
}
