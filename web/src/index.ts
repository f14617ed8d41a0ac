export { Analyzer, type AnalyzerOptions } from "./analyzer.js";
export { optimalBatchSize, type BatchSizeOptions } from "./batch_size.js";
export type { Integer, Integers } from "./integers.js";
export {
  BM25,
  type AddOptions,
  type Bm25Options,
  type Bm25Rows,
  type Bm25Settings,
  type Bm25Stats,
  type Document,
  type Explanation,
  type Hit,
  type QueryOptions,
  type TermScore,
} from "./bm25.js";
export { type Metadata, type MetadataScalar } from "./metadata.js";
export { type DocId } from "./packed.js";
export { matchesFilter, type Filter, type FilterCondition, type FilterOperators } from "./filter.js";
export { type AnyFilter } from "./selection.js";
export { rrf, weightedFusion, type FusionOptions, type Ranked, type RrfOptions, type Scored } from "./fusion.js";
export { HaltMonitor, type HaltConfig, type HaltOptions } from "./halt.js";
export {
  HybridIndex,
  type Embed,
  type HybridOptions,
  type HybridQuery,
  type HybridQueryOptions,
  type HybridResult,
} from "./hybrid.js";
export { init, ParitasError, ParitasTypeError, type InitOptions, type WasmSource } from "./module.js";
export { selfcheck, selfcheckReport, type FeatureDigest, type SelfcheckReport } from "./selfcheck.js";
export type { DebugRecord, EvidenceChunk, HaltCode, HaltEvidence, StreamSession, TokenEvent } from "./session.js";
export { stemEnglish } from "./stem_english.js";
export { stem } from "./stem_light.js";
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
export { trendDrop } from "./trend.js";
export { version } from "./version.js";
export {
  MATHALIVE_GRAVITY_P,
  TSP_LEVERAGE_MULTIPLIERS,
  WilliamsSpaceOptimizer,
  WilliamsSpaceOptimizerFFI,
  calculateOptimalTestDataSize,
  confidenceMultiplier,
  confidenceMultiplierBatch,
  spaceBound,
  spaceBoundBatch,
  williamsConfidenceMultiplier,
  williamsEfficiencyMultiplier,
  williamsOptimalBatchSize,
  williamsSpaceBound,
  williamsSpaceSavedPercent,
  type OptimizationStats,
  type SpaceBoundBatch,
  type SpaceBoundBatchOptions,
  type SpaceBoundResult,
} from "./williams.js";
export { splitClaims, type Claim, type ClaimOptions } from "./claims.js";
export { CoherenceScorer, type CoherenceScore, type CoherenceScorerOptions, type Review } from "./coherence.js";
export { extractEntities, type Entity } from "./entities.js";
export { FactStore, GroundTruthStore, type Fact, type FactStoreOptions } from "./facts.js";
export { extractNumbers, type NumberInText } from "./numbers.js";
export { extractCues, type Cue } from "./polarity.js";
export { type AskOptions, type NliScorer, type Pair, type Scores } from "./nli.js";
export { PreparedSource, type Passage, type Source } from "./prepared_source.js";
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
export { terms, type Term } from "./terms.js";
export { cosineDistance, cosineSimilarity } from "./cosine.js";
export { euclideanDistance, squaredEuclidean, squaredEuclideanDistance } from "./distance.js";
export { dotProduct } from "./dot.js";
export { EmbeddingIndex } from "./embedding_index.js";
export { HNSWIndex, type HnswAddOptions, type HnswOptions, type HnswSearchOptions, type HnswStats } from "./hnsw.js";
export type { Matrix, Vector } from "./floats.js";
export {
  batchCosineSimilarity,
  batchCosineSimilarityNormalized,
  cosineSimilarityBatch,
  cosineSimilarityMatrix,
  type MatrixOptions,
  type Metric,
  pairwiseDistances,
  type SimilarityOptions,
  similarityMatrix,
} from "./matrix.js";
export { hammingDistance, quantize, QuantizedVectors, type QuantizedDtype } from "./quantize.js";
export {
  batchNormalizeVectors,
  norm,
  normalize,
  normalizeBatch,
  normalizeBatchInplace,
  normalizeInplace,
} from "./normalize.js";
export {
  batchCosineSimilarityTopk,
  type Neighbour,
  type TopKArrays,
  topKArrays,
  type TopKOptions,
  topKSimilar,
  topKSimilarNormalized,
} from "./topk.js";
export {
  VectorIndex,
  type VectorAddOptions,
  type VectorBatchOptions,
  type VectorDocument,
  type VectorHit,
  type VectorIndexOptions,
  type VectorIndexStats,
  type VectorQueryOptions,
  type VectorRows,
} from "./vector_index.js";
export { VectorOps } from "./vector_ops.js";
