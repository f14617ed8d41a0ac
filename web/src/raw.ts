import type { RawChunk } from "./raw_chunk.js";
import type { RawRepair } from "./raw_repair.js";

/** The address of a reply; `unwrap` of packed.ts reads it, before the next call. */
export type Reply = number & { readonly reply: unique symbol };

/** Functions of the module, as targets/wasm defines them. Handles and texts are addresses; a truth comes back as 0 or 1. */
export interface RawModule extends RawChunk, RawRepair {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  _initialize(): void;
  malloc(bytes: number): number;
  free(at: number): void;

  ahoDefaultKind(): Reply;
  ahoCreate(
    at: number,
    bytes: number,
    kind: number,
    kindBytes: number,
    folding: number,
    foldingBytes: number,
    wholeWords: boolean,
  ): Reply;
  ahoFromBytes(at: number, bytes: number): Reply;
  ahoDelete(self: number): void;
  ahoFind(self: number, at: number, bytes: number): Reply;
  ahoFindFirst(self: number, at: number, bytes: number): Reply;
  ahoContains(self: number, at: number, bytes: number): number;
  ahoCount(self: number, at: number, bytes: number): number;
  ahoCountByPattern(self: number, at: number, bytes: number): Reply;
  ahoMatchedPatterns(self: number, at: number, bytes: number): Reply;
  ahoReplace(self: number, at: number, bytes: number, replacement: number, size: number): Reply;
  ahoReplaceMany(self: number, at: number, bytes: number, replacements: number, size: number): Reply;
  ahoReplaceable(self: number): Reply;
  ahoReplaceEach(self: number, at: number, bytes: number, replacements: number, size: number): Reply;
  ahoToBytes(self: number): Reply;
  ahoPatterns(self: number): Reply;
  ahoPatternCount(self: number): number;
  ahoMatchKind(self: number): Reply;
  ahoEngine(self: number): Reply;
  ahoMemoryBytes(self: number): number;
  matchStreamCreate(patterns: number): number;
  matchStreamDelete(self: number): void;
  matchStreamFeed(self: number, at: number, bytes: number): Reply;
  matchStreamFinish(self: number): Reply;
  matchStreamReset(self: number): void;

  analyzerDefaults(): Reply;
  analyzerCreate(at: number, bytes: number, foldAccents: boolean, minLength: number, maxLength: number): Reply;
  analyzerPlain(): number;
  analyzerDelete(self: number): void;
  analyzerAnalyze(self: number, at: number, bytes: number): Reply;
  analyzerSpans(self: number, at: number, bytes: number): Reply;
  analyzerHighlight(self: number, queryAt: number, queryBytes: number, at: number, bytes: number): Reply;

  bm25Defaults(): Reply;
  bm25CallDefaults(): Reply;
  bm25Create(
    k1: number,
    b: number,
    delta: number,
    variant: number,
    variantBytes: number,
    storeText: boolean,
    analyzer: number,
  ): Reply;
  bm25FromBytes(at: number, bytes: number): Reply;
  bm25Delete(self: number): void;
  bm25AddDocument(self: number, at: number, bytes: number): Reply;
  bm25AddTokens(self: number, at: number, bytes: number): Reply;
  bm25AddDocuments(self: number, at: number, bytes: number, modeAt: number, modeBytes: number): Reply;
  bm25Remove(self: number, at: number, bytes: number): number;
  bm25RemoveMany(self: number, at: number, bytes: number): number;
  bm25Clear(self: number): void;
  bm25Query(
    self: number,
    at: number,
    bytes: number,
    nResults: number,
    minScore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  bm25QueryTokens(
    self: number,
    at: number,
    bytes: number,
    nResults: number,
    minScore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  bm25QueryBatch(
    self: number,
    at: number,
    bytes: number,
    nResults: number,
    minScore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  bm25QueryBatchArrays(
    self: number,
    at: number,
    bytes: number,
    nResults: number,
    minScore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  bm25GetScores(self: number, at: number, bytes: number): Reply;
  bm25GetScoresBatch(self: number, at: number, bytes: number): Reply;
  bm25Explain(self: number, at: number, bytes: number): Reply;
  bm25Highlight(self: number, queryAt: number, queryBytes: number, at: number, bytes: number): Reply;
  bm25Count(self: number): number;
  bm25Contains(self: number, at: number, bytes: number): number;
  bm25Get(self: number, at: number, bytes: number): Reply;
  bm25Ids(self: number): Reply;
  bm25Metadatas(self: number): Reply;
  bm25Optimize(self: number): void;
  bm25Stats(self: number): Reply;
  bm25ToBytes(self: number): Reply;

  canonicalJson(at: number, bytes: number): Reply;

  chunkDelete(self: number): void;
  chunkTokens(self: number): number;
  chunkChunk(self: number, at: number, bytes: number): Reply;
  chunkSpans(self: number, at: number, bytes: number): Reply;
  chunkSentenceDefaults(): Reply;
  chunkParagraphDefaults(): Reply;
  chunkTokenDefaults(): Reply;
  chunkFixedDefaults(): Reply;
  chunkSentenceCreate(
    chunkSize: number,
    overlap: number,
    unit: number,
    bytes: number,
    strip: boolean,
    minSentences: number,
    keepParagraphs: boolean,
  ): Reply;
  chunkParagraphCreate(chunkSize: number, overlap: number, unit: number, bytes: number, strip: boolean): Reply;
  chunkTokenCreate(chunkSize: number, overlap: number, unit: number, bytes: number, strip: boolean): Reply;
  chunkFixedCreate(chunkSize: number, overlap: number, unit: number, bytes: number, strip: boolean): Reply;
  chunkLanguageSeparators(at: number, bytes: number): Reply;
  chunkRecursiveDefaults(): Reply;
  chunkRecursiveCreate(at: number, bytes: number): Reply;
  chunkCountTokens(at: number, bytes: number): number;

  classifierDefaults(): Reply;
  classifierCreate(
    at: number,
    bytes: number,
    positionWeight: number,
    negationRadius: number,
    smoothing: number,
    threshold: number,
    inflects: boolean,
  ): Reply;
  classifierStandard(): number;
  classifierDelete(self: number): void;
  classifierCategories(self: number): Reply;
  classifierClassify(self: number, at: number, bytes: number): Reply;
  classifierClassifyBatch(self: number, at: number, bytes: number): Reply;
  classifierFind(self: number, at: number, bytes: number): Reply;
  classifierHasKeywords(self: number, at: number, bytes: number, categoryAt: number, categoryBytes: number): Reply;
  classifierHasNegation(self: number, at: number, bytes: number): number;
  classifierInflect(at: number, bytes: number): Reply;

  coherenceDefaults(): Reply;
  coherenceCreate(
    threshold: number,
    softLimit: number,
    wLogic: number,
    wFact: number,
    topK: number,
    allowNoEvidence: boolean,
    tenant: number,
    tenantBytes: number,
  ): Reply;
  coherenceDelete(self: number): void;
  coherencePlan(self: number, facts: number, at: number, bytes: number): Reply;
  coherencePlanDelete(self: number): void;
  coherencePairs(self: number): Reply;
  coherenceFinish(self: number, plan: number, asked: boolean, scores: number, count: number): Reply;

  codeRegions(at: number, bytes: number, withInline: boolean): Reply;

  factStoreDefaults(): Reply;
  factStoreCreate(k1: number, b: number): Reply;
  factStoreFromBytes(at: number, bytes: number): Reply;
  factStoreDelete(self: number): void;
  factStoreAdd(self: number, at: number, bytes: number): Reply;
  factStoreRemove(self: number, at: number, bytes: number): number;
  factStoreGet(self: number, at: number, bytes: number): Reply;
  factStoreCount(self: number, at: number, bytes: number): number;
  factStoreClear(self: number, at: number, bytes: number): void;
  factStoreTenants(self: number): Reply;
  factStoreQuery(self: number, at: number, bytes: number, k: number): Reply;
  factStoreContext(self: number, at: number, bytes: number, topK: number): Reply;
  factStoreToBytes(self: number): Reply;

  filterDepth(): number;
  matchesFilter(at: number, bytes: number): Reply;

  fusionDefaults(): Reply;
  fuse(at: number, bytes: number): Reply;

  hybridDefaults(): Reply;
  hybridCreate(at: number, bytes: number): Reply;
  hybridDelete(self: number): void;
  hybridFetch(self: number, nResults: number, both: boolean): Reply;
  hybridJoin(self: number, at: number, bytes: number): Reply;
  hybridToBytes(self: number, at: number, bytes: number): Reply;
  hybridOpen(at: number, bytes: number): Reply;

  exp(x: number): number;
  log(x: number): number;
  log2(x: number): number;
  xxh3_64(at: number, bytes: number, seed: bigint): bigint;
  xxh3_128(at: number, bytes: number, seed: bigint): Reply;
  fold(at: number, bytes: number, keepAccents: boolean): Reply;
  randomCreate(seed: bigint): number;
  randomDelete(self: number): void;
  randomNext(self: number): bigint;
  randomBelow(self: number, count: number): number;
  randomUnit(self: number): number;

  fieldDefaults(): Reply;
  fieldConfidence(at: number, bytes: number): Reply;
  fieldConfidenceBatch(at: number, bytes: number): Reply;

  piiScan(at: number, bytes: number, kindsAt: number, kindsBytes: number): Reply;
  piiMask(at: number, bytes: number, maskAt: number, maskBytes: number): Reply;
  registryEngineLoaded(): void;
  registryDefaults(): Reply;
  registryCreate(): Reply;
  registryDelete(self: number): void;
  registryAdd(self: number, at: number, bytes: number): Reply;
  registryAddMany(self: number, at: number, bytes: number): Reply;
  registryRemove(self: number, at: number, bytes: number): Reply;
  registrySetEnabled(self: number, at: number, bytes: number, enabled: boolean): Reply;
  registryGet(self: number, at: number, bytes: number): Reply;
  registryDefinitions(self: number): Reply;
  registryCategories(self: number): Reply;
  registrySize(self: number): number;
  registryHas(self: number, at: number, bytes: number): number;
  registryScan(self: number, at: number, bytes: number, replaceable: boolean): Reply;
  registryContains(self: number, at: number, bytes: number): Reply;
  registryCount(self: number, at: number, bytes: number): Reply;
  registrySummary(self: number, at: number, bytes: number): Reply;
  registryValidate(at: number, bytes: number): Reply;

  validateResponseDefaults(): Reply;
  validateResponseBatch(at: number, bytes: number, rulesAt: number, rulesBytes: number): Reply;
  validateResponseSanitized(at: number, bytes: number, rulesAt: number, rulesBytes: number): Reply;
  validateResponseClean(at: number, bytes: number): Reply;
  validateResponseGarbage(at: number, bytes: number): number;
  validateResponseLeakage(at: number, bytes: number): Reply;
  validateResponseMarkup(at: number, bytes: number): Reply;

  secretPatterns(): Reply;
  secretsHas(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;
  secretsMask(
    at: number,
    bytes: number,
    maskAt: number,
    maskBytes: number,
    visibleChars: number,
    optionsAt: number,
    optionsBytes: number,
  ): Reply;
  secretsMaskBatch(
    at: number,
    bytes: number,
    maskAt: number,
    maskBytes: number,
    visibleChars: number,
    optionsAt: number,
    optionsBytes: number,
  ): Reply;
  secretsScan(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;
  secretsScanBatch(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;
  secretsSummary(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;
  secretsTypes(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;

  tesseractWords(at: number, bytes: number): Reply;
  toolNameFault(at: number, bytes: number): Reply;

  textQuality(at: number, bytes: number): number;
  textQualityBatch(at: number, bytes: number): Reply;
  textQualityMaxSpans(): number;
  textQualityRules(): Reply;
  textQualityReport(at: number, bytes: number, maxSpans: number): Reply;

  validateFormat(at: number, bytes: number, typeAt: number, typeBytes: number, dayFirst: number): Reply;
  validateFormatBatch(
    at: number,
    bytes: number,
    typesAt: number,
    typesBytes: number,
    each: boolean,
    dayFirst: number,
  ): Reply;

  repetitionDefaults(): Reply;
  repetitionCreate(at: number): Reply;
  repetitionDelete(self: number): void;
  repetitionFeed(self: number, at: number, bytes: number): Reply;
  repetitionFinish(self: number): Reply;
  repetitionReset(self: number): void;
  repetitionDetect(at: number, bytes: number): Reply;

  signatureDigits(): number;
  signatureCompute(at: number, bytes: number, length: number): Reply;
  signatureSimilarity(at: number, bytes: number): number;
  signatureCallSimilarity(at: number, bytes: number): Reply;

  stem(at: number, bytes: number): Reply;
  stemEnglish(at: number, bytes: number): Reply;
  selfcheckCases(): number;
  selfcheckReport(cases: number): Reply;
  terms(at: number, bytes: number): Reply;
  sentences(at: number, bytes: number): Reply;
  preparedSourceCreate(passages: number, bytes: number): Reply;
  preparedSourceDelete(self: number): void;
  preparedSourceCounts(self: number): Reply;
  verifierDefaults(): Reply;
  verifierCheck(options: number, direction: number, bytes: number): Reply;
  verifyText(
    options: number,
    response: number,
    bytes: number,
    source: number,
    sourceBytes: number,
    atomic: boolean,
    evidence: number,
  ): Reply;
  verifyPrepared(
    options: number,
    response: number,
    bytes: number,
    source: number,
    atomic: boolean,
    evidence: number,
  ): Reply;
  planCreate(
    options: number,
    response: number,
    bytes: number,
    source: number,
    atomic: boolean,
    evidence: number,
  ): Reply;
  planDelete(self: number): void;
  planPairs(self: number, source: number): Reply;
  planFinish(self: number, source: number, options: number, scores: number, count: number): Reply;
  splitClaims(at: number, bytes: number, atomic: boolean): Reply;
  extractNumbers(at: number, bytes: number): Reply;
  extractEntities(at: number, bytes: number): Reply;
  extractCues(at: number, bytes: number): Reply;
  entityOverlap(a: number, aBytes: number, b: number, bBytes: number): number;
  /** 1, 0, or -1 for nothing to compare. */
  loopCircularPatterns(at: number, bytes: number): Reply;
  loopCircularCount(at: number, bytes: number): number;
  loopCircularFound(at: number, bytes: number): number;

  numericalConsistency(a: number, aBytes: number, b: number, bBytes: number): number;
  negationFlip(a: number, aBytes: number, b: number, bBytes: number): number;
  traceability(a: number, aBytes: number, b: number, bBytes: number): number;
  signals(a: number, aBytes: number, b: number, bBytes: number): Reply;
  signalsBatch(a: number, aBytes: number, b: number, bBytes: number): Reply;

  haltFields(): Reply;
  haltRefusal(field: number, hardLimit: number, shown: number, bytes: number): Reply;
  haltCreate(numbers: number): Reply;
  haltDelete(self: number): void;
  haltReport(self: number): number;
  haltRoom(self: number, bytes: number): number;
  haltStep(self: number, bytes: number, score: number, now: number, given: number): number;
  haltFail(self: number, code: number, value: number, detail: number, token: number): number;
  haltFinish(self: number): number;
  haltEmitted(self: number): Reply;
  haltReset(self: number): void;
  haltStop(self: number, stop: boolean): void;
  haltActive(self: number): number;
  haltWantsScore(self: number): number;
  haltReason(self: number, code: number): Reply;
  haltConfig(self: number): Reply;
  haltSummary(self: number): Reply;
  haltEvidence(self: number): Reply;
  haltSave(self: number): Reply;
  haltRestore(self: number, at: number, bytes: number): Reply;
  thinkingDefaults(): Reply;
  thinkingCreate(most: number, flags: number, at: number, bytes: number): Reply;
  thinkingDelete(self: number): void;
  thinkingRoom(self: number, bytes: number): number;
  thinkingStep(self: number, bytes: number): number;
  thinkingFinish(self: number, bytes: number): number;
  thinkingSegments(self: number): number;
  thinkingRefusal(self: number): Reply;
  thinkingReset(self: number): void;
  thinkingState(self: number): number;
  thinkingAbort(self: number): Reply;
  thinkingStats(self: number): Reply;
  thinkingStrip(at: number, bytes: number): Reply;
  thinkingRemove(at: number, bytes: number): Reply;
  thinkingContains(at: number, bytes: number): number;
  thinkingFind(at: number, bytes: number): Reply;
  thinkingExtract(at: number, bytes: number): Reply;

  trendDrop(values: number, count: number): number;

  defaultMemoryPerItemMb(): number;
  defaultStrictMemory(): number;
  optimalBatchSize(
    high: number,
    low: number,
    availableMemoryMb: number,
    memoryPerItemMb: number,
    strictMemory: boolean,
  ): Reply;
  defaultRegime(): Reply;
  defaultBaseConfidence(): number;
  defaultHistoryLimit(): number;
  spaceBound(high: number, low: number): Reply;
  spaceBoundBatch(t: number, count: number, bound: number, efficiency: number, reduction: number): void;
  confidenceMultiplier(high: number, low: number, regime: number, bytes: number): number;
  confidenceMultiplierBatch(n: number, count: number, regime: number, bytes: number, out: number): void;
  williamsSpaceBound(high: number, low: number): number;
  williamsOptimalBatchSize(high: number, low: number): number;
  williamsEfficiencyMultiplier(high: number, low: number): number;
  williamsSpaceSavedPercent(high: number, low: number): number;
  williamsConfidenceMultiplier(high: number, low: number, base: number): number;
  optimizerCreate(historyLimit: number): Reply;
  optimizerDelete(self: number): void;
  optimizerSpaceBound(self: number, high: number, low: number): Reply;
  optimizerBatchSize(
    self: number,
    high: number,
    low: number,
    availableMemoryMb: number,
    memoryPerItemMb: number,
    strictMemory: boolean,
  ): Reply;
  optimizerMultiplier(self: number, high: number, low: number, base: number, regime: number, bytes: number): number;
  optimizerHistory(self: number): Reply;
  optimizerMaxEfficiency(self: number): number;
  optimizerStats(self: number): Reply;
  optimizerReset(self: number): void;

  sameLength(a: number, b: number): Reply;
  cycleDefaults(): Reply;
  cycleCreate(at: number): Reply;
  cycleDelete(self: number): void;
  cycleRecord(self: number, nameAt: number, nameBytes: number, at: number, bytes: number): Reply;
  cycleRecordSignature(self: number, at: number, bytes: number): Reply;
  cycleReset(self: number): void;

  dotProduct(a: number, b: number, count: number): number;
  cosineSimilarity(a: number, b: number, count: number): number;
  cosineDistance(a: number, b: number, count: number): number;
  squaredEuclidean(a: number, b: number, count: number): number;
  euclideanDistance(a: number, b: number, count: number): number;
  norm(at: number, count: number): number;
  normalizeRows(at: number, rows: number, dim: number): Reply;
  similarityMatrix(
    queries: number,
    height: number,
    queryDim: number,
    corpus: number,
    rows: number,
    dim: number,
    normalize: boolean,
  ): Reply;
  normalizedRow(query: number, queryDim: number, corpus: number, rows: number, dim: number): Reply;
  pairwiseDistances(at: number, rows: number, dim: number, metric: number, bytes: number): Reply;
  /** `filter`: 0 none, 1 row numbers as float64, 2 a byte for each row. */
  thinkingDetectorDefaults(): Reply;
  thinkingDetectorCreate(at: number): Reply;
  thinkingDetectorDelete(self: number): void;
  thinkingDetectorAnalyze(self: number, at: number, bytes: number): Reply;
  thinkingDetectorReset(self: number): void;
  thinkingDetectorClearStats(self: number): void;
  thinkingDetectorStats(self: number): Reply;

  topK(
    queries: number,
    height: number,
    queryDim: number,
    corpus: number,
    rows: number,
    dim: number,
    metric: number,
    metricBytes: number,
    k: number,
    normalized: boolean,
    limited: boolean,
    threshold: number,
    filter: number,
    filterAt: number,
    filterCount: number,
  ): Reply;
  topKDefault(): number;
  quantizedCreate(at: number, rows: number, dim: number, dtype: number, bytes: number): Reply;
  quantizedFromBytes(at: number, bytes: number): Reply;
  quantizedDelete(self: number): void;
  quantizedShape(self: number): Reply;
  quantizedData(self: number): Reply;
  quantizedScales(self: number): Reply;
  quantizedValues(self: number, first: number, count: number): Reply;
  quantizedToBytes(self: number): Reply;
  quantizedTopK(
    self: number,
    queries: number,
    height: number,
    queryDim: number,
    metric: number,
    metricBytes: number,
    k: number,
    limited: boolean,
    threshold: number,
    filter: number,
    filterAt: number,
    filterCount: number,
    exact: number,
    exactRows: number,
    exactDim: number,
    oversample: number,
  ): Reply;
  quantizedSimilarities(self: number, queries: number, height: number, queryDim: number, normalize: boolean): Reply;
  hammingDistance(a: number, aBytes: number, b: number, bBytes: number): Reply;
  rescoreNeedsQuantized(): Reply;
  vectorIndexDefaults(): Reply;
  vectorQueryDefaultK(): number;
  vectorIndexCreate(
    at: number,
    bytes: number,
    dim: number,
    m: number,
    efConstruction: number,
    ef: number,
    seed: number,
    keepFull: boolean,
  ): Reply;
  vectorIndexFromBytes(at: number, bytes: number): Reply;
  vectorIndexDelete(self: number): void;
  vectorIndexAddBatch(self: number, at: number, bytes: number, values: number, rows: number, dim: number): Reply;
  vectorIndexAdd(self: number, at: number, bytes: number, values: number, dim: number): Reply;
  vectorIndexRemoveMany(self: number, at: number, bytes: number): number;
  vectorIndexClear(self: number): void;
  vectorIndexCompact(self: number): void;
  vectorIndexQueryBatch(
    self: number,
    at: number,
    rows: number,
    dim: number,
    k: number,
    ef: number,
    exact: boolean,
    rescore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  vectorIndexQueryBatchArrays(
    self: number,
    at: number,
    rows: number,
    dim: number,
    k: number,
    ef: number,
    exact: boolean,
    rescore: number,
    filterAt: number,
    filterBytes: number,
  ): Reply;
  vectorIndexCount(self: number): number;
  vectorIndexContains(self: number, at: number, bytes: number): number;
  vectorIndexGet(self: number, at: number, bytes: number): Reply;
  vectorIndexIds(self: number): Reply;
  vectorIndexMetadatas(self: number): Reply;
  vectorIndexStats(self: number): Reply;
  vectorIndexToBytes(self: number): Reply;
  oversampleDefault(): number;
  embeddingIndexCreate(): number;
  embeddingIndexDelete(self: number): void;
  embeddingIndexAdd(self: number, at: number, rows: number, dim: number, labels: number): Reply;
  embeddingIndexQuery(self: number, at: number, dim: number, k: number, threshold: number): Reply;
  embeddingIndexSimilarities(self: number, at: number, dim: number): Reply;
  embeddingIndexSize(self: number): number;
  embeddingIndexDim(self: number): number;

  hnswDefaults(): Reply;
  hnswCreate(at: number, metric: number, metricBytes: number, storage: number, storageBytes: number): Reply;
  hnswDelete(self: number): void;
  hnswAddBatch(
    self: number,
    vectors: number,
    rows: number,
    dim: number,
    at: number,
    bytes: number,
    tell: boolean,
  ): Reply;
  hnswSearch(
    self: number,
    queries: number,
    rows: number,
    dim: number,
    k: number,
    withEf: boolean,
    ef: number,
    filter: boolean,
    some: boolean,
    wanted: number,
    count: number,
  ): Reply;
  hnswRemove(self: number, id: number): Reply;
  hnswCompact(self: number): Reply;
  hnswSize(self: number): number;
  hnswDimension(self: number): number;
  hnswHas(self: number, id: number): number;
  hnswIds(self: number): Reply;
  hnswGet(self: number, id: number): Reply;
  hnswGetMetadata(self: number, id: number): Reply;
  hnswStats(self: number): Reply;
  hnswToBytes(self: number): Reply;
  hnswFromBytes(at: number, bytes: number): Reply;
}
