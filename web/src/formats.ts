import { truth, withText } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { core } from "./module.js";
import { Packer, packedTexts, type Unpacker, unwrap } from "./packed.js";

/** What validateFormat knows. */
export type FormatType =
  "date" | "amount" | "number" | "iban" | "mrz" | "email" | "phone" | "card" | "country" | "currency";

export interface FormatOptions {
  /** Whether 03/04/2024 is the third of April; without it such a date is ambiguous. */
  dayFirst?: boolean | null | undefined;
}

/** What a text is as a value of one type. */
export interface FormatResult {
  readonly valid: boolean;
  readonly type: FormatType;
  /**
   * ISO date, plain decimal, compact IBAN and card, `+` digits `;ext=`, alpha-2, upper-case code or symbol of a currency,
   * e-mail with a lower-case domain, kind of MRZ; "" where the text is invalid or a date is ambiguous.
   */
  readonly normalized: string;
  /** "iban_valid", "iban_checksum". */
  readonly reason: string;
  /** "two_digit_year". */
  readonly notes: string[];
  /** Sums that were right. */
  readonly checksPassed: number;
  /** Sums that the format has; 0 where the text has not the form that has any. */
  readonly checks: number;
  /** What would be valid in place of an invalid text, by the letters and digits that are misread most. */
  readonly suggestion: string | null;
}

/**
 * Whether a text is a well-formed value, by its form and its check digits.
 *
 * @param text read after NFKC, every decimal digit as ASCII, runs of White_Space as one space, trimmed
 * @throws ParitasError `invalid_argument` for another type
 */
export function validateFormat(text: string, type: FormatType, options: FormatOptions = {}): FormatResult {
  const dayFirst = dayFirstOf(options);
  return readFormat(
    unwrap(
      withText(text, (at, bytes) =>
        withText(type, (typeAt, typeBytes) => core().validateFormat(at, bytes, typeAt, typeBytes, dayFirst)),
      ),
    ),
  );
}

/**
 * validateFormat for many texts.
 *
 * @param types one for all, or one for each text
 * @throws ParitasError `length_mismatch` for another number of types, `invalid_argument` with the index of an unknown one
 */
export function validateFormatBatch(
  texts: Iterable<string>,
  types: FormatType | Iterable<FormatType>,
  options: FormatOptions = {},
): FormatResult[] {
  const dayFirst = dayFirstOf(options);
  const each = typeof types !== "string";
  const block = packedTexts(texts);
  const names = each ? packedTexts(types) : new Packer().text(types);
  const input = unwrap(
    block.lend((at, bytes) =>
      names.lend((typesAt, typesBytes) => core().validateFormatBatch(at, bytes, typesAt, typesBytes, each, dayFirst)),
    ),
  );
  return input.all(() => readFormat(input));
}

/** 1 or 0, or -1 where it is not said. */
function dayFirstOf(options: FormatOptions): number {
  for (const key of Object.keys(options)) {
    if (key !== "dayFirst") throw new ParitasTypeError(`unknown option ${key}; known: dayFirst`);
  }
  const { dayFirst } = options;
  return dayFirst === undefined || dayFirst === null ? -1 : Number(truth(dayFirst));
}

/** What `pack` of targets/wasm/formats.cpp has written. */
export function readFormat(input: Unpacker): FormatResult {
  const valid = input.truth();
  const [type, normalized, reason] = [input.text() as FormatType, input.text(), input.text()];
  const notes = input.list(() => input.text());
  const [checksPassed, checks] = [input.u32(), input.u32()];
  const suggestion = input.truth() ? input.text() : null;
  return { valid, type, normalized, reason, notes, checksPassed, checks, suggestion };
}
