/** Where paritas-guard.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const guardUrl = (): URL => new URL("./paritas-guard.wasm", import.meta.url);
