import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { matchUrl } from "./part_match.js";
import { verifyUrl } from "./part_verify.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-match.wasm`. */
  match?: WasmSource | undefined;
  /** The same of `paritas-verify.wasm`. */
  verify?: WasmSource | undefined;
}

/**
 * For answers that are watched while they come.
 *
 * Loads `paritas.wasm`, `paritas-match.wasm` and `paritas-verify.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { match: matchUrl, verify: verifyUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { type TextSource } from "./iterate.js";
export { CycleDetector, type CycleOptions, type CycleReport } from "./cycles.js";
export { HaltMonitor, type HaltConfig, type HaltOptions } from "./halt.js";
export type { DebugRecord, EvidenceChunk, HaltCode, HaltEvidence, StreamSession, TokenEvent } from "./session.js";
export type { Span } from "./span.js";
export { detectRepetition, RepetitionDetector, type RepetitionOptions, type RepetitionReport } from "./repetition.js";
export {
  haltTransform,
  StreamingKernel,
  streamTokens,
  type HaltTransformOptions,
  type ScoreCallback,
  type Scorer,
  type StreamOptions,
  type TokenSource,
  type TokenTrace,
} from "./streaming.js";
export {
  callSimilarity,
  canonicalJson,
  computeBatchSignatures,
  computeSignature,
  signatureSimilarity,
  type CanonicalOptions,
  type SignatureOptions,
} from "./signature.js";
export { serverSentEvents, sseTokens, type ServerSentEvent } from "./sse.js";
export {
  countCircularPatterns,
  detectCircularPhrases,
  findCircularPatterns,
  ThinkingDetector,
  type CircularPattern,
  type PatternAnalysis,
  type ThinkingOptions,
  type ThinkingStats,
} from "./thinking_detector.js";
export {
  containsThinkingTokens,
  extractThinkingContent,
  findThinkingTokens,
  removeThinking,
  StreamingFilter,
  stripThinkingTokens,
  type FilterStats,
  type Segment,
  type StreamingChunkResult,
  type StreamingFilterOptions,
  type ThinkingContent,
  type ThinkingToken,
} from "./thinking_filter.js";
export { filterThinking, thinkingFilterStream, type ThinkingStreamOptions } from "./thinking_stream.js";
export { trendDrop } from "./trend.js";
