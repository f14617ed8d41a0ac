import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { repairUrl } from "./part_repair.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-repair.wasm`. */
  repair?: WasmSource | undefined;
}

/**
 * For mending texts: JSON, duplicates, characters.
 *
 * Loads `paritas.wasm` and `paritas-repair.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { repair: repairUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export {
  type Change,
  type JsonOptions,
  type RepairOptions,
  type RepairResult,
  repairJson,
  repairJsonLoads,
  repairJsonReport,
} from "./json_repair.js";
export { getJsonType, isValidJson, type JsonType } from "./json_scan.js";
export { JsonStream } from "./json_stream.js";
export type { WasmSource } from "./load.js";
export { batchCoerceStringTypes, coerceStringType, type CoercedValue } from "./coerce.js";
export {
  type ExtractOptions,
  extractJsonObjects,
  extractJsonValues,
  type JsonSpan,
  normalizeJsonString,
} from "./json_extract.js";
export { ContentHasher, type ContentHasherOptions } from "./content_hasher.js";
export {
  deduplicate,
  findDuplicateBlocks,
  OutputDeduplicator,
  rollingHashBlocks,
  StreamingDeduplicator,
  type BlockOptions,
  type DedupOptions,
  type DedupStats,
  type DuplicateBlock,
  type HashedBlock,
  type OutputDedupOptions,
} from "./dedup.js";
export { deduplicateStream, deduplicationStream } from "./dedup_stream.js";
export { MinHash, type MinHashOptions, type Signature } from "./minhash.js";
export { MinHashLSH, type MinHashLshOptions } from "./minhash_lsh.js";
export {
  keepIndices,
  nearDuplicateGroups,
  nearDuplicates,
  type NearDuplicateOptions,
  type NearPair,
} from "./near_duplicates.js";
export { SimHash, SimHashIndex } from "./simhash.js";
export { normalizeBlock } from "./normalize_block.js";
export {
  normalizeText,
  normalizeTextBatch,
  normalizeTextMapped,
  normalizeTextMappedBatch,
  OffsetMap,
  TextNormalizer,
  type NormalizeOptions,
  type TextEdit,
} from "./normalize_text.js";
