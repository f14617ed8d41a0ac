import type { Field, Word } from "../store.js";

interface Match {
  readonly word: Word;
  /** Its place among the words of the field. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** A text without its blanks, and before which of its units one stood. */
function compact(text: string): { text: string; parted: Set<number> } {
  let out = "";
  const parted = new Set<number>();
  for (const piece of text.split(/\s+/)) {
    parted.add(out.length);
    out += piece;
  }
  return { text: out, parted };
}

/** Where the words still stand in the text, in order; what is between them was changed. */
function matches(text: string, words: readonly Word[]): Match[] {
  const found: Match[] = [];
  let from = 0;
  let slack = 4; // how far the next word may have moved: as far as the changed words before it reach
  words.forEach((word, at) => {
    const sought = word.text.replace(/\s+/g, "");
    const start = text.indexOf(sought, from);
    if (start >= 0 && start - from <= slack) {
      from = start + sought.length;
      found.push({ word, at, start, end: from });
      slack = 4;
    } else slack += sought.length + 4;
  });
  return found;
}

interface Kept {
  words: Word[];
  /** Something stands in the text that replaces no word. */
  added: boolean;
}

/**
 * The words of a field that still stand in its text as the engine read them, in order. Only of those does the engine's
 * confidence say anything: what a person has typed instead was never seen by it. Blanks do not count, so an IBAN may be
 * written without them; letters added to a word make it another word.
 */
function kept(field: Pick<Field, "text" | "original">, words: readonly Word[]): Kept {
  if (field.text === field.original) return { words: [...words], added: false };
  const { text, parted } = compact(field.text);
  const found = matches(text, words);
  const changed = new Set<Match>();
  let added = false;
  for (let i = 0; i <= found.length; i += 1) {
    const before = found[i - 1];
    const after = found[i];
    const replaced = (after?.at ?? words.length) - (before?.at ?? -1) > 1;
    const isGap = (after?.start ?? text.length) > (before?.end ?? 0);
    if (replaced || !isGap) continue;
    added = true;
    if (before !== undefined && !parted.has(before.end)) changed.add(before);
    if (after !== undefined && !parted.has(after.start)) changed.add(after);
  }
  return { words: found.filter((match) => !changed.has(match)).map(({ word }) => word), added };
}

export function keptWords(field: Pick<Field, "text" | "original">, words: readonly Word[]): Word[] {
  return kept(field, words).words;
}

/** What the page says of a field that was changed; "" for one that was not. */
export function changedSentence(field: Pick<Field, "text" | "original">, words: readonly Word[]): string {
  if (field.text === field.original || field.text.trim() === "") return "";
  if (words.length === 0) return "You have typed this: the engine never saw it, so Paritas judges the text alone.";
  const { words: still, added } = kept(field, words);
  const changed = words.length - still.length;
  if (still.length === 0) {
    return "You have typed this anew: what the engine said no longer counts, Paritas judges the text alone.";
  }
  if (changed === 0) {
    return added
      ? "You have added to this: the engine's confidence counts for the words that it has read."
      : "All words stand as the engine read them: its confidence still counts.";
  }
  const what = changed === 1 ? "1 word was" : `${changed} words were`;
  return `${what} changed by you, and the engine's confidence no longer counts there; for the other ${still.length} it does.`;
}
