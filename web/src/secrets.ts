import { string, truth, whole, withText } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { core } from "./module.js";
import { Packer, packedTexts, type Unpacker, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

export type SecretSeverity = "critical" | "high" | "medium" | "low";
export type SecretConfidence = "low" | "medium" | "high";

/** A rule of scanSecrets. */
export interface SecretPattern {
  readonly name: string;
  readonly severity: SecretSeverity;
  /** "generic" where it is nobody's in particular. */
  readonly provider: string;
  readonly kind: "provider" | "hash" | "pem" | "jwt" | "url" | "header" | "assignment";
  /** The forms it takes, joined by " | "; "" where it is found in code. */
  readonly shape: string;
  readonly description: string;
}

/** A secret in a text. JSON.stringify and the console show it masked; matchedText holds it. */
export interface SecretMatch {
  /** The name of its rule. */
  readonly secretType: string;
  readonly severity: SecretSeverity;
  readonly confidence: SecretConfidence;
  /** UTF-16 units of the secret itself, not of the key before it. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly lineNumber: number;
  readonly checksum: "valid" | "invalid" | "none";
  readonly placeholder: boolean;
  /** The secret itself; not enumerable. */
  readonly matchedText: string;
  /** As maskSecrets would leave it. */
  readonly maskedText: string;
}

export interface SecretOptions {
  /** low (an assignment, a token with a wrong checksum), medium or high (an unmistakable form). */
  minConfidence?: SecretConfidence | undefined;
  /** Whether findings that stand for a secret without being one are told, flagged. */
  includePlaceholders?: boolean | undefined;
  /** Names of listSecretPatterns() to use; null for all. */
  rules?: Iterable<string> | null | undefined;
}

export interface MaskOptions extends SecretOptions {
  /** One code point that is no line break. */
  maskChar?: string | undefined;
  /** 0 to 64; so many stay at each end of a provider's token of unmistakable form, at most an eighth of it. */
  visibleChars?: number | undefined;
}

/** How many secrets of which kind, and where. */
export interface SecretSummary {
  readonly totalMatches: number;
  readonly hasSecrets: boolean;
  /** By name, ascending. */
  readonly byType: Record<string, number>;
  /** "critical" first. */
  readonly bySeverity: Partial<Record<SecretSeverity, number>>;
  /** "high" first. */
  readonly byConfidence: Partial<Record<SecretConfidence, number>>;
  /** The numbers of the lines where they begin, ascending. */
  readonly lines: number[];
}

/**
 * The credentials in a text, by start: tokens of providers, private keys, passwords in URLs, headers, assignments.
 *
 * @returns what lies within a finding of an equal or higher class (provider, PEM, JWT, URL, header, assignment) is left out
 * @throws ParitasError `invalid_argument` for another minConfidence; `not_found` for an unknown rule, with its index
 */
export function scanSecrets(text: string, options: SecretOptions = {}): SecretMatch[] {
  const input = asked(text, options, (...args) => core().secretsScan(...args));
  return readMatches(input, text);
}

/** scanSecrets of many texts. */
export function scanSecretsBatch(texts: Iterable<string>, options: SecretOptions = {}): SecretMatch[][] {
  const all = typeof texts === "string" ? texts : [...texts];
  const block = packedTexts(all);
  const packed = packedOptions(options);
  const input = unwrap(
    block.lend((at, bytes) => packed.lend((...rest) => core().secretsScanBatch(at, bytes, ...rest))),
  );
  return Array.from(all, (text) => readMatches(input, text));
}

/** Whether scanSecrets finds any; stops at the first. */
export function hasSecrets(text: string, options: SecretOptions = {}): boolean {
  return asked(text, options, (...args) => core().secretsHas(...args)).f64() !== 0;
}

/** The names of the rules that find something, each once, ascending. */
export function getSecretTypes(text: string, options: SecretOptions = {}): string[] {
  const input = asked(text, options, (...args) => core().secretsTypes(...args));
  return input.all(() => input.text());
}

/** How many secrets of which kind, and where. */
export function scanSecretsSummary(text: string, options: SecretOptions = {}): SecretSummary {
  const input = asked(text, options, (...args) => core().secretsSummary(...args));
  const counts = () => Object.fromEntries(input.list(() => [input.text(), input.u32()] as const));
  const totalMatches = input.u32();
  const [byType, bySeverity, byConfidence] = [counts(), counts(), counts()];
  return {
    totalMatches,
    hasSecrets: totalMatches > 0,
    byType,
    bySeverity,
    byConfidence,
    lines: input.all(() => input.u32()),
  };
}

/**
 * The text with every secret covered, one maskChar for each code point; line breaks stay, and the BEGIN and END lines of keys.
 *
 * @throws ParitasError `invalid_argument` for another mask; as scanSecrets
 */
export function maskSecrets(text: string, options: MaskOptions = {}): string {
  const { maskChar, visibleChars, ...rest } = options;
  const visible = visibleChars === undefined ? 4 : whole(visibleChars);
  return withText(maskChar ?? "*", (maskAt, maskBytes) =>
    asked(text, rest, (at, bytes, ...packed) => core().secretsMask(at, bytes, maskAt, maskBytes, visible, ...packed)),
  ).text();
}

/** maskSecrets of many texts. */
export function maskSecretsBatch(texts: Iterable<string>, options: MaskOptions = {}): string[] {
  const { maskChar, visibleChars, ...rest } = options;
  const visible = visibleChars === undefined ? 4 : whole(visibleChars);
  const block = packedTexts(texts);
  const packed = packedOptions(rest);
  const input = unwrap(
    withText(maskChar ?? "*", (maskAt, maskBytes) =>
      block.lend((at, bytes) =>
        packed.lend((...last) => core().secretsMaskBatch(at, bytes, maskAt, maskBytes, visible, ...last)),
      ),
    ),
  );
  return input.all(() => input.text());
}

/** Every rule, in the order that decides between equal spans. */
export function listSecretPatterns(): SecretPattern[] {
  const input = unwrap(core().secretPatterns());
  return input.all(() => ({
    name: input.text(),
    severity: input.text() as SecretSeverity,
    provider: input.text(),
    kind: input.text() as SecretPattern["kind"],
    shape: input.text(),
    description: input.text(),
  }));
}

function packedOptions(options: SecretOptions): Packer {
  for (const key of Object.keys(options)) {
    if (!["minConfidence", "includePlaceholders", "rules"].includes(key))
      throw new ParitasTypeError(`unknown option ${key}; known: minConfidence, includePlaceholders, rules`);
  }
  const { minConfidence, includePlaceholders, rules } = options;
  const out = new Packer();
  out.text(minConfidence === undefined ? "low" : string(minConfidence));
  out.u8(Number(includePlaceholders === undefined ? false : truth(includePlaceholders)));
  out.u8(Number(rules !== undefined && rules !== null));
  if (rules !== undefined && rules !== null) out.raw(packedTexts(rules).bytes());
  return out;
}

type Call = (at: number, bytes: number, optionsAt: number, optionsBytes: number) => Reply;

function asked(text: string, options: SecretOptions, call: Call): Unpacker {
  const packed = packedOptions(options);
  return unwrap(withText(text, (at, bytes) => packed.lend((...rest) => call(at, bytes, ...rest))));
}

/** What `pack` of targets/wasm/secrets.cpp has written of one text. */
function readMatches(input: Unpacker, text: string): SecretMatch[] {
  return input.list(() => {
    const match = {
      secretType: input.text(),
      severity: input.text() as SecretSeverity,
      confidence: input.text() as SecretConfidence,
      ...input.span(),
      lineNumber: input.u32(),
      checksum: input.text() as SecretMatch["checksum"],
      placeholder: input.truth(),
      maskedText: input.text(),
    };
    return Object.defineProperty(match, "matchedText", { value: text.slice(match.start, match.end) }) as SecretMatch;
  });
}
