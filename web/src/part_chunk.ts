/** Where paritas-chunk.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const chunkUrl = (): URL => new URL("./paritas-chunk.wasm", import.meta.url);
