import { unmarkedUtf16 } from "./sniff.js";

/** A text and, where its encoding is a guess, a sentence that says so. */
export interface Decoded {
  text: string;
  note: string | null;
}

const decode = (bytes: Uint8Array, encoding: string, fatal = false): string =>
  new TextDecoder(encoding, { fatal }).decode(bytes);

/**
 * Bytes as text: by their mark, else as UTF-8 if they are well-formed, else by a guess that is told.
 *
 * @param whole false where the bytes are the first part of a file: the last character may be cut
 */
export function decodeText(bytes: Uint8Array, whole = true): Decoded {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { text: decode(bytes, "utf-16le"), note: null };
  if (a === 0xfe && b === 0xff) return { text: decode(bytes, "utf-16be"), note: null };
  const wide = unmarkedUtf16(bytes.subarray(0, 4096));
  if (wide !== null) {
    return {
      text: decode(bytes, wide),
      note: `The text does not say its encoding; it looks like ${wide.toUpperCase()} and was read as such.`,
    };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !whole });
    return { text, note: null };
  } catch {
    const note =
      "The text is not UTF-8 and was read as Western European (Windows-1252). If letters look wrong, save it as UTF-8 and open it again.";
    return { text: decode(bytes, "windows-1252"), note };
  }
}
