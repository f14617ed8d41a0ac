import { core, load, type WasmSource } from "./module.js";
import { firstUrl } from "./part_first.js";
import { matchUrl } from "./part_match.js";
import { regexUrl } from "./part_regex.js";

export interface InitRegexOptions {
  /** Where `paritas-regex.wasm` is, or what is in it; by default beside this file. */
  regex?: WasmSource | undefined;
  /** The same of `paritas.wasm` and `paritas-match.wasm`, where they are not there yet. */
  wasm?: WasmSource | undefined;
  match?: WasmSource | undefined;
}

/**
 * Loads RE2, once, for the patterns of the kind "regex"; literals do without it. It may come before `init()` or after it.
 *
 * @throws ParitasError as `init`
 */
export async function initRegex(options: InitRegexOptions = {}): Promise<void> {
  await load(options, firstUrl, { match: matchUrl, regex: regexUrl });
  core().registryEngineLoaded();
}
