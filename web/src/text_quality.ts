import { settle, whole, withText } from "./convert.js";
import { core } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A token that looks like noise. */
export interface GarbageSpan {
  readonly span: Span;
  /** Of the token alone, 0 to below 0.5. */
  readonly quality: number;
  /** What lowered it, in the order of the rules: "digit_in_word". */
  readonly rules: string[];
}

/** How much a text looks like writing, and what does not. */
export interface TextQuality {
  /** 0 to 1. */
  readonly quality: number;
  readonly tokens: number;
  /** Those with a quality below 0.5. */
  readonly garbageTokens: number;
  /** The rules that lowered a token, in their order, and how many tokens each. */
  readonly rules: Record<string, number>;
  /** The worst first, equal ones in text order. */
  readonly spans: GarbageSpan[];
}

export interface TextQualityOptions {
  /** How many tokens that look like noise at most; 50 by default. */
  maxSpans?: number;
}

/**
 * How much a text looks like writing, from 0 to 1: without a dictionary, without a language setting.
 *
 * Tokens are judged by their signs, digits, case, scripts and pairs of letters, and weigh as much as they are long. Noise
 * of a scanner is low; a wrong word that is a word is not. 0 for a text without a token.
 */
export function textQuality(text: string): number {
  return withText(text, (at, bytes) => core().textQuality(at, bytes));
}

/** {@link textQuality} of each text. */
export function textQualityBatch(texts: Iterable<string>): Float64Array {
  return packedTexts(texts).lend((at, bytes) => unwrap(core().textQualityBatch(at, bytes)).f64s());
}

let ruleNames: string[] | undefined;

/**
 * {@link textQuality}, the rules that lowered it, and the tokens that look like noise.
 *
 * @throws ParitasError `invalid_argument` for a negative maxSpans
 */
export function textQualityReport(text: string, options: TextQualityOptions = {}): TextQuality {
  const { maxSpans } = settle({ maxSpans: core().textQualityMaxSpans() }, options);
  const names = (ruleNames ??= ((reply) => reply.all(() => reply.text()))(unwrap(core().textQualityRules())));
  const reply = unwrap(withText(text, (at, bytes) => core().textQualityReport(at, bytes, whole(maxSpans))));
  const [quality, tokens, garbageTokens] = [reply.f64(), reply.u32(), reply.u32()];
  const counts = names.map((name) => [name, reply.u32()] as const);
  const spans = reply.list(() => {
    const [span, tokenQuality, bits] = [reply.span(), reply.f64(), reply.u32()];
    return { span, quality: tokenQuality, rules: names.filter((_, i) => (bits >> i) & 1) };
  });
  const rules = Object.fromEntries(counts.filter(([, count]) => count > 0));
  return { quality, tokens, garbageTokens, rules, spans };
}
