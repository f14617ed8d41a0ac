import type { ParitasError } from "./module.js";
import type { DocId, Unpacker } from "./packed.js";
import type { Span } from "./span.js";

/** Why a verdict is what it is. */
export interface Reason {
  /** "number_mismatch", "entity_missing", "verbatim", "low_support" ... */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** It contradicts by itself. */
  readonly decisive: boolean;
  /** Of the response. */
  readonly claimSpan: Span | null;
  /** Of the passage. */
  readonly sourceSpan: Span | null;
  /** Of the `sourceSpan`; -1 without one. */
  readonly passage: number;
}

/** A sentence of the source that speaks of what a claim says. */
export interface SourceSpan {
  readonly text: string;
  /** Of the sentence, in all passages. */
  readonly index: number;
  /** Of the passage. */
  readonly span: Span;
  readonly passage: number;
  /** What the caller calls the passage; `null` when it has no id. */
  readonly passageId: DocId | null;
  /** Share of the claim's stems and numbers that it has, or the entailment that the caller's model gave. */
  readonly score: number;
  readonly nliDivergence: number;
  /** Share of the claim's strong entities whose words it has; 1 when there are none. */
  readonly entityMatch: number;
  /** Whether it matches every hard number of the claim; `null` when either has none. */
  readonly numericalMatch: boolean | null;
}

/** What became of one claim of the response. */
export interface ClaimVerdict {
  readonly claim: string;
  readonly span: Span;
  readonly claimIndex: number;
  /** The source sentence that shares the most with it; "" when none shares anything. */
  readonly matchedSource: string;
  /** Of that sentence, in all passages; -1 without one. */
  readonly sourceIndex: number;
  readonly sourceSpan: Span | null;
  readonly passage: number;
  /** That the source supports it. */
  readonly probability: number;
  readonly nliDivergence: number;
  readonly entityMatch: number;
  readonly numericalMatch: boolean | null;
  /** It says the opposite of all source sentences that share the most with it. */
  readonly negationFlip: boolean;
  readonly traceability: number;
  readonly verdict: "supported" | "contradicted" | "fabricated" | "unverifiable";
  readonly confidence: number;
  /** Decisive ones first. */
  readonly reasons: Reason[];
  /** Best first. */
  readonly evidenceSpans: SourceSpan[];
  readonly isAtomic: boolean;
}

/** Whether a source supports a response, claim by claim. */
export interface VerificationResult {
  readonly approved: boolean;
  /** How likely the source supports the whole response. */
  readonly score: number;
  readonly confidence: "high" | "medium" | "low";
  readonly claims: ClaimVerdict[];
  readonly supportedCount: number;
  readonly contradictedCount: number;
  readonly fabricatedCount: number;
  readonly unverifiableCount: number;
  /** Supported claims of all, 0 when there are none. */
  readonly coverage: number;
  /** Of all claims: decisive ones first, then in order of the claims. */
  readonly reasons: Reason[];
  readonly status: "ok" | "no_claims" | "no_source" | "error";
}

const NOWHERE = 0xffffffff;

/** Reads what targets/wasm/verifier.cpp has written; texts are cut from those of the caller. */
export function readResult(
  input: Unpacker,
  response: string,
  passages: readonly string[],
  ids: readonly DocId[] | null,
): VerificationResult {
  const place = (): { passage: number; span: Span | null; text: string } => {
    const [passage, span] = [input.u32(), input.span()];
    if (passage === NOWHERE) return { passage: -1, span: null, text: "" };
    return { passage, span, text: passages[passage]!.slice(span.start, span.end) };
  };
  const maybe = (): boolean | null => ([false, true, null] as const)[input.u32()]!;
  const approved = input.truth();
  const status = (["ok", "no_claims", "no_source"] as const)[input.u32()]!;
  const confidence = (["high", "medium", "low"] as const)[input.u32()]!;
  const [score, coverage] = [input.f64(), input.f64()];
  const [supported, contradicted, fabricated, unverifiable] = [input.u32(), input.u32(), input.u32(), input.u32()];
  const reasons = input.list((): Reason => {
    const [code, message, decisive, claimed] = [input.text(), input.text(), input.truth(), input.truth()];
    const claimSpan = input.span();
    const { passage, span } = place();
    return { code, message, decisive, claimSpan: claimed ? claimSpan : null, sourceSpan: span, passage };
  });
  const order = input.list(() => input.u32());
  const evidence = input.list((): SourceSpan => {
    const index = input.u32();
    const { passage, span, text } = place();
    const [score, entityMatch, numericalMatch] = [input.f64(), input.f64(), maybe()];
    const passageId = ids === null ? null : ids[passage]!;
    const nliDivergence = 1 - score;
    return { text, index, span: span!, passage, passageId, score, nliDivergence, entityMatch, numericalMatch };
  });
  let claimIndex = 0;
  const claims = input.list((): ClaimVerdict => {
    const [span, sourceIndex] = [input.span(), input.u32()];
    const source = place();
    const [probability, entityMatch, numericalMatch] = [input.f64(), input.f64(), maybe()];
    return {
      claim: response.slice(span.start, span.end),
      span,
      claimIndex: claimIndex++,
      matchedSource: source.text,
      sourceIndex: sourceIndex === NOWHERE ? -1 : sourceIndex,
      sourceSpan: source.span,
      passage: source.passage,
      probability,
      nliDivergence: 1 - probability,
      entityMatch,
      numericalMatch,
      negationFlip: input.truth(),
      traceability: input.f64(),
      verdict: (["supported", "contradicted", "fabricated", "unverifiable"] as const)[input.u32()]!,
      confidence: input.f64(),
      reasons: reasons.slice(input.u32(), input.u32()),
      evidenceSpans: evidence.slice(input.u32(), input.u32()),
      isAtomic: input.truth(),
    };
  });
  return {
    approved,
    score,
    confidence,
    claims,
    supportedCount: supported,
    contradictedCount: contradicted,
    fabricatedCount: fabricated,
    unverifiableCount: unverifiable,
    coverage,
    reasons: order.map((i) => reasons[i]!),
    status,
  };
}

/** The result of a pair that could not be verified. */
export function failed({ code, message }: ParitasError): VerificationResult {
  const reason: Reason = { code, message, decisive: false, claimSpan: null, sourceSpan: null, passage: -1 };
  return {
    approved: false,
    score: 0,
    confidence: "low",
    claims: [],
    supportedCount: 0,
    contradictedCount: 0,
    fabricatedCount: 0,
    unverifiableCount: 0,
    coverage: 0,
    reasons: [reason],
    status: "error",
  };
}
