// How the command reads files: UTF-8, each ill-formed piece as U+FFFD, as the Python command (python/paritas/cli_input.py).
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { OcrWord } from "./index.js";

/** An input that the command cannot use; the message is one sentence for the user. */
export class InputError extends Error {}

export interface Document {
  id: string | number;
  text: string;
}

/** A field of an OCR form. */
export interface FormField {
  name: string;
  confidence: number | null;
  text: string | null;
  type: string | null;
  words: OcrWord[] | null;
  /** Whether the form says more of it than its name and confidence. */
  judged: boolean;
}

/** Lone surrogates, which only escapes in JSON and odd arguments can bring, as U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** A file, or standard input for "-"; a byte order mark is dropped. */
export function readText(name: string): string {
  let data: Buffer;
  try {
    data = readFileSync(name === "-" ? 0 : name);
  } catch {
    throw new InputError(`cannot read ${name}`);
  }
  return new TextDecoder("utf-8").decode(data);
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${where} is not JSON`);
  }
}

/** Lines that say something, with their numbers. */
function linesOf(text: string): { number: number; line: string }[] {
  return text
    .split("\n")
    .map((line, at) => ({ number: at + 1, line: line.endsWith("\r") ? line.slice(0, -1) : line }))
    .filter(({ line }) => /[^ \t]/.test(line));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(line: string, where: string): Document {
  const value = parseJson(line, where);
  if (!isObject(value)) throw new InputError(`${where} is no JSON object`);
  const key = Object.hasOwn(value, "id") ? value["id"] : value["_id"];
  const text = value["text"];
  if (!(typeof key === "string" || Number.isSafeInteger(key)) || typeof text !== "string") {
    throw new InputError(`${where} needs "id", a text or a whole number, and "text", a text`);
  }
  return { id: typeof key === "string" ? wellFormed(key) : (key as number), text: wellFormed(text) };
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * What PATH holds: of a .jsonl file each object with "id" and "text"; of another file each line that says something, its
 * number as id; of a folder the lines of all its .txt files, FILE:NUMBER as ids.
 */
export function readDocuments(name: string): Document[] {
  if (name !== "-" && isFolder(name)) {
    const files = readdirSync(name).filter((file) => file.endsWith(".txt"));
    files.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    if (files.length === 0) throw new InputError(`${name} has no .txt file`);
    return files.flatMap((file) =>
      linesOf(readText(join(name, file))).map(({ number, line }) => ({ id: `${file}:${number}`, text: line })),
    );
  }
  const lines = linesOf(readText(name));
  if (/\.(jsonl|ndjson)$/.test(name)) return lines.map(({ number, line }) => record(line, `${name}:${number}`));
  return lines.map(({ number, line }) => ({ id: number, text: line }));
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isWord = (word: unknown): word is OcrWord =>
  isObject(word) && typeof word["text"] === "string" && isNumber(word["confidence"]);

/**
 * A JSON array of fields: {"name": "total", "text": "49.90", "type": "amount", "confidence": 0.93, "words": [{"text":
 * "49.90", "confidence": 93}]}; only the name must be there.
 */
export function formFields(text: string, name: string): FormField[] {
  const form = parseJson(text, name);
  if (!Array.isArray(form)) throw new InputError(`${name} is no JSON array of fields`);
  return form.map((field: unknown, at) => {
    const where = `field ${at + 1} of ${name}`;
    if (!isObject(field) || typeof field["name"] !== "string") throw new InputError(`${where} needs "name", a text`);
    const confidence = field["confidence"] ?? null;
    if (confidence !== null && !isNumber(confidence)) {
      throw new InputError(`${where} has a "confidence" that is no number`);
    }
    const read = field["text"] ?? null;
    const type = field["type"] ?? null;
    if (read !== null && typeof read !== "string") throw new InputError(`${where} has a "text" that is no text`);
    if (type !== null && typeof type !== "string") throw new InputError(`${where} has a "type" that is no text`);
    const given = field["words"] ?? null;
    if (given !== null && !(Array.isArray(given) && given.every(isWord))) {
      throw new InputError(`${where} has "words" that are no array of objects with "text" and "confidence"`);
    }
    const judged = read !== null || type !== null || given !== null;
    return { name: wellFormed(field["name"]), confidence, text: read, type, words: given, judged };
  });
}
