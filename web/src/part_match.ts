/** Where paritas-match.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const matchUrl = (): URL => new URL("./paritas-match.wasm", import.meta.url);
