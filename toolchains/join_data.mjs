// Joins the data segments of a module into one: node toolchains/join_data.mjs FILE
// Binaryen cuts the data at every run of zeros, which makes the file smaller and what gzip makes of it larger: thousands
// of offsets and lengths stand between bytes that repeat each other.
import { readFileSync, writeFileSync } from "node:fs";

const DATA = 11;
const DATA_COUNT = 12;
const [, , file] = process.argv;
const bytes = readFileSync(file);

let at = 8;
function number() {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}
function written(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return [...out, value];
}
function writtenSigned(value) {
  const out = [];
  for (; value > 63; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return [...out, value];
}

function joined() {
  const segments = [];
  for (let left = number(); left > 0; left--) {
    // Active, in memory 0, at a constant: the only kind that a module without threads has.
    if (number() !== 0 || bytes[at++] !== 0x41) throw new Error(`${file}: a data segment of another kind`);
    const offset = number();
    if (bytes[at++] !== 0x0b) throw new Error(`${file}: a data segment of another kind`);
    const size = number();
    segments.push({ offset, data: bytes.subarray(at, at + size) });
    at += size;
  }
  const first = Math.min(...segments.map(({ offset }) => offset));
  const image = Buffer.alloc(Math.max(...segments.map(({ offset, data }) => offset + data.length)) - first);
  for (const { offset, data } of segments) data.copy(image, offset - first);
  return Buffer.concat([Buffer.from([1, 0, 0x41, ...writtenSigned(first), 0x0b, ...written(image.length)]), image]);
}

const out = [bytes.subarray(0, 8)];
while (at < bytes.length) {
  const start = at;
  const kind = bytes[at++];
  const end = number() + at;
  if (kind === DATA) {
    const section = joined();
    out.push(Buffer.from([DATA, ...written(section.length)]), section);
  } else if (kind === DATA_COUNT) {
    out.push(Buffer.from([DATA_COUNT, 1, 1]));
  } else {
    out.push(bytes.subarray(start, end));
  }
  at = end;
}
writeFileSync(file, Buffer.concat(out));
