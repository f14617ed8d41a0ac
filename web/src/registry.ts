import { string, truth, whole, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { Packer, unwrap, type Unpacker } from "./packed.js";
import type { Span } from "./span.js";

export type PatternSeverity = "low" | "medium" | "high" | "critical";

export interface PatternOptions {
  /** "literal", the default, or "regex", which needs `await initRegex()`. */
  kind?: "literal" | "regex" | undefined;
  category?: string | undefined;
  /** "medium" by default. */
  severity?: PatternSeverity | undefined;
  /** A hit counts if one of them, without regard to ASCII case, stands in the 200 bytes of UTF-8 before its span or after it. */
  keywords?: Iterable<string> | undefined;
  /** By simple case folding, which keeps lengths: "ẞ" is "ß", never "ss". */
  caseInsensitive?: boolean | undefined;
  /** A match counts if both its ends are word boundaries. */
  wholeWords?: boolean | undefined;
  /** The group whose span is that of the hit; a match counts if it took part and is not empty. */
  group?: number | undefined;
  description?: string | undefined;
  enabled?: boolean | undefined;
}

export interface PatternGiven extends PatternOptions {
  name: string;
  pattern: string;
}

/** What a registry knows of one pattern. */
export interface PatternDefinition {
  readonly name: string;
  readonly pattern: string;
  readonly kind: "literal" | "regex";
  readonly category: string;
  readonly severity: PatternSeverity;
  readonly keywords: readonly string[];
  readonly caseInsensitive: boolean;
  readonly wholeWords: boolean;
  readonly group: number;
  readonly description: string;
  readonly enabled: boolean;
}

/** Where a pattern was found: `text.slice(hit.start, hit.end)`. */
export interface PatternHit extends Span {
  readonly name: string;
  readonly category: string;
  readonly severity: PatternSeverity;
  /** From 1; a line ends after its LF. */
  readonly line: number;
}

export interface PatternScanOptions {
  /** Which patterns; all by default. */
  categories?: Iterable<string> | undefined;
  names?: Iterable<string> | undefined;
  /** And above; "low" by default. */
  minSeverity?: PatternSeverity | undefined;
  /**
   * "all" keeps every hit; "longest" drops what overlaps a hit before it; "priority" takes them by severity, then the longer,
   * the earlier, the order of adding, and drops what overlaps them.
   */
  overlap?: "all" | "longest" | "priority" | undefined;
  /** At most so many, the first ones; 0: all. */
  limit?: number | undefined;
}

/** How many hits a text has; what has none is left out, the rest stands in the order of adding. */
export interface PatternSummary {
  readonly total: number;
  readonly byName: Record<string, number>;
  readonly byCategory: Record<string, number>;
  readonly bySeverity: Record<string, number>;
}

/** What there is to say of a pattern before it is added. */
export interface PatternReport {
  readonly ok: boolean;
  /** The code and what to change: "regex_syntax: this ( is never closed: ...". */
  readonly error: string | null;
  /** Where in the pattern. */
  readonly offset: number;
  /** Code points of a match; 0 after an error. */
  readonly minLength: number;
  /** null: without end, or after an error. */
  readonly maxLength: number | null;
  /** Each match holds one of these. */
  readonly literals: readonly string[];
  /** Whether the engine runs around those alone. */
  readonly prefiltered: boolean;
}

/**
 * Named literals and regular expressions with a category and a severity, all looked for in one pass.
 *
 * Expressions: literals, `.`, `[...]`, `\d \w \s \D \W \S` and `\b \B` (ASCII), `^ $`, `(...)`, `(?:...)`, `(?P<n>...)`, `|`,
 * `* + ?` and `{n} {n,} {n,m}` up to 1,000, lazy forms, `\n \t \r \f \v \xHH \x{H...}`, and `(?i) (?m) (?s)` at the start. `$`
 * is the very end, with (?m) before LF too; `.` is one code point but LF. Nothing may match the empty text. Hits of one pattern
 * are leftmost, of alternatives the first, and do not overlap each other. Time is linear in the text.
 */
export class PatternRegistry extends Handle {
  constructor() {
    super(unwrap(core().registryCreate()).f64(), core().registryDelete);
  }

  /**
   * Adds a pattern, after those that are there.
   *
   * @throws ParitasError `duplicate_name`; `invalid_argument` for an empty name or keyword, an unknown kind or severity, a group
   *   that is not there; `pattern_empty`; for an expression, with the offset of the construct, `regex_syntax`,
   *   `regex_unsupported`, `regex_matches_empty`, `limit_exceeded`; `regex_unavailable` before `await initRegex()`
   */
  add(name: string, pattern: string, options: PatternOptions = {}): void {
    const block = pack(new Packer(), { ...options, name, pattern });
    unwrap(block.lend((at, bytes) => core().registryAdd(this.raw, at, bytes)));
  }

  /** Adds all of them or, after an error, none; its message begins with "patterns[index]". */
  addMany(patterns: Iterable<PatternGiven>): void {
    const block = new Packer();
    for (const given of patterns) pack(block, given);
    unwrap(block.lend((at, bytes) => core().registryAddMany(this.raw, at, bytes)));
  }

  /** @throws ParitasError `not_found` */
  remove(name: string): void {
    unwrap(withText(name, (at, bytes) => core().registryRemove(this.raw, at, bytes)));
  }

  /** Lets scans use a pattern or not. @throws ParitasError `not_found` */
  setEnabled(name: string, enabled: boolean): void {
    const wanted = truth(enabled);
    unwrap(withText(name, (at, bytes) => core().registrySetEnabled(this.raw, at, bytes, wanted)));
  }

  /** @throws ParitasError `not_found` */
  get(name: string): PatternDefinition {
    return definition(unwrap(withText(name, (at, bytes) => core().registryGet(this.raw, at, bytes))));
  }

  /** All of them, in order of adding. */
  definitions(): PatternDefinition[] {
    const input = unwrap(core().registryDefinitions(this.raw));
    return input.all(() => definition(input));
  }

  names(): string[] {
    return this.definitions().map(({ name }) => name);
  }

  categories(): string[] {
    const input = unwrap(core().registryCategories(this.raw));
    return input.all(() => input.text());
  }

  /** How many patterns there are. */
  get size(): number {
    return core().registrySize(this.raw);
  }

  has(name: string): boolean {
    return withText(name, (at, bytes) => core().registryHas(this.raw, at, bytes)) !== 0;
  }

  /**
   * The hits: by start, then the longer, then order of adding.
   *
   * @throws ParitasError `not_found` for a name or category that no pattern has; `invalid_argument` for another option
   *   without meaning
   */
  scan(text: string, options: PatternScanOptions = {}): PatternHit[] {
    return this.#hits([text], options, false)[0]!;
  }

  /** The scan of each text. */
  scanBatch(texts: Iterable<string>, options: PatternScanOptions = {}): PatternHit[][] {
    if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    return this.#hits(texts, options, false);
  }

  #hits(texts: Iterable<string>, options: PatternScanOptions, replaceable: boolean): PatternHit[][] {
    const block = packScan(options);
    for (const text of texts) block.text(text);
    const input = unwrap(block.lend((at, bytes) => core().registryScan(this.raw, at, bytes, replaceable)));
    return input.all(() => hits(input));
  }

  /** Whether scan gives a hit; stops at one. */
  contains(text: string, options: PatternScanOptions = {}): boolean {
    const block = packScan(options).text(text);
    return unwrap(block.lend((at, bytes) => core().registryContains(this.raw, at, bytes))).f64() !== 0;
  }

  /** How many hits scan gives. */
  count(text: string, options: PatternScanOptions = {}): number {
    const block = packScan(options).text(text);
    return unwrap(block.lend((at, bytes) => core().registryCount(this.raw, at, bytes))).f64();
  }

  summary(text: string): PatternSummary {
    const input = unwrap(withText(text, (at, bytes) => core().registrySummary(this.raw, at, bytes)));
    const counts = (): Record<string, number> => Object.fromEntries(input.list(() => [input.text(), input.u32()]));
    return { total: input.u32(), byName: counts(), byCategory: counts(), bySeverity: counts() };
  }

  /**
   * The text with each hit replaced, by a string or by what a function makes of the hit; what lies between stays as it is.
   * The overlap is "longest" by default.
   *
   * @throws ParitasError those of scan; `kind_unsupported` for the overlap "all"
   */
  replace(text: string, replacement: string | ((hit: PatternHit) => string), options: PatternScanOptions = {}): string {
    if (typeof replacement !== "string" && typeof replacement !== "function") {
      throw new ParitasTypeError(`a string or a function that makes one of a hit is needed, not ${typeof replacement}`);
    }
    const found = this.#hits([text], { ...options, overlap: options.overlap ?? "longest" }, true)[0]!;
    let out = "";
    let at = 0;
    for (const hit of found) {
      const fresh = typeof replacement === "string" ? replacement : string(replacement(hit));
      out += text.slice(at, hit.start) + fresh;
      at = hit.end;
    }
    return out + text.slice(at);
  }

  /** What there is to say of a pattern, good or bad; needs no `initRegex()`. */
  static validate(pattern: string, kind: "literal" | "regex" = "regex"): PatternReport {
    const block = new Packer().text(pattern).text(kind);
    const input = unwrap(block.lend((at, bytes) => core().registryValidate(at, bytes)));
    const [code, message, offset, minLength, maxLength] = [
      input.text(),
      input.text(),
      input.u32(),
      input.u32(),
      input.f64(),
    ];
    const known = { offset, minLength, literals: input.list(() => input.text()), prefiltered: input.truth() };
    const ok = code === "";
    return {
      ok,
      error: ok ? null : `${code}: ${message}`,
      ...known,
      maxLength: ok && maxLength >= 0 ? maxLength : null,
    };
  }

  /** The definitions in their order, as a JSON object {"patterns": [...]}; Python reads the same. */
  toJson(): string {
    const patterns = this.definitions().map((known) =>
      Object.fromEntries(FIELDS.map((key) => [snake(key), known[key]])),
    );
    return JSON.stringify({ patterns });
  }

  /** The registry of toJson. @throws ParitasError `corrupt_data` for any other JSON; those of addMany */
  static fromJson(text: string): PatternRegistry {
    let document: unknown;
    try {
      document = JSON.parse(string(text));
    } catch (error) {
      if (error instanceof ParitasTypeError) throw error;
    }
    const { patterns, ...others } = (document ?? {}) as { patterns?: unknown };
    if (!Array.isArray(patterns) || Object.keys(others).length > 0) {
      const how = 'patterns are a JSON object {"patterns": [...]}, as toJson() writes it';
      throw new ParitasError("corrupt_data", how);
    }
    const registry = new PatternRegistry();
    try {
      registry.addMany(patterns.map((given: unknown) => camelKeys(given)));
    } catch (error) {
      registry.dispose();
      throw error;
    }
    return registry;
  }
}

const FIELDS = [
  "name",
  "pattern",
  "kind",
  "category",
  "severity",
  "keywords",
  "caseInsensitive",
  "wholeWords",
  "group",
  "description",
  "enabled",
] as const;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function camelKeys(given: unknown): PatternGiven {
  if (given === null || typeof given !== "object")
    throw new ParitasTypeError(`an object is needed, not ${typeof given}`);
  const camel = (key: string): string => key.replace(/_[a-z]/g, (pair) => pair.charAt(1).toUpperCase());
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [camel(key), value]),
  ) as unknown as PatternGiven;
}

let standard: { definition: PatternDefinition; minSeverity: string; overlap: string; limit: number } | undefined;

/** What the core says of options that nobody gives, asked once. */
function defaults(): NonNullable<typeof standard> {
  if (standard !== undefined) return standard;
  const input = unwrap(core().registryDefaults());
  return (standard = {
    definition: definition(input),
    minSeverity: input.text(),
    overlap: input.text(),
    limit: input.f64(),
  });
}

function definition(input: Unpacker): PatternDefinition {
  return {
    name: input.text(),
    pattern: input.text(),
    kind: input.text() as PatternDefinition["kind"],
    category: input.text(),
    severity: input.text() as PatternSeverity,
    keywords: input.list(() => input.text()),
    caseInsensitive: input.truth(),
    wholeWords: input.truth(),
    group: input.f64(),
    description: input.text(),
    enabled: input.truth(),
  };
}

function pack(out: Packer, given: PatternGiven): Packer {
  if (given === null || typeof given !== "object")
    throw new ParitasTypeError(`an object is needed, not ${typeof given}`);
  for (const key of Object.keys(given)) {
    if (!(FIELDS as readonly string[]).includes(key)) {
      throw new ParitasTypeError(`unknown field ${key}; known: ${FIELDS.join(", ")}`);
    }
  }
  const known = defaults().definition;
  out
    .text(given.name)
    .text(given.pattern)
    .text(given.kind ?? known.kind);
  out.text(given.category ?? known.category).text(given.severity ?? known.severity);
  packList(out, given.keywords ?? known.keywords);
  out.u8(Number(truth(given.caseInsensitive ?? known.caseInsensitive)));
  out.u8(Number(truth(given.wholeWords ?? known.wholeWords)));
  out.i64(whole(given.group ?? known.group)).text(given.description ?? known.description);
  return out.u8(Number(truth(given.enabled ?? known.enabled)));
}

function packList(out: Packer, items: Iterable<string>): void {
  if (typeof items === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  const list = [...items];
  out.u32(list.length);
  for (const item of list) out.text(item);
}

const SCAN_KEYS = ["categories", "names", "minSeverity", "overlap", "limit"];

function packScan(options: PatternScanOptions): Packer {
  for (const key of Object.keys(options)) {
    if (!SCAN_KEYS.includes(key)) throw new ParitasTypeError(`unknown option ${key}; known: ${SCAN_KEYS.join(", ")}`);
  }
  const out = new Packer();
  for (const list of [options.categories, options.names]) {
    out.u8(Number(list !== undefined));
    if (list !== undefined) packList(out, list);
  }
  const { minSeverity, overlap, limit } = defaults();
  out.text(options.minSeverity ?? minSeverity).text(options.overlap ?? overlap);
  return out.i64(whole(options.limit ?? limit));
}

function hits(input: Unpacker): PatternHit[] {
  const known = input.list(() => ({
    name: input.text(),
    category: input.text(),
    severity: input.text() as PatternSeverity,
  }));
  return input.list(() => ({ ...known[input.u32()]!, ...input.span(), line: input.u32() }));
}
