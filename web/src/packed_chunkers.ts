import { Chunker, type Length, unitOf } from "./chunk.js";
import { number, settle, whole, withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";
import type { Reply } from "./raw.js";

export interface PackedChunkerOptions {
  /** At least 1, in the unit of `length`. */
  chunkSize?: number | undefined;
  /** From 0 to below chunkSize, or a share of it in (0, 1): so much of the last chunk in whole units. */
  overlap?: number | undefined;
  length?: Length | undefined;
  /** Chunks have no white space at their ends. */
  strip?: boolean | undefined;
}

export interface SentenceChunkerOptions extends PackedChunkerOptions {
  /** A chunk stops at a blank line only when it has so many. */
  minSentences?: number | undefined;
  /** A chunk that is at least half full stops at a blank line. */
  keepParagraphs?: boolean | undefined;
}

function shared(input: Unpacker): { chunkSize: number; overlap: number; unit: string; strip: boolean } {
  return { chunkSize: input.f64(), overlap: input.f64(), unit: input.text(), strip: input.truth() };
}

function made(
  defaults: Reply,
  options: PackedChunkerOptions,
  create: (chunkSize: number, overlap: number, at: number, bytes: number, strip: boolean) => Reply,
): [Reply, Length] {
  const { unit, ...known } = shared(unwrap(defaults));
  const { length = unit as Length, ...rest } = options;
  const { chunkSize, overlap, strip } = settle(known, rest);
  const reply = withText(unitOf(length), (at, bytes) => create(whole(chunkSize), number(overlap), at, bytes, strip));
  return [reply, length];
}

/** Whole sentences, as many as fit; none is dropped. A sentence over the size is cut at words. */
export class SentenceChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: SentenceChunkerOptions = {}) {
    const input = unwrap(core().chunkSentenceDefaults());
    const { unit, ...known } = shared(input);
    const defaults = { ...known, minSentences: input.f64(), keepParagraphs: input.truth() };
    const { length = unit as Length, ...rest } = options;
    const { chunkSize, overlap, strip, minSentences, keepParagraphs } = settle(defaults, rest);
    const reply = withText(unitOf(length), (at, bytes) =>
      core().chunkSentenceCreate(whole(chunkSize), overlap, at, bytes, strip, whole(minSentences), keepParagraphs),
    );
    super(reply, length);
  }
}

/** Whole blocks between blank lines, as many as fit; one over the size is cut at lines, sentences, words. */
export class ParagraphChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: PackedChunkerOptions = {}) {
    super(...made(core().chunkParagraphDefaults(), options, core().chunkParagraphCreate));
  }
}

/**
 * Whole words with the white space before them, as many as fit; a word over the size is cut at grapheme clusters.
 *
 * `length` is "tokens", which counts as countTokens does, or your tokenizer.
 */
export class TokenChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: PackedChunkerOptions = {}) {
    super(...made(core().chunkTokenDefaults(), options, core().chunkTokenCreate));
  }
}

/** Grapheme clusters, as many as fit. */
export class FixedChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` */
  constructor(options: PackedChunkerOptions = {}) {
    super(...made(core().chunkFixedDefaults(), options, core().chunkFixedCreate));
  }
}
