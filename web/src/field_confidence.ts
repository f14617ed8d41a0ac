import { number, string, truth } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { type FormatResult, type FormatType, readFormat } from "./formats.js";
import { core } from "./module.js";
import { Packer, type Unpacker, unwrap } from "./packed.js";
import type { OcrWord } from "./tesseract_words.js";

/** A field as it was extracted; other keys are ignored. */
export interface OcrField {
  readonly name: string;
  /** `null`, `undefined` and blank texts count as missing. */
  readonly text?: string | null | undefined;
  /** What it should be; "text" by default. */
  readonly type?: "text" | FormatType | null | undefined;
  /** Those that its text was taken from. */
  readonly words?: Iterable<OcrWord> | null | undefined;
}

/** A step of the evidence. */
export interface FieldReason {
  /** "engine", "iban_checksum". */
  readonly code: string;
  /** Of the odds; the product of a field's factors is evidence / (1 - evidence). */
  readonly factor: number;
  /** A sentence for people. */
  readonly detail: string;
}

/** How far one field can be trusted, and why. */
export interface FieldConfidence {
  readonly name: string;
  /** evidence * multiplier, 0 to 1. */
  readonly confidence: number;
  /** The chance that the field was read correctly, as far as this can be seen; 0 to 1. */
  readonly evidence: number;
  /** What the engine says of its words, 0 to 1; `null` where it says nothing. */
  readonly engine: number | null;
  /** `null` for type "text" and for a missing text. */
  readonly format: FormatResult | null;
  /** textQuality, for type "text". */
  readonly quality: number | null;
  /** The Williams multiplier of the document. */
  readonly multiplier: number;
  /** In the order of the steps. */
  readonly reasons: FieldReason[];
}

/** All fields of a document together; mean, minimum and expectedErrors are of those that have a text. */
export interface DocumentSummary {
  readonly fields: number;
  /** Those with a text. */
  readonly extracted: number;
  readonly missing: number;
  /** Of the confidence. */
  readonly mean: number;
  readonly minimum: number;
  /** The name of the field with the least confidence, the first of equal ones. */
  readonly weakest: string | null;
  /** The sum of 1 - evidence. */
  readonly expectedErrors: number;
  /** Names of fields with a text and less evidence than reviewBelow, in order. */
  readonly review: string[];
  readonly multiplier: number;
  readonly regime: string | null;
  /** Of the Williams bound of the fields with a text. */
  readonly efficiency: number;
}

/** What fieldConfidence says of a document. */
export interface FieldReport {
  readonly fields: FieldConfidence[];
  readonly summary: DocumentSummary;
}

export interface FieldOptions {
  /** Of the Williams multiplier: "balance" by default; `null` for 1, which leaves the evidence as it is. */
  regime?: "support" | "exploration" | "balance" | null | undefined;
  /** What is assumed of a field whose words have no confidence, 0 to 1; 0.85 by default. */
  baseConfidence?: number | undefined;
  /** Of the words' confidence; "auto", the default, is percent if any of a document is above 1. */
  scale?: "auto" | "unit" | "percent" | undefined;
  /** Whether 03/04/2024 is the third of April; without it such a date is ambiguous. */
  dayFirst?: boolean | null | undefined;
  /** Fields with less evidence are named in the summary, 0 to 1; 0.8 by default. */
  reviewBelow?: number | undefined;
}

/**
 * How far the fields of one document can be trusted, and why.
 *
 * From the confidence of their words, their formats and check digits, and signs of noise. It sees what was read, never the
 * image: a wrong digit in an amount that is still an amount goes unseen.
 *
 * @throws ParitasError `invalid_argument`, for an unknown type with the number of the field
 */
export function fieldConfidence(fields: Iterable<OcrField>, options: FieldOptions = {}): FieldReport {
  const names: string[] = [];
  const block = new Packer();
  const fieldBlock = packFields(new Packer(), fields, names); // fields are refused before options are, as everywhere
  const regime = packOptions(block, options);
  block.raw(fieldBlock.bytes());
  return readReport(unwrap(block.lend((at, bytes) => core().fieldConfidence(at, bytes))), names, regime);
}

/**
 * {@link fieldConfidence} of each document. The scale "auto" looks at the words of one document: none depends on another.
 *
 * @throws ParitasError `invalid_argument`, for an unknown type with the number of the document
 */
export function fieldConfidenceBatch(
  documents: Iterable<Iterable<OcrField>>,
  options: FieldOptions = {},
): FieldReport[] {
  const names: string[][] = [];
  const documentBlock = new Packer();
  for (const fields of items(documents, "documents")) {
    names.push([]);
    packFields(documentBlock, fields, names[names.length - 1]!, `document ${names.length - 1}`);
  }
  const block = new Packer();
  const regime = packOptions(block, options);
  block.raw(documentBlock.bytes());
  const reply = unwrap(block.lend((at, bytes) => core().fieldConfidenceBatch(at, bytes)));
  return names.map((of) => readReport(reply, of, regime));
}

const encoder = new TextEncoder();

/** With U+FFFD for each lone surrogate, as the core reads it. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

function items<T>(values: Iterable<T>, what: string): T[] {
  if (typeof values === "string" || typeof values?.[Symbol.iterator] !== "function")
    throw new ParitasTypeError(`an array of ${what} is needed, not ${values === null ? "null" : typeof values}`);
  return Array.from(values);
}

function object<T extends object>(value: T, what: string): T {
  if (typeof value !== "object" || value === null)
    throw new ParitasTypeError(`${what} is needed, not ${value === null ? "null" : typeof value}`);
  return value;
}

const optional = (value: string | null | undefined): Uint8Array | undefined =>
  value === null || value === undefined ? undefined : encoder.encode(string(value));

/** Where the value stands that is being packed: "document 1, field 0, word 2, confidence". */
class Place {
  field = "";
  word = "";
  key = "";
  constructor(readonly document: string) {}

  /** What `pack` gives; an error of ours says first where it was noticed. */
  telling<T>(pack: () => T): T {
    try {
      return pack();
    } catch (error) {
      const place = [this.document, this.field, this.word, this.key].filter((part) => part !== "").join(", ");
      if (place === "" || !(error instanceof ParitasTypeError)) throw error;
      throw new ParitasTypeError(`${place}: ${error.message}`);
    }
  }
}

function packFields(out: Packer, fields: Iterable<OcrField>, names: string[], document: string = ""): Packer {
  const place = new Place(document);
  return place.telling(() => {
    const all = items(fields, "fields");
    out.u32(all.length);
    for (const [i, field] of all.entries()) {
      [place.field, place.word, place.key] = [`field ${i}`, "", ""];
      const { name, text, type, words } = object(field, "a field");
      place.key = "name";
      out.text(name);
      names.push(wellFormed(name));
      place.key = "text";
      out.optional(optional(text));
      place.key = "type";
      out.optional(optional(type));
      place.key = "words";
      packWords(out, words, place);
    }
    return out;
  });
}

function packWords(out: Packer, words: OcrField["words"], place: Place): void {
  const said = words === null || words === undefined ? [] : items(words, "words");
  out.u32(said.length);
  for (const [i, word] of said.entries()) {
    [place.word, place.key] = [`word ${i}`, ""];
    const { text, confidence } = object(word, "a word");
    place.key = "text";
    out.text(text);
    place.key = "confidence";
    out.f64(number(confidence));
  }
}

const KNOWN = ["regime", "baseConfidence", "scale", "dayFirst", "reviewBelow"];

/** The options over the core's defaults, packed; the regime is given back. */
function packOptions(out: Packer, options: FieldOptions): string | null {
  for (const key of Object.keys(options)) {
    if (!KNOWN.includes(key)) throw new ParitasTypeError(`unknown option ${key}; known: ${KNOWN.join(", ")}`);
  }
  const defaults = unwrap(core().fieldDefaults());
  const standard = [defaults.text(), defaults.f64(), defaults.text(), defaults.f64()] as const;
  const { regime = standard[0], baseConfidence = standard[1], scale = standard[2], dayFirst } = options;
  const { reviewBelow = standard[3] } = options;
  out.optional(optional(regime)).f64(number(baseConfidence)).text(scale);
  out.u8(dayFirst === undefined || dayFirst === null ? 2 : Number(truth(dayFirst)));
  out.f64(number(reviewBelow));
  return regime;
}

function readReport(input: Unpacker, names: string[], regime: string | null): FieldReport {
  const optionalNumber = (): number | null => (input.truth() ? input.f64() : null);
  let at = 0;
  const fields = input.list(() => {
    const [confidence, evidence, engine] = [input.f64(), input.f64(), optionalNumber()];
    const format = input.truth() ? readFormat(input) : null;
    const [quality, multiplier] = [optionalNumber(), input.f64()];
    const reasons = input.list(() => ({ code: input.text(), factor: input.f64(), detail: input.text() }));
    return { name: names[at++]!, confidence, evidence, engine, format, quality, multiplier, reasons };
  });
  const [extracted, missing, mean, minimum] = [input.u32(), input.u32(), input.f64(), input.f64()];
  const weakest = input.truth() ? names[input.u32()]! : null;
  const expectedErrors = input.f64();
  const review = input.list(() => names[input.u32()]!);
  const [multiplier, efficiency] = [input.f64(), input.f64()];
  return {
    fields,
    summary: {
      fields: names.length,
      extracted,
      missing,
      mean,
      minimum,
      weakest,
      expectedErrors,
      review,
      multiplier,
      regime,
      efficiency,
    },
  };
}
