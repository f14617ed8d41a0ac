/** Where paritas-regex.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const regexUrl = (): URL => new URL("./paritas-regex.wasm", import.meta.url);
