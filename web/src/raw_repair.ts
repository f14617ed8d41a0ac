import type { Reply } from "./raw.js";

/** What paritas-repair.wasm exports. */
export interface RawRepair {
  dedupNormalizeBlock(at: number, bytes: number): Reply;
}
