import type { FieldType } from "./patterns.js";

// Labels of forms and invoices, and what stands beside them. Longer ones first: "due date" before "date".

interface Known {
  readonly label: string;
  readonly type: FieldType;
}

const of = (type: FieldType, ...labels: string[]): Known[] => labels.map((label) => ({ label, type }));

const KNOWN: readonly Known[] = [
  ...of(
    "date",
    "date of birth",
    "birth date",
    "invoice date",
    "date of issue",
    "date of expiry",
    "due date",
    "order date",
  ),
  ...of(
    "date",
    "member since",
    "valid until",
    "delivery date",
    "geburtsdatum",
    "rechnungsdatum",
    "date",
    "datum",
    "born",
  ),
  ...of(
    "text",
    "invoice number",
    "invoice no",
    "invoice nr",
    "invoice",
    "order number",
    "order no",
    "order",
    "customer number",
  ),
  ...of("text", "customer no", "customer", "reference", "ref", "document number", "passport number", "rechnung nr"),
  ...of(
    "text",
    "account holder",
    "family name",
    "given names",
    "given name",
    "first name",
    "last name",
    "surname",
    "full name",
  ),
  ...of(
    "text",
    "name",
    "vorname",
    "nachname",
    "street",
    "town",
    "city",
    "address",
    "profession",
    "nationality",
    "bic",
    "swift",
  ),
  ...of(
    "amount",
    "amount due",
    "balance due",
    "grand total",
    "sub total",
    "subtotal",
    "total",
    "net",
    "gross",
    "amount",
    "price",
  ),
  ...of("amount", "yearly fee", "fee", "betrag", "summe", "gesamt", "netto", "brutto", "balance"),
  ...of("iban", "iban"),
  ...of("email", "e-mail", "email", "mail"),
  ...of("phone", "phone", "telephone", "telefon", "mobile", "tel", "fax"),
  ...of("card", "card number", "credit card", "card no"),
  ...of("country", "country", "land"),
  ...of("currency", "currency", "währung"),
].sort((a, b) => b.label.length - a.label.length);

const TAX = /^(?:vat|tax|mwst|ust)\b/;

export interface Label {
  /** As shown: as it was read, or as it is spelled where a letter was misread. */
  name: string;
  type: FieldType | null;
  known: boolean;
}

/** The smallest number of letters to change, leave out or put in; stops counting above `most`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * What a label means: of two words and more the known one it ends in decides ("Yearly membership fee" is a fee).
 *
 * @param unsure whether the engine may have misread it: then a known label that differs by a letter or two is meant
 */
export function readLabel(text: string, unsure: boolean): Label {
  const name = text.replace(/[\s:.\-–]+$/, "").replace(/^[^\p{L}\p{N}]+/u, "");
  const plain = name.toLowerCase().replace(/[.,]/g, "");
  if (TAX.test(plain)) return { name, type: "amount", known: true };
  const exact = KNOWN.find(({ label }) => label === plain);
  if (exact) return { name, type: exact.type, known: true };
  for (const { label, type } of unsure ? KNOWN : []) {
    const misread = plain.length >= 6 ? 2 : 1;
    if (label.length >= 4 && distance(plain, label, misread) <= misread)
      return { name: capital(label), type, known: true };
  }
  const end = KNOWN.find(({ label }) => plain.endsWith(` ${label}`));
  return { name, type: end?.type ?? null, known: false };
}
