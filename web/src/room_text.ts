import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
}

/**
 * For texts: sentences, terms, stems.
 *
 * Loads `paritas.wasm` alone, each once; they are the same for all entries of the package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, {});
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export { Analyzer, type AnalyzerOptions } from "./analyzer.js";
export { sentences } from "./sentences.js";
export type { Span } from "./span.js";
export { stemEnglish } from "./stem_english.js";
export { stem } from "./stem_light.js";
export { terms, type Term } from "./terms.js";
