// What the page makes of files before anything is decoded: kinds by content, sizes by header, encodings, words in a text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demoModule } from "./demo_module.mjs";

const { isCutOff, pictureSize, sniff } = await demoModule("ocr/sniff.ts");
const { decodeText } = await demoModule("ocr/decode_text.ts");
const { layOut, wordsIn } = await demoModule("ocr/layout.ts");
const { edited } = await demoModule("ocr/edited.ts");
const { layOutPdf } = await demoModule("ocr/pdf_text.ts");

const bytes = (...parts) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));
const u16 = (n) => [n >> 8, n & 255];
const u32 = (n) => [...u16(n >>> 16), ...u16(n & 65535)];
const little = (n, length) => Array.from({ length }, (_, i) => (n >>> (8 * i)) & 255);

const png = (width, height) => bytes("\x89PNG\r\n\x1a\n", u32(13), "IHDR", u32(width), u32(height), [8, 0, 0, 0, 0]);
const exif = (orientation) => {
  const tiff = ["MM", u16(42), u32(8), u16(1), u16(0x0112), u16(3), u32(1), u16(orientation), u16(0)];
  const segment = bytes("Exif\0\0", ...tiff);
  return [0xff, 0xe1, ...u16(segment.length + 2), ...segment];
};
const jpeg = (width, height, ...before) =>
  bytes(
    [0xff, 0xd8],
    ...before,
    [0xff, 0xc0],
    u16(17),
    [8],
    u16(height),
    u16(width),
    [3],
    Array(9).fill(0),
    [0xff, 0xd9],
  );

test("sniff: by content, not by name", () => {
  const kinds = {
    png: png(1, 1),
    jpeg: jpeg(1, 1, exif(1)),
    gif: bytes("GIF89a", little(3, 2)),
    webp: bytes("RIFF", u32(0), "WEBPVP8 "),
    bmp: bytes("BM", Array(12).fill(0), little(40, 4), Array(8).fill(0)),
    avif: bytes(u32(32), "ftypavif", u32(0)),
    heic: bytes(u32(24), "ftypheic", u32(0)),
    tiff: bytes("II*\0", u32(8)),
    pdf: bytes("\n\n%PDF-1.7\n"),
    index: bytes("PBM1", u32(2)),
    archive: bytes("PK\x03\x04", u32(0)),
    empty: bytes(),
    unknown: bytes([1, 2, 3, 4, 5, 6, 7, 200, 0, 9]),
  };
  for (const [kind, head] of Object.entries(kinds)) assert.equal(sniff(head), kind);
  assert.equal(sniff(bytes("BM is how this text begins, and it is a text to its end.")), "text");
  assert.equal(sniff(new TextEncoder().encode("Größe und 漢字\n")), "text");
  assert.equal(sniff(Buffer.from("plain words", "utf16le")), "text");
});

test("pictureSize: from the header, upright", () => {
  assert.deepEqual(pictureSize("png", png(60_000, 40_000)), { width: 60_000, height: 40_000 });
  assert.deepEqual(pictureSize("jpeg", jpeg(4000, 3000)), { width: 4000, height: 3000 });
  assert.deepEqual(pictureSize("jpeg", jpeg(4000, 3000, exif(1))), { width: 4000, height: 3000 });
  assert.deepEqual(pictureSize("jpeg", jpeg(4000, 3000, exif(6))), { width: 3000, height: 4000 });
  assert.deepEqual(pictureSize("gif", bytes("GIF89a", little(320, 2), little(200, 2))), { width: 320, height: 200 });
  const bmp = bytes("BM", Array(12).fill(0), little(40, 4), little(640, 4), little(-480 >>> 0, 4), Array(8).fill(0));
  assert.deepEqual(pictureSize("bmp", bmp), { width: 640, height: 480 });
  const extended = bytes(
    "RIFF",
    u32(0),
    "WEBPVP8X",
    little(10, 4),
    little(0, 4),
    little(1233, 3),
    little(816, 3),
    u32(0),
  );
  assert.deepEqual(pictureSize("webp", extended), { width: 1234, height: 817 });
  const lossless = bytes("RIFF", u32(0), "WEBPVP8L", u32(0), [0x2f], little(((817 - 1) << 14) | (1234 - 1), 4));
  assert.deepEqual(pictureSize("webp", lossless), { width: 1234, height: 817 });
  const lossy = bytes("RIFF", u32(0), "WEBPVP8 ", u32(0), [0, 0, 0, 0x9d, 1, 0x2a], little(1234, 2), little(817, 2));
  assert.deepEqual(pictureSize("webp", lossy), { width: 1234, height: 817 });
  const avif = bytes(u32(32), "ftypavif", u32(20), "ispe", u32(0), u32(800), u32(600), "ispe", u32(0), u32(9), u32(9));
  assert.deepEqual(pictureSize("avif", avif), { width: 800, height: 600 });
});

test("pictureSize: null where the header is not there", () => {
  for (const kind of ["png", "jpeg", "gif", "bmp", "webp", "avif"])
    assert.equal(pictureSize(kind, bytes("xxxx")), null);
  assert.equal(pictureSize("jpeg", jpeg(4000, 3000, exif(6)).slice(0, 20)), null);
});

test("isCutOff: a PNG without IEND, a JPEG without its end", () => {
  assert.equal(isCutOff("png", bytes("IDAT....IEND\xae\x42\x60\x82")), false);
  assert.equal(isCutOff("png", bytes("IDAT....")), true);
  assert.equal(isCutOff("jpeg", jpeg(8, 8)), false);
  assert.equal(isCutOff("jpeg", jpeg(8, 8).slice(0, -2)), true);
});

test("decodeText: by mark, as UTF-8, else by a guess that is told", () => {
  const text = "Größe, 𝔸 and 漢字";
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  assert.deepEqual(decodeText(utf16), { text, note: null });
  assert.deepEqual(decodeText(Buffer.from(utf16).swap16()), { text, note: null });
  assert.deepEqual(decodeText(Buffer.from(`\ufeff${text}`)), { text, note: null });
  const unmarked = decodeText(Buffer.from("plain words", "utf16le"));
  assert.equal(unmarked.text, "plain words");
  assert.match(unmarked.note, /UTF-16LE/);
  const old = decodeText(Buffer.from("Größe", "latin1"));
  assert.equal(old.text, "Größe");
  assert.match(old.note, /not UTF-8.*Windows-1252/);
});

test("decodeText: the first part of a UTF-8 text may end within a letter", () => {
  assert.deepEqual(decodeText(Buffer.from("Grö").subarray(0, 3), false), { text: "Gr", note: null });
  assert.match(decodeText(Buffer.from("Grö").subarray(0, 3)).note, /not UTF-8/);
});

const tsv = (...words) =>
  ["1\t1\t0\t0\t0\t0\t0\t0\t99\t99\t-1\t", ...words.map((word) => `5\t1\t${word.join("\t")}`)].join("\n");

test("layOut: every word is where it says, in UTF-16", () => {
  const { text, words } = layOut(
    tsv(
      [1, 1, 1, 1, 10, 10, 20, 20, 96.5, "𝔸lpha"],
      [1, 1, 1, 2, 40, 10, 20, 20, 90, "beta"],
      [1, 1, 2, 1, 10, 40, 20, 20, 80, "gamma"],
      [1, 2, 1, 1, 10, 90, 20, 20, 70, "delta"],
      [2, 1, 1, 1, 10, 190, 20, 20, 60, " "],
      [2, 1, 1, 2, 10, 190, 20, 20, 60, "end"],
    ),
    2,
  );
  assert.equal(text, "𝔸lpha beta\ngamma\n\ndelta\n\nend");
  for (const { text: word, start, end } of words) assert.equal(text.slice(start, end), word);
  assert.deepEqual(words[0].box, { x0: 5, y0: 5, x1: 15, y1: 15 });
  assert.deepEqual(
    words.map(({ line }) => line),
    [0, 0, 1, 2, 3],
  );
  assert.deepEqual(
    wordsIn(words, 3, 8).map((word) => word.text),
    ["𝔸lpha", "beta"],
  );
  assert.deepEqual(wordsIn(words, 6, 7), []);
});

test("layOut: letters in a box as high as a ruled line are not kept, dashes are", () => {
  const line = (top, height, word) => [1, 1, top, 1, 10, top * 40, 20, height, 10, word];
  const { text } = layOut(
    tsv(line(1, 20, "one"), line(2, 20, "two"), line(3, 2, "ERS"), line(4, 2, "-"), line(5, 21, "six")),
  );
  assert.equal(text, "one\ntwo\n-\nsix");
});

test("layOutPdf: pieces become words and lines, with boxes of the drawn page", () => {
  const item = (str, x, y, width, hasEOL = false) => ({
    str,
    transform: [10, 0, 0, 10, x, y],
    width,
    height: 10,
    hasEOL,
  });
  const items = [
    item("Invoice", 50, 700, 35),
    item(" ", 85, 700, 3),
    item("IN", 88, 700, 10),
    item("V-7", 98, 700, 15, true),
    item("Date: today", 50, 688, 55, true),
    item("Far below", 50, 600, 45),
  ];
  const { text, words } = layOutPdf(items, [2, 0, 0, -2, 0, 1600]);
  assert.equal(text, "Invoice INV-7\nDate: today\n\nFar below");
  for (const { text: word, start, end, confidence } of words) {
    assert.equal(text.slice(start, end), word);
    assert.equal(confidence, -1);
  }
  assert.deepEqual(words[0].box, { x0: 100, y0: 180, x1: 170, y1: 204 });
  assert.deepEqual(words[1].box, { x0: 176, y0: 180, x1: 226, y1: 204 });
});

test("edited: a change of the text costs the words that it touches, and no other", () => {
  const text = "one two three\nfour five";
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  const field = { name: "Field", type: "text", text: "three four", original: "three four", words: [2, 3] };
  const doc = { name: "scan", kind: "scan", text, pages: [{}], words, fields: [field] };
  const left = (changed) => {
    const now = edited(doc, changed);
    for (const { text: word, start, end } of now.words) assert.equal(now.text.slice(start, end), word);
    return [now.words.map((word) => word.text).join(" "), now.fields[0].words];
  };
  assert.deepEqual(left(text), ["one two three four five", [2, 3]]);
  assert.deepEqual(left("one 2 three\nfour five"), ["one three four five", [1, 2]]);
  assert.deepEqual(left("one twos three\nfour five"), ["one three four five", [1, 2]]);
  assert.deepEqual(left("one two three four five"), ["one two three four five", [2, 3]]);
  assert.deepEqual(left("none two three\nfour five"), ["two three four five", [1, 2]]);
  assert.deepEqual(left("one two\nfour five"), ["one two four five", [2]]);
  assert.deepEqual(left("one two three\nfour five six"), ["one two three four five", [2, 3]]);
  assert.deepEqual(left(""), ["", []]);
  assert.deepEqual(edited({ ...doc, pages: [] }, "x").words, []);
});
