import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { ocrUrl } from "./part_ocr.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-ocr.wasm`. */
  ocr?: WasmSource | undefined;
}

/**
 * For OCR: fields and their numbers.
 *
 * Loads `paritas.wasm` and `paritas-ocr.wasm`, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { ocr: ocrUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { optimalBatchSize, type BatchSizeOptions } from "./batch_size.js";
export type { Integer, Integers } from "./integers.js";
export {
  validateFormat,
  validateFormatBatch,
  type FormatOptions,
  type FormatResult,
  type FormatType,
} from "./formats.js";
export {
  fieldConfidence,
  fieldConfidenceBatch,
  type DocumentSummary,
  type FieldConfidence,
  type FieldOptions,
  type FieldReason,
  type FieldReport,
  type OcrField,
} from "./field_confidence.js";
export { tesseractWords, type OcrWord } from "./tesseract_words.js";
export {
  textQuality,
  textQualityBatch,
  textQualityReport,
  type GarbageSpan,
  type TextQuality,
  type TextQualityOptions,
} from "./text_quality.js";
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
