import type { Reply } from "./raw.js";

/** What paritas-repair.wasm exports. */
export interface RawRepair {
  coerceStrings(at: number, bytes: number): Reply;
  dedupNormalizeBlock(at: number, bytes: number): Reply;
  jsonExtract(at: number, bytes: number, repair: boolean, arrays: boolean): Reply;
  jsonExtractDefaults(): number;
  jsonNormalize(at: number, bytes: number): Reply;
  jsonRepair(at: number, bytes: number, optionsAt: number, optionsBytes: number): Reply;
  jsonRepairDefaults(): Reply;
  jsonStreamComplete(self: number): number;
  jsonStreamCreate(at: number, bytes: number): Reply;
  jsonStreamDelete(self: number): void;
  jsonStreamFeed(self: number, at: number, bytes: number): Reply;
  jsonStreamFinish(self: number): Reply;
  jsonStreamPath(self: number): Reply;
  jsonStreamReset(self: number): void;
  jsonStreamSnapshot(self: number): Reply;
  jsonType(at: number, bytes: number): number;
  jsonValid(at: number, bytes: number): number;
  normalizeTextDefaults(): Reply;
  normalizeTexts(at: number, bytes: number, mapped: boolean): Reply;
  textNormalizerCreate(at: number, bytes: number): Reply;
  textNormalizerDelete(self: number): void;
  textNormalizerFeed(self: number, at: number, bytes: number): Reply;
  textNormalizerFinish(self: number, at: number, bytes: number): Reply;
  textNormalizerReset(self: number): void;
}
