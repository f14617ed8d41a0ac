import { string, withHeap, withText } from "./convert.js";
import { core } from "./module.js";

const encoder = new TextEncoder();
const LONE = /\p{Surrogate}/gu;

/**
 * Lends the UTF-8 of a text to one call; a lone surrogate is one byte that UTF-8 does not have, for U+FFFD is valid JSON where a
 * surrogate is not.
 */
export function withJson<T>(text: string, call: (at: number, bytes: number) => T): T {
  if (isWellFormed(string(text))) return withText(text, call);
  const room = text.length * 3;
  return withHeap(room, (at) => {
    const heap = core().HEAPU8.subarray(at, at + room);
    let bytes = 0;
    let from = 0;
    for (const { index } of text.matchAll(LONE)) {
      bytes += encoder.encodeInto(text.slice(from, index), heap.subarray(bytes)).written;
      heap[bytes++] = 0xff;
      from = index + 1;
    }
    bytes += encoder.encodeInto(text.slice(from), heap.subarray(bytes)).written;
    return call(at, bytes);
  });
}

function isWellFormed(text: string): boolean {
  const known = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return known === undefined ? text.search(LONE) < 0 : known.call(text);
}
