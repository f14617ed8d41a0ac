/** Where paritas-verify.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const verifyUrl = (): URL => new URL("./paritas-verify.wasm", import.meta.url);
