// The reasons of a score as sentences. Codes, factors and details are the core's; only the words are of the page.

export interface Reason {
  readonly code: string;
  readonly factor: number;
  readonly detail: string;
}

const TYPE: Record<string, string> = {
  iban: "IBAN", card: "card number", mrz: "machine readable zone", date: "date", amount: "amount", number: "number",
  email: "e-mail address", phone: "phone number", country: "country", currency: "currency",
}; // prettier-ignore

const SENTENCES: Record<string, string> = {
  empty: "Nothing stands here.",
  no_engine: "No engine has read this: the score begins at the confidence assumed for such text.",
  bad_char: "It holds characters that no text should.",
  too_short: "It is a single character, which says little.",
  date_ambiguous: "It is a date, but day and month may be swapped.",
  amount_ambiguous: "It is an amount, but its separator may part thousands or decimals.",
  date_form: "It is not written as a date.",
  date_year: "Its year lies outside 1800 to 2199.",
  date_calendar: "The calendar has no such day.",
  amount_form: "It is not written as an amount.",
  number_form: "It is not written as a number.",
  iban_chars: "It holds characters that no IBAN has.",
  iban_country: "It begins with no country that has IBANs.",
  iban_length: "It is too long or too short for its country.",
  iban_checksum: "Its check digits do not fit: at least one character is wrong.",
  card_chars: "It holds characters that no card number has.",
  card_length: "It is too long or too short for a card number.",
  card_checksum: "Its check digit does not fit: at least one digit is wrong.",
  mrz_chars: "It holds characters that no machine readable zone has.",
  mrz_shape: "Its lines are too many, too few, too long or too short.",
  mrz_checksum: "Not all of its check digits fit: at least one character is wrong.",
  email_form: "It is not written as an e-mail address.",
  phone_chars: "It holds characters that no phone number has.",
  phone_form: "It is not written as a phone number.",
  phone_length: "It has too many or too few digits for a phone number.",
  country_unknown: "No country has this name or code.",
  currency_unknown: "No currency has this code.",
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** @param engine what the engine's confidences came to, 0 to 1 */
export function sentence({ code, factor }: Reason, engine: number | null): string {
  if (code === "engine") return `The engine is ${percent(engine ?? 0)} sure of its words, the weakest weighing most.`;
  if (code === "shape")
    return factor >= 1 ? "Its words look like words." : "Its words do not look like words of a language.";
  const valid = /^(\w+)_valid$/.exec(code)?.[1];
  if (valid !== undefined) {
    const what = TYPE[valid] ?? valid;
    const checked = ["iban", "card", "mrz"].includes(valid) ? `, and its check digits fit` : "";
    return `It is written as ${/^[aeiou]/i.test(what) ? "an" : "a"} ${what}${checked}.`;
  }
  return SENTENCES[code] ?? code;
}

/** What a reason does to the odds: “× 97” or “÷ 50”; "" for one that is where the score begins. */
export function factorText({ code, factor }: Reason): string {
  if (code === "engine" || code === "no_engine" || code === "empty") return "";
  const shown = factor >= 1 ? factor : 1 / factor;
  const digits =
    shown >= 10 || Number.isInteger(shown) ? Math.round(shown).toString() : shown.toFixed(2).replace(/0$/, "");
  return `${factor >= 1 ? "×" : "÷"} ${digits}`;
}
