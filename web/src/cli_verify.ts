// `paritas verify`: claims with verdicts, evidence and reasons. python/paritas/cli_verify.py writes the same bytes.
import { InputError, readText } from "./cli_input.js";
import { codePoints, oneLine } from "./cli_output.js";
import { type ClaimVerdict, PreparedSource, type Reason, type Span, type VerificationResult, verify } from "./index.js";

const COLORS = { supported: "32", contradicted: "31", fabricated: "35", unverifiable: "33" } as const;
const BOLD = "1";
const DIM = "2";

type Paint = (text: string, ...codes: string[]) => string;

export interface VerifyArguments {
  response?: string | undefined;
  source?: string[] | undefined;
  atomic?: boolean | undefined;
  failUnder?: string | undefined;
  color?: string | undefined;
}

/** What --json prints, the lines for people, and whether the answer passes. */
export function runVerify({ response, source: names, atomic = false, failUnder, color = "auto" }: VerifyArguments): {
  result: unknown;
  lines: string[];
  passes: boolean;
} {
  if (response === undefined || names === undefined) throw new InputError("--response and --source are needed");
  if (!["auto", "always", "never"].includes(color)) throw new InputError("--color is auto, always or never");
  const least = failUnder === undefined ? undefined : score(failUnder);
  if ([response, ...names].filter((name) => name === "-").length > 1) {
    throw new InputError("only one of --response and --source can be standard input");
  }
  const answer = readText(response);
  const texts = names.map((name) => readText(name));
  using prepared = texts.length === 1 ? null : new PreparedSource(texts, names);
  const result = verify(answer, prepared ?? texts[0]!, { atomic });
  const paint = painter(color);
  const verdict = result.approved ? "approved" : "not approved";
  const painted = paint(verdict, BOLD, COLORS[result.approved ? "supported" : "contradicted"]);
  const lines = [`${painted}: score ${percent(result.score)}, ${result.confidence} confidence`];
  for (const claim of result.claims) lines.push(...claimLines(claim, paint));
  if (result.claims.length === 0) lines.push(...result.reasons.map(({ message }) => `   ${message}`));
  lines.push(
    `${result.claims.length} claims: ${result.supportedCount} supported, ${result.contradictedCount} contradicted, ` +
      `${result.fabricatedCount} fabricated, ${result.unverifiableCount} unverifiable`,
  );
  const passes = least === undefined ? result.approved : result.score >= least;
  return { result: plain(result, answer, texts), lines, passes };
}

function score(text: string): number {
  const value = /^([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(text) ? Number(text) : -1;
  if (!(value >= 0 && value <= 1)) throw new InputError(`${text} is no number from 0 to 1`);
  return value;
}

function percent(share: number): string {
  return `${Math.trunc(share * 100 + 0.5)} %`;
}

function painter(when: string): Paint {
  const colored = when === "always" || (when === "auto" && process.stdout.isTTY && !process.env["NO_COLOR"]);
  return (text, ...codes) => (colored ? `\x1b[${codes.join(";")}m${text}\x1b[0m` : text);
}

function claimLines(claim: ClaimVerdict, paint: Paint): string[] {
  const color = COLORS[claim.verdict];
  const verdict = `${paint(claim.verdict, color)} ${percent(claim.probability)}`;
  const lines = [`${claim.claimIndex + 1}. ${verdict}  ${marked(claim, paint, color)}`];
  for (const { decisive, message } of claim.reasons) lines.push(`   ${decisive ? "!" : "-"} ${oneLine(message)}`);
  for (const evidence of claim.evidenceSpans.slice(0, 1)) {
    if (evidence.score > 0) {
      const place = evidence.passageId === null ? "source" : oneLine(String(evidence.passageId));
      lines.push(paint(`   ${place}: ${oneLine(evidence.text)}`, DIM));
    }
  }
  return lines;
}

/** The claim, with the words that the reasons point at. */
function marked(claim: ClaimVerdict, paint: Paint, color: string): string {
  const text = oneLine(claim.claim);
  const spans = claim.reasons.flatMap((reason) => inside(reason, claim) ?? []);
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let out = "";
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    out += text.slice(at, start) + paint(text.slice(start, end), BOLD, color);
    at = end;
  }
  return out + text.slice(at);
}

/** Where in the claim a reason points, if not at all of it. */
function inside({ claimSpan }: Reason, claim: ClaimVerdict): Span | null {
  if (claimSpan === null || (claimSpan.start === claim.span.start && claimSpan.end === claim.span.end)) return null;
  return { start: claimSpan.start - claim.span.start, end: claimSpan.end - claim.span.start };
}

/** The result as Python's `to_dict` says it: its names, spans in code points. */
function plain(result: VerificationResult, answer: string, passages: readonly string[]): unknown {
  const inAnswer = counter(answer);
  const inPassage = passages.map(counter);
  const ofClaim = (span: Span | null) => (span === null ? null : inAnswer(span));
  const ofPassage = (span: Span | null, passage: number) => (span === null ? null : inPassage[passage]!(span));
  const reason = ({ code, message, decisive, claimSpan, sourceSpan, passage }: Reason) => ({
    code,
    message,
    decisive,
    claim_span: ofClaim(claimSpan),
    source_span: ofPassage(sourceSpan, passage),
    passage,
  });
  return {
    approved: result.approved,
    overall_score: result.score,
    confidence: result.confidence,
    supported: result.supportedCount,
    contradicted: result.contradictedCount,
    fabricated: result.fabricatedCount,
    unverifiable: result.unverifiableCount,
    coverage: result.coverage,
    claims: result.claims.map((claim) => ({
      claim: claim.claim,
      span: ofClaim(claim.span),
      claim_index: claim.claimIndex,
      matched_source: claim.matchedSource,
      source_index: claim.sourceIndex,
      source_span: ofPassage(claim.sourceSpan, claim.passage),
      passage: claim.passage,
      probability: claim.probability,
      nli_divergence: claim.nliDivergence,
      entity_match: claim.entityMatch,
      numerical_match: claim.numericalMatch,
      negation_flip: claim.negationFlip,
      traceability: claim.traceability,
      verdict: claim.verdict,
      confidence: claim.confidence,
      reasons: claim.reasons.map(reason),
      evidence_spans: claim.evidenceSpans.map((evidence) => ({
        text: evidence.text,
        index: evidence.index,
        span: ofPassage(evidence.span, evidence.passage),
        passage: evidence.passage,
        passage_id: evidence.passageId,
        score: evidence.score,
        nli_divergence: evidence.nliDivergence,
        entity_match: evidence.entityMatch,
        numerical_match: evidence.numericalMatch,
      })),
      is_atomic: claim.isAtomic,
    })),
    reasons: result.reasons.map(reason),
    status: result.status,
  };
}

/** Spans of a text as pairs of code points. */
function counter(text: string): (span: Span) => [number, number] {
  const points = codePoints(text);
  return ({ start, end }) => [points(start), points(end)];
}
