import { settle, withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/** A JSON value in a text: text.slice(start, end) is its source. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  /** The source itself where it is valid. */
  readonly json: string;
  readonly repaired: boolean;
}

export interface ExtractOptions {
  /** Broken values too. */
  repair?: boolean | undefined;
  /** Not objects alone. */
  arrays?: boolean | undefined;
}

/**
 * The JSON values in a text, from left to right: objects, and arrays unless `arrays` is false.
 *
 * At each bracket outside of an earlier value the text is read as JSON and, where that fails and a closer fits the bracket,
 * repaired as repairJson does unless `repair` is false. An array of one number alone, [1], is a citation and no value. Text in
 * strings opens no value. Linear.
 */
export function extractJsonObjects(text: string, options: ExtractOptions = {}): JsonSpan[] {
  const bits = core().jsonExtractDefaults();
  const { repair, arrays } = settle({ repair: (bits & 1) !== 0, arrays: (bits & 2) !== 0 }, options);
  const input = unwrap(withText(text, (at, bytes) => core().jsonExtract(at, bytes, repair, arrays)));
  return input.all(() => ({ ...input.span(), json: input.text(), repaired: input.truth() }));
}

/** The values of extractJsonObjects, parsed. */
export function extractJsonValues(text: string, options: ExtractOptions = {}): unknown[] {
  return extractJsonObjects(text, options).map(({ json }) => JSON.parse(json) as unknown);
}

/** The JSON that a text holds, mended where need be, and whether there is any: without, "null" and false. */
export function normalizeJsonString(s: string): { json: string; ok: boolean } {
  const input = unwrap(withText(s, (at, bytes) => core().jsonNormalize(at, bytes)));
  return { json: input.text(), ok: input.truth() };
}
