import { load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { guardUrl } from "./part_guard.js";
import { matchUrl } from "./part_match.js";

export interface InitOptions {
  /** Where the module is, or what is in it; by default `paritas.wasm` beside this file. */
  wasm?: WasmSource | undefined;
  /** The same of `paritas-match.wasm`. */
  match?: WasmSource | undefined;
  /** The same of `paritas-guard.wasm`. */
  guard?: WasmSource | undefined;
}

/**
 * For what a text must not hold: secrets, personal data, what leaks from a model.
 *
 * Loads `paritas.wasm`, `paritas-match.wasm` and `paritas-guard.wasm`, each once; they are the same for all entries of the
 * package.
 */
export function init(options: InitOptions = {}): Promise<void> {
  return load(options, firstUrl, { match: matchUrl, guard: guardUrl });
}

export { ParitasError, ParitasTypeError } from "./errors.js";
export type { WasmSource } from "./load.js";
export {
  maskPii,
  maskPiiBatch,
  scanPii,
  scanPiiBatch,
  type PiiKind,
  type PiiMaskOptions,
  type PiiMatch,
  type PiiOptions,
} from "./pii.js";
export {
  detectLeakagePatterns,
  isGarbageContent,
  sanitizeResponse,
  stripMarkup,
  validateResponse,
  validateResponseBatch,
  type Issue,
  type IssueKind,
  type ResponseRules,
  type Severity,
  type ValidationResult,
} from "./response.js";
export {
  getSecretTypes,
  hasSecrets,
  listSecretPatterns,
  maskSecrets,
  maskSecretsBatch,
  scanSecrets,
  scanSecretsBatch,
  scanSecretsSummary,
  type MaskOptions,
  type SecretConfidence,
  type SecretMatch,
  type SecretOptions,
  type SecretPattern,
  type SecretSeverity,
  type SecretSummary,
} from "./secrets.js";
