/** Where paritas-search.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const searchUrl = (): URL => new URL("./paritas-search.wasm", import.meta.url);
