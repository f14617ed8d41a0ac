import { withText } from "./convert.js";
import { core } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A hard number of the claim and what the source says about it. */
export interface NumberMatch {
  readonly claimSpan: Span;
  /** `null` when it is missing. */
  readonly sourceSpan: Span | null;
  readonly status: "match" | "differ" | "missing";
}

/** What turns the meaning of a claim sentence against its best source sentence. */
export interface PolarityMatch {
  readonly claimSpan: Span;
  readonly sourceSpan: Span;
  readonly kind: "cue" | "prefix" | "antonym";
}

/** The four signals with their evidence; spans of the claim or of the source. */
export interface Signals {
  readonly entityOverlap: number;
  readonly numericalConsistency: boolean | null;
  readonly negationFlip: boolean;
  readonly traceability: number;
  /** Of the claim: entities that the source does not have. */
  readonly novelEntities: Span[];
  /** One for each hard number of the claim, in order. */
  readonly numbers: NumberMatch[];
  /** Of the claim sentences that conflict, in order. */
  readonly polarity: PolarityMatch[];
  /** Of the claim: content terms that the source does not have. */
  readonly missing: Span[];
  /** The source sentence that shares the most with the claim. */
  readonly bestSource: Span | null;
}

type Call<T> = (a: number, aBytes: number, b: number, bBytes: number) => T;

function withPair<T>(a: string, b: string, call: Call<T>): T {
  return withText(a, (at, bytes) => withText(b, (bAt, bBytes) => call(at, bytes, bAt, bBytes)));
}

/** How far two texts name the same things, from 0 to 1; symmetric; 1 when neither names any, 0 when only one does. */
export function entityOverlap(textA: string, textB: string): number {
  return withPair(textA, textB, core().entityOverlap);
}

/** Whether every hard number of the claim is matched by the source; `null` when either has no hard number. */
export function numericalConsistency(claim: string, source: string): boolean | null {
  return consistency(withPair(claim, source, core().numericalConsistency));
}

/** Whether a sentence of the claim says the opposite of all source sentences that share the most with it. */
export function negationFlip(claim: string, source: string): boolean {
  return withPair(claim, source, core().negationFlip) !== 0;
}

/** The share of the claim's content stems and hard numbers that the source has: 0 to 1; 1 when there are none. */
export function traceability(claim: string, source: string): number {
  return withPair(claim, source, core().traceability);
}

/** All signals with their evidence, from one reading of both texts. */
export function signals(claim: string, source: string): Signals {
  const flat = unwrap(withPair(claim, source, core().signals)).f64s();
  let at = 0;
  const next = (): number => flat[at++] as number;
  const span = (): Span => ({ start: next(), end: next() });
  const spanOrNull = (): Span | null => {
    const found = span();
    return found.start < 0 ? null : found;
  };
  const list = <T>(item: () => T): T[] => Array.from({ length: next() }, item);
  return {
    entityOverlap: next(),
    numericalConsistency: consistency(next()),
    negationFlip: next() === 1,
    traceability: next(),
    novelEntities: list(span),
    numbers: list(() => ({
      claimSpan: span(),
      sourceSpan: spanOrNull(),
      status: (["match", "differ", "missing"] as const)[next()]!,
    })),
    polarity: list(() => ({
      claimSpan: span(),
      sourceSpan: span(),
      kind: (["cue", "prefix", "antonym"] as const)[next()]!,
    })),
    missing: list(span),
    bestSource: spanOrNull(),
  };
}

/** The four signals of many pairs, one row for each. */
export interface SignalsBatch {
  readonly entityOverlap: Float64Array;
  /** 1, 0, or -1 for nothing to compare. */
  readonly numericalConsistency: Int8Array;
  readonly negationFlip: boolean[];
  readonly traceability: Float64Array;
}

/**
 * The four values of {@link signals} for many pairs, without their evidence.
 *
 * @param sources as many as claims, or one for all
 * @throws ParitasError `length_mismatch`
 */
export function signalsBatch(claims: Iterable<string>, sources: Iterable<string>): SignalsBatch {
  const flat = packedTexts(claims).lend((at, bytes) =>
    packedTexts(sources).lend((sourceAt, sourceBytes) =>
      unwrap(core().signalsBatch(at, bytes, sourceAt, sourceBytes)).f64s(),
    ),
  );
  const column = (offset: number): number[] =>
    Array.from({ length: flat.length / 4 }, (_, row) => flat[4 * row + offset] as number);
  return {
    entityOverlap: Float64Array.from(column(0)),
    numericalConsistency: Int8Array.from(column(1)),
    negationFlip: column(2).map((flip) => flip === 1),
    traceability: Float64Array.from(column(3)),
  };
}

const consistency = (value: number): boolean | null => (value < 0 ? null : value === 1);
