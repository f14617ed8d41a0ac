// What a value looks like, loosely: an expert's eye for where a value begins and ends, not a judgement whether it is right.
// That is the core's `validateFormat`; a pattern that were as strict would never let it see a wrong value.

export const TYPES = [
  "text", "date", "amount", "number", "iban", "mrz", "email", "phone", "card", "country", "currency",
] as const; // prettier-ignore
export type FieldType = (typeof TYPES)[number];

const MONTH = "[A-Za-zÀ-ž]{3,10}\\.?";
// A digit, or what is read in its place.
const D = "[0-9OoIl|SBZ]";

const WHOLE: Partial<Record<FieldType, RegExp>> = {
  date: new RegExp(
    `^\\(?(?:${D}{1,4}\\s?[-./]\\s?${D}{1,2}\\s?[-./]\\s?${D}{1,4}|\\d{1,2}(?:st|nd|rd|th|\\.)?\\s(?:de\\s|of\\s)?${MONTH}\\s(?:de\\s)?\\d{2,4}|${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{2,4})[),.;]?$`,
  ),
  amount:
    /^\(?(?:[A-Z]{3}|\p{Sc}|kr|zł|Kč|Ft|Rs\.?)?\s?[-+−]?\s?(?:\p{Sc}\s?)?[\dOolIS][\dOolIS.,'’ ]*(?:\s?(?:[A-Z]{3}|\p{Sc}|kr|zł|Kč|Ft|lei))?\)?[-−]?$/u,
  number: /^[-+−]?[\d][\d.,'’ ]*$/,
  iban: /^[A-Z0-9]{2}[0-9OolISZB]{2}[\s-]?(?:[A-Za-z0-9]{1,6}[\s-]?){2,9}$/,
  email: /^[^\s@]+\s?@\s?[^\s@]+\.[^\s@]{2,}$/,
  phone: /^(?:\+|00)?[(\d][\d\s().\-/]{5,20}\d(?:\s?(?:ext\.?|x|#)\s?\d{1,6})?$/,
  card: /^(?:[\dOolISB]{4}[\s-]?){3,4}[\dOolISB]{1,4}$/,
  currency: /^(?:[A-Z]{3}|\p{Sc})$/u,
  mrz: /^[A-Z0-9<«]{26,46}$/,
};

/** Of a value without a label: what may be believed on its own. */
const SELF_EVIDENT: readonly FieldType[] = ["email", "iban", "card", "date", "amount", "phone"];

// As in the core: how long an IBAN of a country is, for where its value ends on the page.
const IBAN_LENGTHS: Record<string, number> = {
  AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21,
  HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24,
  SI: 19, SK: 24, TR: 26,
}; // prettier-ignore

export function looksLike(type: FieldType, text: string): boolean {
  if (!(WHOLE[type]?.test(text) ?? true)) return false;
  const digits = text.replace(/\D/g, "").length;
  if (type === "amount") return digits > 0;
  if (type === "iban") return digits >= 8 && /^[A-Z]{2}|^\d[A-Z]|^[A-Z]\d/.test(text);
  if (type === "phone") return digits >= 6 && digits <= 15;
  if (type === "card") return digits >= 10;
  if (type === "date") return digits >= 3;
  return true;
}

/** What a value is when its label says nothing; an amount must show a currency and a phone number its plus. */
export function typeOf(text: string): FieldType {
  for (const type of SELF_EVIDENT) if (looksLike(type, text) && unmistakable(type, text)) return type;
  return looksLike("number", text) ? "number" : "text";
}

function unmistakable(type: FieldType, text: string): boolean {
  if (type === "amount") return /\p{Sc}/u.test(text) || /^[A-Z]{3}\s?\d|\d\s?[A-Z]{3}$/.test(text);
  if (type === "phone") return /^(?:\+|00)/.test(text) && !/[-./]\d{1,2}[-./]/.test(text);
  if (type === "iban") return text.replace(/[\s-]/g, "").length >= 15;
  return true;
}

/**
 * How many of the texts from the first on make the value of a type: the longest run that looks like it, for an IBAN the one
 * of its country's length. 0 where none does.
 */
export function run(type: FieldType, texts: readonly string[]): number {
  const most = { date: 5, amount: 4, number: 3, iban: 9, email: 3, phone: 7, card: 5, currency: 1, mrz: 1 } as Record<
    string,
    number
  >;
  const limit = Math.min(most[type] ?? texts.length, texts.length);
  let best = 0;
  for (let n = 1; n <= limit; n += 1) {
    const text = texts.slice(0, n).join(" ");
    if (!looksLike(type, text)) continue;
    best = n;
    if (type === "iban" && text.replace(/[\s-]/g, "").length === IBAN_LENGTHS[text.slice(0, 2)]) return n;
  }
  return best;
}
