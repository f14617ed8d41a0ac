import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { verifyUrl } from "./part_verify.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-verify.wasm`. */
  verify?: WasmSource | undefined;
}

/**
 * For the verification of answers against sources.
 *
 * Loads `paritas.wasm` and `paritas-verify.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { verify: verifyUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { splitClaims, type Claim, type ClaimOptions } from "./claims.js";
export { CoherenceScorer, type CoherenceScore, type CoherenceScorerOptions, type Review } from "./coherence.js";
export { extractEntities, type Entity } from "./entities.js";
export { FactStore, GroundTruthStore, type Fact, type FactStoreOptions } from "./facts.js";
export { type Metadata, type MetadataScalar } from "./metadata.js";
export { type AskOptions, type NliScorer, type Pair, type Scores } from "./nli.js";
export { extractNumbers, type NumberInText } from "./numbers.js";
export { type DocId } from "./packed.js";
export { extractCues, type Cue } from "./polarity.js";
export { PreparedSource, type Passage, type Source } from "./prepared_source.js";
export { sentences } from "./sentences.js";
export {
  entityOverlap,
  negationFlip,
  numericalConsistency,
  signals,
  signalsBatch,
  traceability,
  type NumberMatch,
  type PolarityMatch,
  type Signals,
  type SignalsBatch,
} from "./signals.js";
export type { Span } from "./span.js";
export { type ClaimVerdict, type Reason, type SourceSpan, type VerificationResult } from "./verification_result.js";
export {
  VerifiedScorer,
  verify,
  verifyBatch,
  type VerificationPlan,
  type VerificationScores,
  type VerifiedScorerOptions,
  type VerifyOptions,
} from "./verifier.js";
