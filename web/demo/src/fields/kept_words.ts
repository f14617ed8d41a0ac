import type { Field, Word } from "../store.js";

const compact = (text: string): string => text.replace(/\s+/g, "");

/**
 * The words of a field that still stand in its text as the engine read them, in order. Only of those does the engine's
 * confidence say anything: what a person has typed instead was never seen by it. Blanks do not count, so an IBAN may be
 * written without them.
 */
export function keptWords(field: Pick<Field, "text" | "original">, words: readonly Word[]): Word[] {
  if (field.text === field.original) return [...words];
  const text = compact(field.text);
  const kept: Word[] = [];
  let from = 0;
  let slack = 4; // how far the next word may have moved: as far as the changed words before it reach
  for (const word of words) {
    const sought = compact(word.text);
    const at = text.indexOf(sought, from);
    if (at >= 0 && at - from <= slack) {
      kept.push(word);
      from = at + sought.length;
      slack = 4;
    } else slack += sought.length + 4;
  }
  return kept;
}

/** What the page says of a field that was changed; "" for one that was not. */
export function changedSentence(field: Pick<Field, "text" | "original">, words: readonly Word[]): string {
  if (field.text === field.original || field.text.trim() === "") return "";
  if (words.length === 0) return "You have typed this: the engine never saw it, so Paritas judges the text alone.";
  const kept = keptWords(field, words).length;
  if (kept === words.length) return "All words stand as the engine read them: what it said of them still counts.";
  const changed = words.length - kept;
  if (kept === 0)
    return "You have typed this anew: what the engine said no longer counts, Paritas judges the text alone.";
  const said = changed === 1 ? "1 word was" : `${changed} words were`;
  return `${said} changed by you and no longer ${changed === 1 ? "counts" : "count"} as read; of the other ${kept} the engine's confidence does.`;
}
