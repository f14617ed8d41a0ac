import type { FieldConfidence, FieldOptions, FieldReport } from "paritas";
import type { Field, Word } from "../store.js";
import { keptWords } from "./kept_words.js";
import { type FieldType, TYPES } from "./patterns.js";

// What `fieldConfidence` of Paritas is asked and says, as far as the panel uses it.

export type { FieldReport } from "paritas";
export type JudgedField = FieldConfidence;

export interface AskedField {
  readonly name: string;
  readonly text: string;
  readonly type: FieldType;
  readonly words: readonly { readonly text: string; readonly confidence: number }[];
}

export const REGIMES = ["balance", "exploration", "support", "none"] as const;
export type Regime = (typeof REGIMES)[number];

/** The page's own place for Paritas: a worker that answers, or nothing once a later question has been asked. */
export type Judge = (fields: readonly AskedField[], regime: FieldOptions["regime"]) => Promise<FieldReport | undefined>;

/** Of a document saved by another version of the page, a type may be unknown. */
const typeOfField = ({ type }: Field): FieldType => TYPES.find((known) => known === type) ?? "text";

/** Fields as they stand, each with the words that the engine's confidence still says something of. */
export function asked(fields: readonly Field[], words: readonly Word[]): AskedField[] {
  return fields.map((field, i) => {
    const read = field.words.flatMap((at) => words[at] ?? []);
    const kept = keptWords(field, read).map(({ text, confidence }) => ({ text, confidence }));
    // Two fields may have one name; the report tells them apart by theirs.
    return { name: `${i + 1} ${field.name}`, text: field.text, type: typeOfField(field), words: kept };
  });
}

/** No regime: the multiplier is 1. */
export function regimeValue(regime: Regime): Exclude<Regime, "none"> | null {
  return regime === "none" ? null : regime;
}

/** What a reason does to the odds: “× 97” or “÷ 50”; "" for those that say where the score begins. */
export function factorText({ code, factor }: { readonly code: string; readonly factor: number }): string {
  if (code === "engine" || code === "no_engine" || code === "empty") return "";
  const shown = factor >= 1 ? factor : 1 / factor;
  const text = shown >= 10 ? Math.round(shown).toString() : shown.toFixed(2).replace(/\.?0+$/, "");
  return `${factor >= 1 ? "×" : "÷"} ${text}`;
}
