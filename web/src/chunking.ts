import type { Chunk } from "./chunk.js";
import { CodeChunker, type CodeChunkerOptions, detectDocType } from "./code.js";
import { string, whole } from "./convert.js";
import { HierarchicalChunker } from "./hierarchical.js";
import { chunkId, lineSizes } from "./line_chunks.js";
import { MarkdownChunker } from "./markdown.js";
import { ParitasError } from "./module.js";
import { FixedChunker, ParagraphChunker, SentenceChunker, TokenChunker } from "./packed_chunkers.js";
import { RecursiveChunker } from "./recursive.js";
import { SemanticChunker } from "./semantic.js";
import type { Span } from "./span.js";

const CHUNKERS = {
  recursive: RecursiveChunker,
  character: FixedChunker,
  sentence: SentenceChunker,
  paragraph: ParagraphChunker,
  token: TokenChunker,
  semantic: SemanticChunker,
  markdown: MarkdownChunker,
  code: CodeChunker,
  hierarchical: HierarchicalChunker,
} as const;
/** A name of a chunker. */
export type ChunkerName = keyof typeof CHUNKERS;

/** A chunk with the name of its source, for an index. */
export interface SourceChunk {
  /** Of the source, the index and the text. */
  readonly chunkId: string;
  readonly sourceId: string;
  readonly chunkIndex: number;
  readonly totalChunks: number;
  readonly text: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly headings: readonly string[];
  readonly custom: Record<string, unknown>;
}

/**
 * The chunker of a name: recursive, character, sentence, paragraph, token, semantic, markdown, code, hierarchical.
 *
 * @param options as its class takes them
 * @throws ParitasError `invalid_argument` for another name
 */
export function getChunker<Name extends ChunkerName>(
  name: Name,
  options?: ConstructorParameters<(typeof CHUNKERS)[Name]>[0],
): InstanceType<(typeof CHUNKERS)[Name]> {
  if (!Object.hasOwn(CHUNKERS, string(name))) {
    throw new ParitasError("invalid_argument", `name must be one of ${Object.keys(CHUNKERS).join(", ")}, not ${name}`);
  }
  const made = CHUNKERS[name] as new (options?: object) => InstanceType<(typeof CHUNKERS)[Name]>;
  return new made(options);
}

type Splitter = new (options: { chunkSize: number; overlap: number }) => {
  splitText(text: string): string[];
  dispose(): void;
};

function texts(made: Splitter, text: string, chunkSize?: number, overlap?: number): string[] {
  const chunker = new made(lineSizes(chunkSize, overlap));
  try {
    return chunker.splitText(text);
  } finally {
    chunker.dispose();
  }
}

/** The texts of SentenceChunker's chunks; by default of 1344 characters that share 128. */
export function chunkBySentences(text: string, chunkSize?: number, overlap?: number): string[] {
  return texts(SentenceChunker, text, chunkSize, overlap);
}

/** The texts of FixedChunker's chunks; by default of 1344 characters that share 128. */
export function chunkByChars(text: string, chunkSize?: number, overlap?: number): string[] {
  return texts(FixedChunker, text, chunkSize, overlap);
}

/** The texts of ParagraphChunker's chunks; by default of 1344 characters that share 128. */
export function chunkByParagraphs(text: string, chunkSize?: number, overlap?: number): string[] {
  return texts(ParagraphChunker, text, chunkSize, overlap);
}

/** A CodeChunker for the language of a file by its ending; for any where it is not known, as that of a Makefile. @internal */
export function codeChunkerOf(path: string, options: Omit<CodeChunkerOptions, "language"> = {}): CodeChunker {
  const ending = path.split(/[/\\]/).at(-1)!.split(".").at(-1)!;
  const known = ending !== "" && detectDocType(`a.${ending}`) === "code";
  return new CodeChunker({ ...options, language: known ? ending : null });
}

/**
 * The chunks of a source for an index: of Markdown, of code, or of sentences, by the type of its name.
 *
 * @param sourceId the name of the source; detectDocType says what it is
 * @param custom what each chunk carries, a copy of its own
 */
export function createChunks(text: string, sourceId: string, custom: Record<string, unknown> = {}): SourceChunk[] {
  const kind = detectDocType(sourceId);
  const chunker =
    kind === "markdown" ? new MarkdownChunker() : kind === "code" ? codeChunkerOf(sourceId) : new SentenceChunker();
  try {
    const chunks = chunker.chunk(text);
    return chunks.map((chunk) => ({
      chunkId: chunkId(sourceId, chunk.index, chunk.text),
      sourceId,
      chunkIndex: chunk.index,
      totalChunks: chunks.length,
      text: chunk.text,
      startOffset: chunk.start,
      endOffset: chunk.end,
      startLine: chunk.startLine,
      endLine: chunk.endLine,
      headings: chunk.headings,
      custom: { ...custom },
    }));
  } finally {
    chunker.dispose();
  }
}

function at(chunks: readonly Chunk[], index: number): Chunk {
  const chunk = chunks[whole(index)];
  if (chunk === undefined) {
    const message = `index must be below ${chunks.length} and at least 0, not ${index}`;
    throw new ParitasError("invalid_argument", message);
  }
  return chunk;
}

/**
 * The chunk that the one at `index` is a part of; itself on the coarsest level.
 *
 * @throws ParitasError `invalid_argument` for an index that no chunk has
 */
export function expandToParent(chunks: readonly Chunk[], index: number): Chunk {
  const chunk = at(chunks, index);
  return chunk.parent === null ? chunk : at(chunks, chunk.parent);
}

/**
 * Where the text lies from `before` chunks before the one at `index` on its level to `after` chunks after it.
 *
 * @throws ParitasError `invalid_argument` for an index that no chunk has, and for before or after below 0
 */
export function contextWindow(chunks: readonly Chunk[], index: number, before = 1, after = 1): Span {
  const chunk = at(chunks, index);
  for (const [name, count] of Object.entries({ before, after })) {
    if (whole(count) < 0) throw new ParitasError("invalid_argument", `${name} must be at least 0, not ${count}`);
  }
  const level = chunks.filter((other) => other.level === chunk.level);
  const place = level.indexOf(chunk);
  const shown = level.slice(Math.max(0, place - before), place + after + 1);
  return {
    start: shown.reduce((least, other) => Math.min(least, other.start), chunk.start),
    end: shown.reduce((most, other) => Math.max(most, other.end), chunk.end),
  };
}
