import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { matchUrl } from "./part_match.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-match.wasm`. */
  match?: WasmSource | undefined;
}

/**
 * For patterns and what is found by them.
 *
 * Loads `paritas.wasm` and `paritas-match.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { match: matchUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export {
  AhoCorasick,
  Match,
  MatchStream,
  type AhoCorasickOptions,
  type MatchArrays,
  type MatchKind,
} from "./aho_corasick.js";
export {
  classifyTask,
  classifyTaskBatch,
  findAllKeywords,
  hasActionKeywords,
  hasAnalysisKeywords,
  hasEditKeywords,
  hasGenerationKeywords,
  hasNegation,
  hasSearchKeywords,
  inflect,
  TaskClassifier,
  TaskType,
  type ClassificationResult,
  type FoundKeyword,
  type KeywordCategories,
  type KeywordMatch,
  type TaskClassifierOptions,
} from "./classify.js";
export { codeRegions, type CodeRegion } from "./code_regions.js";
export { initRegex, type InitRegexOptions } from "./init_regex.js";
export {
  PatternRegistry,
  type PatternDefinition,
  type PatternGiven,
  type PatternHit,
  type PatternOptions,
  type PatternReport,
  type PatternScanOptions,
  type PatternSeverity,
  type PatternSummary,
} from "./registry.js";
export { validateToolName, type ToolName } from "./tool_name.js";
