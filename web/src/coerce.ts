import { string } from "./convert.js";
import { core } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";

/** What a string says. */
export interface CoercedValue {
  readonly type: "object" | "array" | "string" | "number" | "boolean" | "null";
  /** The value; a number as it was written. */
  readonly json: string;
  /** False where the double nearest to the number has other digits. */
  readonly exact: boolean;
}

/**
 * What a string says: a number, a boolean, null, a JSON object or array; else it is a string.
 *
 * White space around it does not count. A number is one of JSON with at most 17 significant digits that fits into a double:
 * "007", "+1", "1e400" and "nan" stay strings. `json` has the number as it was written.
 */
export function coerceStringType(s: string): CoercedValue {
  return batchCoerceStringTypes([string(s)])[0]!;
}

/** coerceStringType of each. */
export function batchCoerceStringTypes(strings: Iterable<string>): CoercedValue[] {
  const input = unwrap(packedTexts(strings).lend((at, bytes) => core().coerceStrings(at, bytes)));
  return input.all(() => {
    return { type: input.text() as CoercedValue["type"], json: input.text(), exact: input.truth() };
  });
}
