/** What paritas-chunk.wasm exports. */
export interface RawChunk {
  countLines(at: number, bytes: number): number;
}
