/** Where paritas-ocr.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const ocrUrl = (): URL => new URL("./paritas-ocr.wasm", import.meta.url);
