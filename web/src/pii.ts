import { whole } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { core } from "./module.js";
import { Packer, packedTexts, type Unpacker, unwrap } from "./packed.js";

/** What is known of personal data. */
export type PiiKind = "email" | "credit_card" | "iban" | "ssn" | "phone" | "ip";

export interface PiiOptions {
  /** Which to look for; all of them where nothing is said. */
  kinds?: Iterable<PiiKind> | undefined;
}

export interface PiiMaskOptions extends PiiOptions {
  /** One code point that breaks no line; "*" where nothing is said. */
  maskChar?: string | undefined;
  /** How many code points stay at each end of a finding, but at most an eighth of it; 0 to 64, 0 where nothing is said. */
  visibleChars?: number | undefined;
}

/** Personal data in a text; the text itself is text.slice(start, end). */
export interface PiiMatch {
  readonly kind: PiiKind;
  readonly start: number;
  readonly end: number;
  /** E-mail with a lower-case domain, digits of a card, compact IBAN, "AAA-GG-SSSS", "+" and digits, IP of RFC 5952. */
  readonly normalized: string;
  /**
   * Scheme of a card, country of an IBAN, "international" or "north_american", kind of address ("public", "private",
   * "loopback", "link_local", "documentation"); "" for the others.
   */
  readonly detail: string;
}

/**
 * Personal data in a text, in its order; no two overlap: where kinds do, the one with more proof stays, in the order
 * iban, credit_card, email, ip, ssn, phone.
 *
 * @throws ParitasError `invalid_argument` with the index of an unknown kind
 */
export function scanPii(text: string, options: PiiOptions = {}): PiiMatch[] {
  const input = scanned(new Packer().text(text), options);
  return input.list(() => readMatch(input));
}

/** scanPii for many texts: a list for each. */
export function scanPiiBatch(texts: Iterable<string>, options: PiiOptions = {}): PiiMatch[][] {
  const input = scanned(packedTexts(texts), options);
  return input.all(() => input.list(() => readMatch(input)));
}

/**
 * The text with its personal data masked, one maskChar for each code point.
 *
 * @throws ParitasError `invalid_argument` for an unknown kind, other visibleChars, and a maskChar that is not one code
 *   point or breaks a line
 */
export function maskPii(text: string, options: PiiMaskOptions = {}): string {
  return masked(new Packer().text(text), options).text();
}

/** maskPii for many texts. */
export function maskPiiBatch(texts: Iterable<string>, options: PiiMaskOptions = {}): string[] {
  const input = masked(packedTexts(texts), options);
  return input.all(() => input.text());
}

function scanned(texts: Packer, options: PiiOptions): Unpacker {
  only(options, ["kinds"]);
  const kinds = packKinds(new Packer(), options.kinds);
  return unwrap(
    texts.lend((at, bytes) => kinds.lend((kindsAt, kindsBytes) => core().piiScan(at, bytes, kindsAt, kindsBytes))),
  );
}

function masked(texts: Packer, options: PiiMaskOptions): Unpacker {
  only(options, ["kinds", "maskChar", "visibleChars"]);
  const { maskChar, visibleChars } = options;
  const mask = packKinds(new Packer(), options.kinds);
  if (maskChar === undefined) mask.u32(0);
  else {
    const bytes = new Packer().text(maskChar).bytes();
    mask.u32(bytes.length - 4 + 1).raw(bytes.subarray(4));
  }
  if (visibleChars === undefined) mask.u8(0);
  else mask.u8(1).u32(whole(visibleChars) >>> 0);
  return unwrap(
    texts.lend((at, bytes) => mask.lend((maskAt, maskBytes) => core().piiMask(at, bytes, maskAt, maskBytes))),
  );
}

/** What `kinds_of` of targets/wasm/pii.cpp reads. */
export function packKinds(out: Packer, kinds: Iterable<PiiKind> | undefined): Packer {
  if (kinds === undefined) return out.u8(0);
  if (typeof kinds === "string") throw new ParitasTypeError("an array of strings is needed, not string");
  const names = [...kinds];
  out.u8(1).u32(names.length);
  for (const name of names) out.text(name);
  return out;
}

function only(options: object, known: string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new ParitasTypeError(`unknown option ${key}; known: ${known.join(", ")}`);
  }
}

function readMatch(input: Unpacker): PiiMatch {
  const kind = input.text() as PiiKind;
  const { start, end } = input.span();
  return { kind, start, end, normalized: input.text(), detail: input.text() };
}
