import { load, type WasmSource } from "./module.js";
import { chunkUrl } from "./part_chunk.js";
import { firstUrl } from "./part_first.js";
import { guardUrl } from "./part_guard.js";
import { matchUrl } from "./part_match.js";
import { ocrUrl } from "./part_ocr.js";
import { repairUrl } from "./part_repair.js";
import { searchUrl } from "./part_search.js";
import { verifyUrl } from "./part_verify.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** What cuts texts. By default `paritas-chunk.wasm`; false leaves it out. */
  chunk?: WasmSource | false | undefined;
  /** What judges answers: secrets, personal data, leaks. By default `paritas-guard.wasm`; false leaves it out. */
  guard?: WasmSource | false | undefined;
  /** Patterns, and what filters a stream by them. By default `paritas-match.wasm`; false leaves it out. */
  match?: WasmSource | false | undefined;
  /** What looks at a field's text: formats, its quality, confidence. By default `paritas-ocr.wasm`; false leaves it out. */
  ocr?: WasmSource | false | undefined;
  /** What mends texts: JSON, duplicates, characters. By default `paritas-repair.wasm`; false leaves it out. */
  repair?: WasmSource | false | undefined;
  /** The indexes: BM25 and those of vectors. By default `paritas-search.wasm` beside the first; false leaves it out. */
  search?: WasmSource | false | undefined;
  /** Claims, signals, what watches streams, the self check. By default `paritas-verify.wasm`; false leaves it out. */
  verify?: WasmSource | false | undefined;
}

/**
 * Loads the modules, each once; every other function needs them.
 *
 * @throws ParitasError `unsupported` where WebAssembly or its SIMD is missing or forbidden, `not_found` for a file that
 *   cannot be fetched, `corrupt_data` for one that is no module
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, {
    chunk: chunkUrl,
    guard: guardUrl,
    match: matchUrl,
    ocr: ocrUrl,
    repair: repairUrl,
    search: searchUrl,
    verify: verifyUrl,
  });
}
