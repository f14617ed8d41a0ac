// What a file is by its first bytes, whatever its name says; and how large a picture is before anybody decodes it.

export type PictureKind = "png" | "jpeg" | "gif" | "bmp" | "webp" | "avif" | "heic" | "tiff";
export type Kind = PictureKind | "pdf" | "index" | "archive" | "text" | "empty" | "unknown";

export interface Size {
  width: number;
  height: number;
}

/** How many bytes of a file are enough for `sniff`. */
export const HEAD = 1 << 16;

const INDEXES = ["PBM1", "PVI1", "PHY1", "PHNW", "PQV1"]; // the first bytes of files that Paritas writes
const HEIF: Record<string, PictureKind> = {
  avif: "avif", avis: "avif", heic: "heic", heix: "heic", hevc: "heic", mif1: "heic", msf1: "heic",
}; // prettier-ignore

const latin = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  let odd = 0;
  let zeros = 0;
  for (const byte of head) {
    if (byte === 0) zeros += 1;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) odd += 1;
  }
  if (zeros > 0) return unmarkedUtf16(head) !== null;
  return odd <= head.length / 100;
}

/** UTF-16 without a mark shows in the zeros of every second byte, where a text is mostly ASCII. */
export function unmarkedUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const zeros = [0, 0];
  head.forEach((byte, i) => byte === 0 && (zeros[i & 1] = (zeros[i & 1] as number) + 1));
  const [even, odd] = zeros as [number, number];
  if (odd > head.length / 4 && even < odd / 20) return "utf-16le";
  if (even > head.length / 4 && odd < even / 20) return "utf-16be";
  return null;
}

export function sniff(head: Uint8Array): Kind {
  if (head.length === 0) return "empty";
  const first = latin(head, 0, Math.min(16, head.length));
  if (first.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (first.startsWith("\xff\xd8\xff")) return "jpeg";
  if (/^GIF8[79]a/.test(first)) return "gif";
  if (first.startsWith("RIFF") && first.slice(8, 12) === "WEBP") return "webp";
  if (first.slice(4, 8) === "ftyp" && HEIF[first.slice(8, 12)]) return HEIF[first.slice(8, 12)] as PictureKind;
  if (first.startsWith("II*\0") || first.startsWith("MM\0*")) return "tiff";
  // "BM" begins a text as well: a picture says how long its header is.
  if (first.startsWith("BM") && head.length > 18 && [12, 40, 52, 56, 64, 108, 124].includes(head[14] as number))
    return "bmp";
  if (latin(head, 0, Math.min(1024, head.length)).includes("%PDF-")) return "pdf";
  if (INDEXES.includes(first.slice(0, 4))) return "index";
  if (first.startsWith("PK\x03\x04") || first.startsWith("\x1f\x8b") || first.startsWith("7z\xbc\xaf"))
    return "archive";
  return isText(head) ? "text" : "unknown";
}

function jpegSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let turned = false;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1) turned = exifTurned(bytes.subarray(at + 4, at + 2 + length));
    // SOF0 to SOF15 but for the tables that lie between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return turned ? { width: height, height: width } : { width, height };
    }
    at += 2 + length;
  }
  return null;
}

/** Whether EXIF says that the picture lies on its side (orientations 5 to 8). */
function exifTurned(segment: Uint8Array): boolean {
  if (segment.length < 14 || latin(segment, 0, 6) !== "Exif\0\0") return false;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.length - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const folder = tiff.getUint32(4, little);
  if (folder + 2 > tiff.byteLength) return false;
  const entries = tiff.getUint16(folder, little);
  for (let i = 0; i < entries; i += 1) {
    const at = folder + 2 + 12 * i;
    if (at + 12 > tiff.byteLength) return false;
    if (tiff.getUint16(at, little) === 0x0112) return tiff.getUint16(at + 8, little) >= 5;
  }
  return false;
}

function webpSize(bytes: Uint8Array, view: DataView): Size | null {
  const kind = latin(bytes, 12, 16);
  if (kind === "VP8X") {
    return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind !== "VP8 ") return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** The largest picture that a box "ispe" of AVIF and HEIC names. */
function heifSize(bytes: Uint8Array, view: DataView): Size | null {
  let best: Size | null = null;
  for (let at = 4; at + 16 <= Math.min(bytes.length, HEAD); at += 1) {
    if (bytes[at] !== 0x69 || latin(bytes, at, at + 4) !== "ispe") continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (best === null || found.width * found.height > best.width * best.height) best = found;
  }
  return best;
}

/**
 * How large a picture is when shown upright, from its header alone; null where the bytes do not reach to where it stands.
 */
export function pictureSize(kind: PictureKind, bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    switch (kind) {
      case "png":
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case "gif":
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case "bmp":
        if (bytes[14] === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
        return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
      case "webp":
        return webpSize(bytes, view);
      case "jpeg":
        return jpegSize(bytes);
      case "avif":
      case "heic":
        return heifSize(bytes, view);
      case "tiff":
        return null;
    }
  } catch {
    return null; // a RangeError: the file ends within its header
  }
}

/** Whether a PNG or JPEG lacks its end: browsers show the upper part of such a picture and say nothing. */
export function isCutOff(kind: PictureKind, tail: Uint8Array): boolean {
  if (kind === "png") return !latin(tail, 0, tail.length).includes("IEND");
  if (kind !== "jpeg") return false;
  for (let i = tail.length - 2; i >= 0; i -= 1) if (tail[i] === 0xff && tail[i + 1] === 0xd9) return false;
  return true;
}
