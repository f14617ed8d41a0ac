import { Chunker, type Length, unitOf } from "./chunk.js";
import { settle, string, whole, withText } from "./convert.js";
import { core } from "./module.js";
import { Packer, unwrap } from "./packed.js";
import type { Reply } from "./raw.js";

export interface CodeChunkerOptions {
  /** Its name or the ending of its files: "python", "py", ".py"; nothing for any. */
  language?: string | null | undefined;
  /** At least 1, in the unit of `length`; by default 1344. */
  chunkSize?: number | undefined;
  /** From 0 to below chunkSize, or a share of it in (0, 1): so much of the last chunk in whole blocks. */
  overlap?: number | undefined;
  length?: Length | undefined;
  /** Chunks have no white space at their ends; by default true. */
  strip?: boolean | undefined;
}

function made(options: CodeChunkerOptions): [Reply, Length] {
  const input = unwrap(core().chunkCodeDefaults());
  const { length = "chars", language = null, ...rest } = options;
  const settled = settle({ chunkSize: input.f64(), overlap: input.f64(), strip: input.truth() }, rest);
  const packed = new Packer()
    .i64(whole(settled.chunkSize))
    .f64(settled.overlap)
    .u8(settled.strip ? 1 : 0);
  packed.text(unitOf(length));
  if (language !== null) packed.text(string(language));
  return [packed.lend((at, bytes) => core().chunkCodeCreate(at, bytes)), length];
}

/**
 * Top-level blocks of code, as many as fit; one over the size is cut at blank lines, lines, words.
 *
 * A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets;
 * comments and decorators right above belong to it. Brackets in strings and comments do not count.
 */
export class CodeChunker extends Chunker {
  /** @throws ParitasError `invalid_argument` for sizes without meaning and an unknown language */
  constructor(options: CodeChunkerOptions = {}) {
    super(...made(options));
  }
}

/** What kind of text a file holds by its name. */
export type DocType = "html" | "markdown" | "code" | "json" | "yaml" | "xml" | "csv" | "text";

/** What kind of text a file holds by its name: html, markdown, code, json, yaml, xml, csv or text. */
export function detectDocType(path: string): DocType {
  return unwrap(withText(path, (at, bytes) => core().chunkDocType(at, bytes))).text() as DocType;
}
