import { number, settle, whole, withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/** A chunk of whole lines: `text.slice(chunk.startOffset, chunk.endOffset)`. */
export interface ChunkInfo {
  readonly text: string;
  /** From 1. */
  readonly startLine: number;
  /** Of its last character. */
  readonly endLine: number;
  readonly startOffset: number;
  readonly endOffset: number;
  /** Code points shared with the chunk before. */
  readonly overlapPrev: number;
  readonly chunkIndex: number;
}

/** The sizes of chunks by published names: code points, by default 1344 and 128. @internal */
export function lineSizes(chunkSize?: number, overlap?: number): { chunkSize: number; overlap: number } {
  const input = unwrap(core().chunkLinesDefaults());
  return settle({ chunkSize: input.f64(), overlap: input.f64() }, { chunkSize, overlap });
}

/**
 * Whole lines, as many as fit, with their line ends: together they are the text, but for what they share. A line over the
 * size is cut at sentences and words.
 *
 * @param chunkSize at least 1, in code points
 * @param overlap from 0 to below chunkSize, or a share of it in (0, 1): so much of the last chunk in whole lines
 * @throws ParitasError `invalid_argument`
 */
export function chunkWithOverlap(text: string, chunkSize?: number, overlap?: number): ChunkInfo[] {
  const sizes = lineSizes(chunkSize, overlap);
  const input = unwrap(
    withText(text, (at, bytes) => core().chunkLines(at, bytes, whole(sizes.chunkSize), sizes.overlap)),
  );
  let chunkIndex = 0;
  return input.list(() => {
    const { start, end } = input.span();
    const [startLine, endLine, overlapPrev] = [input.u32(), input.u32(), input.u32()] as const;
    return {
      text: text.slice(start, end),
      startLine,
      endLine,
      startOffset: start,
      endOffset: end,
      overlapPrev,
      chunkIndex: chunkIndex++,
    };
  });
}

/** Where each line starts: 0, and behind each LF that is not the last character. None for an empty text. */
export function findLineBoundaries(text: string): number[] {
  const input = unwrap(withText(text, (at, bytes) => core().chunkLineBoundaries(at, bytes)));
  return input.list(() => input.u32());
}

/**
 * The line of an offset, from 1; one at the end of the text is on the last line.
 *
 * @throws ParitasError `invalid_argument` for an offset outside of the text
 */
export function lineAtOffset(text: string, offset: number): number {
  return unwrap(withText(text, (at, bytes) => core().chunkLineAtOffset(at, bytes, whole(offset)))).u32();
}

/** A name for a chunk that is the same everywhere: 16 hexadecimal digits of XXH3-128 of "source:index:text". */
export function chunkId(sourceId: string, index: number, text: string): string {
  const reply = withText(sourceId, (source, sourceBytes) =>
    withText(text, (at, bytes) => core().chunkId(source, sourceBytes, whole(number(index)), at, bytes)),
  );
  return unwrap(reply).text();
}
