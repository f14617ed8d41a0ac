/** Where paritas-repair.wasm is. Written out, so that bundlers find the file, and alone, so that they leave it out where nobody asks. */
export const repairUrl = (): URL => new URL("./paritas-repair.wasm", import.meta.url);
