import { settle, whole, withText } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { core } from "./module.js";
import { Packer, packedTexts, unwrap } from "./packed.js";
import { packKinds, type PiiKind } from "./pii.js";

export type Severity = "low" | "medium" | "high" | "critical";
export type IssueKind = "length" | "leakage" | "refusal" | "garbage" | "secrets" | "pii";

/** What validateResponse looks for; everything where nothing is said. */
export interface ResponseRules {
  leakage?: boolean | undefined;
  garbage?: boolean | undefined;
  refusal?: boolean | undefined;
  secrets?: boolean | undefined;
  /** Kinds of personal data; all of them where nothing is said. */
  pii?: Iterable<PiiKind> | undefined;
  /** In code points, as maxLength; 1 where nothing is said. */
  minLength?: number | undefined;
  /** 0 for none, as where nothing is said. */
  maxLength?: number | undefined;
  required?: Iterable<string> | undefined;
  forbidden?: Iterable<string> | undefined;
  /** Fences and inline code are exempt from leakage, refusal and garbage, never from secrets and personal data. */
  respectCode?: boolean | undefined;
  /** An issue as severe fails the answer; "medium" where nothing is said. */
  failSeverity?: Severity | undefined;
  /** Names of rules to leave out. */
  allow?: Iterable<string> | undefined;
}

/** What is wrong with an answer, and where. */
export interface Issue {
  readonly kind: IssueKind;
  readonly rule: string;
  readonly severity: Severity;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ValidationResult {
  /** No issue is as severe as failSeverity. */
  readonly ok: boolean;
  /** By start, then the order of kinds, then the longer one. */
  readonly issues: Issue[];
  /** How many issues each kind has. */
  readonly counts: Record<IssueKind, number>;
  /**
   * The text with leaked syntax cut, secrets and personal data masked, the rest as it is; computed when it is first asked
   * for.
   */
  readonly sanitized: string;
}

/**
 * Whether an answer of a language model may be shown, and what is wrong with it.
 *
 * @throws ParitasError `invalid_argument` for a rule without meaning; `pattern_empty` for an empty text in required or
 *   forbidden
 */
export function validateResponse(text: string, rules: ResponseRules = {}): ValidationResult {
  return validateResponseBatch([text], rules)[0]!;
}

/** validateResponse for many texts. */
export function validateResponseBatch(texts: Iterable<string>, rules: ResponseRules = {}): ValidationResult[] {
  if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  const each = [...texts];
  const packed = packRules(rules);
  const input = unwrap(
    packedTexts(each).lend((at, bytes) =>
      packed.lend((rulesAt, rulesBytes) => core().validateResponseBatch(at, bytes, rulesAt, rulesBytes)),
    ),
  );
  const kinds = Array.from({ length: 6 }, () => input.text() as IssueKind);
  return each.map((text) => {
    const ok = input.truth();
    const counts = Object.fromEntries(kinds.map((kind) => [kind, input.u32()])) as Record<IssueKind, number>;
    const issues = input.list((): Issue => {
      const [kind, rule, severity] = [input.text() as IssueKind, input.text(), input.text() as Severity];
      const { start, end } = input.span();
      return { kind, rule, severity, start, end, message: input.text() };
    });
    let sanitized: string | undefined;
    return {
      ok,
      issues,
      counts,
      get sanitized() {
        return (sanitized ??= unwrap(
          withText(text, (at, bytes) =>
            packed.lend((rulesAt, rulesBytes) => core().validateResponseSanitized(at, bytes, rulesAt, rulesBytes)),
          ),
        ).text());
      },
    };
  });
}

/**
 * What may be shown of an answer: validateResponse(text).sanitized without more than two empty lines in a row and without
 * white space around it.
 */
export function sanitizeResponse(text: string): string {
  return unwrap(withText(text, (at, bytes) => core().validateResponseClean(at, bytes))).text();
}

/** Whether an answer has a fault of length, leaked syntax or garbage that is high. */
export function isGarbageContent(text: string): boolean {
  return withText(text, (at, bytes) => core().validateResponseGarbage(at, bytes)) !== 0;
}

/** Start, end and rule of what validateResponse reports as leakage. */
export function detectLeakagePatterns(text: string): [start: number, end: number, rule: string][] {
  const input = unwrap(withText(text, (at, bytes) => core().validateResponseLeakage(at, bytes)));
  return input.all(() => {
    const { start, end } = input.span();
    return [start, end, input.text()];
  });
}

/** The text without its tags: "<" and a letter, "/", "!" or "?" up to the next ">" with no "<" between. */
export function stripMarkup(text: string): string {
  return unwrap(withText(text, (at, bytes) => core().validateResponseMarkup(at, bytes))).text();
}

/** What `validator_of` of targets/wasm/response.cpp reads. */
function packRules(rules: ResponseRules): Packer {
  const { pii, required, forbidden, allow, ...scalars } = rules;
  const input = unwrap(core().validateResponseDefaults());
  const { leakage, garbage, refusal, secrets, respectCode, minLength, maxLength, failSeverity } = settle(
    {
      leakage: input.truth(),
      garbage: input.truth(),
      refusal: input.truth(),
      secrets: input.truth(),
      respectCode: input.truth(),
      minLength: input.f64(),
      maxLength: input.f64(),
      failSeverity: input.text(),
    },
    scalars,
  );
  const out = new Packer();
  for (const flag of [leakage, garbage, refusal, secrets, respectCode]) out.u8(Number(flag));
  out.u32(whole(minLength) >>> 0).u32(whole(maxLength) >>> 0);
  packKinds(out.text(failSeverity), pii);
  for (const texts of [required, forbidden, allow]) {
    if (typeof texts === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    const items = [...(texts ?? [])];
    out.u32(items.length);
    for (const text of items) out.text(text);
  }
  return out;
}
