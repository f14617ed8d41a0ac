import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A quantity, ordinal, date, decade or time of day, with all that its words say about it. */
export interface NumberInText {
  readonly kind: "quantity" | "ordinal" | "date" | "decade" | "time";
  /** In the unit; a time in seconds of the day, a decade its first year, a date 0. */
  readonly value: number;
  /** "km", "USD", "fraction"; "" when there is none. */
  readonly unit: string;
  /** "length", "money", "percent"; numbers of one dimension are compared by value. */
  readonly dimension: string;
  /** Stem of the rate's unit: "month" in $99/month. */
  readonly per: string;
  readonly op: "eq" | "ge" | "gt" | "le" | "lt" | "approx";
  /** "one", "half", "first": too vague to hold a claim to it. */
  readonly soft: boolean;
  /** Stems of what is counted. */
  readonly nouns: string[];
  /** Of a date; 0 when it does not say. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 05/06/2026: day and month may be swapped. */
  readonly ambiguous: boolean;
  readonly span: Span;
}

/** The numbers of a text in order, in digits or words. */
export function extractNumbers(text: string): NumberInText[] {
  const input = unwrap(withText(text, (at, bytes) => core().extractNumbers(at, bytes)));
  return input.all(() => ({
    kind: input.text() as NumberInText["kind"],
    value: input.f64(),
    unit: input.text(),
    dimension: input.text(),
    per: input.text(),
    op: input.text() as NumberInText["op"],
    soft: input.truth(),
    nouns: input.list(() => input.text()),
    year: input.f64(),
    month: input.f64(),
    day: input.f64(),
    ambiguous: input.truth(),
    span: input.span(),
  }));
}
