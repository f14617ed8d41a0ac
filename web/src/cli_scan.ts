// `paritas scan`: the secrets of files and folders, as python/paritas/cli_scan.py finds and writes them.
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { type File, findFiles, isFile, raw, text as textOf } from "./cli_files.js";
import { InputError, parseJson, readText, wellFormed } from "./cli_input.js";
import { type Command, type Output, whole } from "./cli_options.js";
import { codePoints, oneLine } from "./cli_output.js";
import { log } from "./cli_sarif.js";
import { scanSecrets, type SecretMatch } from "./index.js";

const SEVERITIES = ["low", "medium", "high", "critical"];
const HEAD = 8192; // bytes that are looked at for a NUL
const ALLOW = /paritas:allow(-next)?(?:\(([^()\n]*)\))?(?![-\w])/g;
const UNITS: Record<string, number> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

export interface Finding {
  readonly path: string;
  readonly line: number;
  /** Code points, from 1. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly match: SecretMatch;
  readonly fingerprint: string;
}

interface Skipped {
  binary: number;
  too_large: number;
  no_file: number;
  unreadable: number;
}

const string = { type: "string" } as const;
const flag = { type: "boolean" } as const;

export const SCAN: Command = {
  options: {
    sarif: flag,
    show: flag,
    "min-confidence": string,
    "fail-on": string,
    exclude: { type: "string", multiple: true },
    "no-gitignore": flag,
    "max-size": string,
    baseline: string,
    "write-baseline": string,
    threads: string,
  },
  run: (values, paths) => scan(values as Record<string, never>, paths),
};

interface Options {
  json?: boolean;
  sarif?: boolean;
  show?: boolean;
  "min-confidence"?: string;
  "fail-on"?: string;
  exclude?: string[];
  "no-gitignore"?: boolean;
  "max-size"?: string;
  baseline?: string;
  "write-baseline"?: string;
  threads?: string;
}

function scan(options: Options, paths: string[]): Output {
  const { sarif = false, show = false, baseline, "write-baseline": written } = options;
  const failOn = options["fail-on"] ?? "low";
  if (paths.length === 0) throw new InputError("the following arguments are required: PATH");
  if (!SEVERITIES.includes(failOn)) throw new InputError("--fail-on must be low, medium, high or critical");
  if (sarif && options.json) throw new InputError("--json and --sarif cannot both be");
  if (options.threads !== undefined) whole(options.threads); // one thread here, whatever it says
  const largest = sizeOf(options["max-size"] ?? "10M");
  const known = readBaseline(baseline);
  const files = findFiles(paths, { gitignore: !options["no-gitignore"], exclude: options.exclude ?? [] });
  const minConfidence = options["min-confidence"] as SecretMatch["confidence"] | undefined;
  const skipped: Skipped = { binary: 0, too_large: 0, no_file: 0, unreadable: 0 };
  const unreadable: string[] = [];
  const found: Finding[] = [];
  let searched = 0;
  let allowed = 0;
  for (const file of files) {
    const text = readFile(file, largest, skipped, unreadable);
    if (text === null) continue;
    ++searched;
    const matches = scanSecrets(text, minConfidence === undefined ? {} : { minConfidence });
    const allows = matches.length > 0 ? allowedIn(text) : new Map<string, Set<string>>();
    const kept = findingsOf(textOf(file.shown), text, matches).filter((finding) => !isAllowed(allows, finding));
    allowed += matches.length - kept.length;
    found.push(...kept);
  }
  if (written !== undefined) writeBaseline(written, found);
  const fresh = found.filter(({ fingerprint }) => !known.has(fingerprint));
  const counts = { files: searched, skipped: { ...skipped }, allowed, in_baseline: found.length - fresh.length };
  for (const path of unreadable) process.stderr.write(`paritas: cannot read ${oneLine(path)}\n`);
  const fails = fresh.some(({ match }) => SEVERITIES.indexOf(match.severity) >= SEVERITIES.indexOf(failOn));
  const code = unreadable.length > 0 ? 2 : written === undefined && fails ? 1 : 0;
  if (sarif) return { result: log(fresh, unreadable), lines: [JSON.stringify(log(fresh, unreadable))], code };
  return {
    result: { findings: fresh.map((finding) => record(finding, show)), ...counts },
    lines: [...fresh.map((finding) => line(finding, show)), summary(fresh, counts)],
    code,
  };
}

/** Bytes: a number with K, M or G behind it or not. */
export function sizeOf(text: string): number {
  const parts = /^([0-9]{1,12})([KMG]?)$/.exec(text);
  if (parts === null) {
    throw new InputError(`--max-size must be a number of bytes, with K, M or G behind it or not, not ${text}`);
  }
  return Number(parts[1]) * UNITS[parts[2]!]!;
}

/** `null` for what is skipped. */
export function readFile(file: File, largest: number, skipped: Skipped, unreadable: string[]): string | null {
  if (!file.given && !isFile(file.path)) {
    ++skipped.no_file;
    return null;
  }
  let data: Buffer;
  try {
    const input = file.shown === "-" ? 0 : raw(file.path);
    if (typeof input !== "number" && statSync(input).size > largest) {
      ++skipped.too_large;
      return null;
    }
    data = readFileSync(input);
  } catch {
    ++skipped.unreadable;
    unreadable.push(textOf(file.shown));
    return null;
  }
  if (data.length > largest) {
    ++skipped.too_large;
  } else if (data.subarray(0, HEAD).includes(0)) {
    ++skipped.binary;
  } else {
    return new TextDecoder("utf-8").decode(data);
  }
  return null;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** With their places; linear, also for a file of one long line. */
function findingsOf(path: string, text: string, matches: readonly SecretMatch[]): Finding[] {
  if (matches.length === 0) return [];
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const points = codePoints(text);
  const seen = new Map<string, number>();
  return matches.map((match) => {
    const { start, end, lineNumber, secretType, maskedText, matchedText } = match;
    const endLine = lineNumber + matchedText.split("\n").length - 1;
    const check = sha256(matchedText).slice(0, 4);
    const key = [secretType, maskedText, check].join("\0");
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return {
      path,
      line: lineNumber,
      column: points(start) - points(starts[lineNumber - 1]!) + 1,
      endLine,
      endColumn: points(end) - points(starts[endLine - 1]!) + 1,
      match,
      fingerprint: fingerprintOf(path, secretType, maskedText, check, number),
    };
  });
}

/** The same when the line moves. Of the secret itself it holds 16 bits: a new one shows, and no guess is confirmed. */
function fingerprintOf(path: string, rule: string, masked: string, check: string, number: number): string {
  return sha256(["paritas-scan-1", rule, path, masked, check, number].join("\0")).slice(0, 32);
}

/** Of a line, for itself or the next: rules, "" for all. */
type Allowed = Map<string, Set<string>>;

/** What comments of a text allow: paritas:allow on the line, paritas:allow-next on the one before it. */
function allowedIn(text: string): Allowed {
  const out: Allowed = new Map();
  let line = 1;
  let at = 0;
  for (const { 1: next, 2: list, index } of text.includes("paritas:allow") ? text.matchAll(ALLOW) : []) {
    line += text.slice(at, index).split("\n").length - 1;
    at = index;
    const key = `${line} ${next !== undefined}`;
    const rules = out.get(key) ?? new Set();
    for (const rule of list?.split(",") ?? []) rules.add(rule.replace(/^[ \t]+|[ \t]+$/g, "") || ",");
    if (list === undefined) rules.add("");
    out.set(key, rules);
  }
  return out;
}

function isAllowed(allowed: Allowed, { line, endLine, match }: Finding): boolean {
  if (allowed.size === 0) return false;
  const holds = (key: string): boolean => {
    const rules = allowed.get(key);
    return rules !== undefined && (rules.has("") || rules.has(match.secretType));
  };
  if (holds(`${line - 1} true`)) return true;
  for (let at = line; at <= endLine; ++at) if (holds(`${at} false`)) return true;
  return false;
}

function record({ path, line, column, endLine, endColumn, match, fingerprint }: Finding, show: boolean) {
  return {
    path,
    line,
    column,
    end_line: endLine,
    end_column: endColumn,
    rule: match.secretType,
    severity: match.severity,
    confidence: match.confidence,
    checksum: match.checksum,
    masked: match.maskedText,
    ...(show ? { secret: match.matchedText } : {}),
    fingerprint,
  };
}

function line({ path, line, column, match }: Finding, show: boolean): string {
  const shown = show ? oneLine(match.matchedText) : oneLine(match.maskedText, 80);
  return `${oneLine(path)}:${line}:${column}  ${match.secretType}  ${match.severity}  ${match.confidence}  ${shown}`;
}

interface Counts {
  files: number;
  skipped: Skipped;
  allowed: number;
  in_baseline: number;
}

function summary(found: readonly Finding[], counts: Counts): string {
  const files = new Set(found.map(({ path }) => path)).size;
  let line = `${found.length} findings in ${files} files; ${counts.files} files read`;
  const said = Object.entries(counts.skipped)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${name.replaceAll("_", " ")}`);
  if (said.length > 0) line += `, skipped: ${said.join(", ")}`;
  for (const name of ["allowed", "in_baseline"] as const) {
    if (counts[name] > 0) line += `; ${counts[name]} ${name.replaceAll("_", " ")}`;
  }
  return line;
}

function readBaseline(name: string | undefined): Set<string> {
  if (name === undefined) return new Set();
  const value = parseJson(readText(name), name) as { fingerprints?: unknown } | null;
  const known = value?.fingerprints;
  if (!Array.isArray(known) || !known.every((item) => typeof item === "string")) {
    throw new InputError(`${name} is no baseline: it needs "fingerprints", a list of texts`);
  }
  return new Set(known as string[]);
}

function writeBaseline(name: string, found: readonly Finding[]): void {
  const fingerprints = [...new Set(found.map(({ fingerprint }) => fingerprint))].sort();
  try {
    writeFileSync(name, JSON.stringify({ version: 1, fingerprints }, null, 2) + "\n");
  } catch {
    throw new InputError(`cannot write ${wellFormed(name)}`);
  }
}
