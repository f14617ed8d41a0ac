import { CanonicalPacker } from "./canonical.js";
import { settle, withText } from "./convert.js";
import { core, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";

/** Which texts are equal. */
export interface ContentHasherOptions {
  /** White space around a text says nothing, and runs of it are one space; by default so. */
  normalizeWhitespace?: boolean | undefined;
  /** By simple lower case. */
  caseInsensitive?: boolean | undefined;
  /** Hexadecimal digits, 8 to 32, by default 16. */
  hashLength?: number | undefined;
  /** What Unicode calls punctuation goes; symbols such as $ and + stay. */
  removePunctuation?: boolean | undefined;
}

function preset(number: number): Required<Record<keyof ContentHasherOptions, unknown>> & {
  normalizeWhitespace: boolean;
  caseInsensitive: boolean;
  hashLength: number;
  removePunctuation: boolean;
} {
  const input = unwrap(core().hashPreset(number));
  return {
    normalizeWhitespace: input.truth(),
    caseInsensitive: input.truth(),
    hashLength: input.f64(),
    removePunctuation: input.truth(),
  };
}

function whole(value: number, name: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new ParitasTypeError(`a whole number as ${name} is needed, not ${value}`);
}

/**
 * Hashes of contents that are equal in a chosen way: the first digits of XXH3-128.
 *
 * @throws ParitasError `invalid_argument` for a hashLength below 8 or above 32
 */
export class ContentHasher {
  readonly #flags: number;
  readonly #digits: number;

  constructor(options: ContentHasherOptions = {}) {
    const own = settle(preset(0), options);
    this.#digits = whole(own.hashLength, "hashLength");
    const bits = [own.normalizeWhitespace, own.caseInsensitive, own.removePunctuation];
    this.#flags = bits.reduce((sum, bit, i) => sum | (bit ? 1 << i : 0), 0);
    unwrap(core().hashCheck(this.#digits));
  }

  /** For texts that say the same to a reader: white space, case and punctuation say nothing. */
  static textFuzzy(): ContentHasher {
    return new ContentHasher(preset(1));
  }
  /** White space alone says nothing. */
  static textStrict(): ContentHasher {
    return new ContentHasher(preset(2));
  }
  /** Everything counts. */
  static exactMatch(): ContentHasher {
    return new ContentHasher(preset(3));
  }
  /** For questions: the same as textFuzzy(). */
  static querySemantic(): ContentHasher {
    return new ContentHasher(preset(4));
  }

  /** The text that is hashed. */
  normalize(content: string): string {
    return unwrap(withText(content, (at, bytes) => core().hashNormalize(this.#flags, this.#digits, at, bytes))).text();
  }

  /** Lower-case hexadecimal digits. */
  hash(content: string): string {
    return this.#hash(content, 0)!;
  }

  /**
   * The hash, or null for a normalised text of fewer than minLength characters.
   *
   * @throws ParitasError `invalid_argument` for minLength below 0
   */
  hashBlock(block: string, minLength = 0): string | null {
    return this.#hash(block, whole(minLength, "minLength"));
  }

  /** Of canonicalJson(data), to which the options do nothing. @throws ParitasError those of canonicalJson */
  hashDict(data: object): string {
    if (typeof data !== "object" || data === null || Array.isArray(data)) {
      throw new ParitasTypeError(`an object is needed, not ${Array.isArray(data) ? "an array" : typeof data}`);
    }
    return this.#value(data);
  }

  /** Of canonicalJson(items), an array. @throws ParitasError those of canonicalJson */
  hashList(items: readonly unknown[]): string {
    if (!Array.isArray(items)) throw new ParitasTypeError(`an array is needed, not ${typeof items}`);
    return this.#value(items);
  }

  #hash(content: string, least: number): string | null {
    const hash = unwrap(
      withText(content, (at, bytes) => core().hashContent(this.#flags, this.#digits, least, at, bytes)),
    ).optional();
    return hash === undefined ? null : String.fromCharCode(...hash);
  }

  #value(value: unknown): string {
    const block = new CanonicalPacker(undefined);
    block.value(value);
    return unwrap(block.lend((at, bytes) => core().hashValue(this.#digits, at, bytes))).text();
  }
}
