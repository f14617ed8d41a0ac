import type { Reply } from "./raw.js";

/** What paritas-repair.wasm exports. */
export interface RawRepair {
  coerceStrings(at: number, bytes: number): Reply;
  dedupNormalizeBlock(at: number, bytes: number): Reply;
  jsonExtract(at: number, bytes: number, repair: boolean, arrays: boolean): Reply;
  jsonExtractDefaults(): number;
  jsonNormalize(at: number, bytes: number): Reply;
  normalizeTextDefaults(): Reply;
  normalizeTexts(at: number, bytes: number, mapped: boolean): Reply;
  textNormalizerCreate(at: number, bytes: number): Reply;
  textNormalizerDelete(self: number): void;
  textNormalizerFeed(self: number, at: number, bytes: number): Reply;
  textNormalizerFinish(self: number, at: number, bytes: number): Reply;
  textNormalizerReset(self: number): void;
}
