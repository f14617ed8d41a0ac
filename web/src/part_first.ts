/** Where paritas.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const firstUrl = (): URL => new URL("./paritas.wasm", import.meta.url);
