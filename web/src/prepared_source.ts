import { Handle } from "./handle.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { packedTexts, unwrap, type DocId } from "./packed.js";

/** A passage of a source: its text, alone or with an id. */
export type Passage = string | readonly [id: DocId, text: string] | { readonly id: DocId; readonly text: string };

/** One text, its passages, or a source that is read already. */
export type Source = string | Iterable<Passage> | PreparedSource;

/**
 * A source that is read and indexed once, and then serves any number of responses; it never changes.
 *
 * `dispose()` frees its memory.
 */
export class PreparedSource extends Handle {
  /** The texts of the passages. */
  readonly passages: readonly string[];
  /** What the caller calls them; `null` when they have no ids. */
  readonly ids: readonly DocId[] | null;

  /**
   * @param ids one for each passage; only for passages that bring none themselves
   * @throws ParitasError `length_mismatch` when there are not as many ids as passages
   */
  constructor(source: string | Iterable<Passage>, ids?: Iterable<DocId>) {
    const { texts, names } = passagesOf(source, ids);
    super(
      unwrap(packedTexts(texts).lend((at, bytes) => core().preparedSourceCreate(at, bytes))).f64(),
      core().preparedSourceDelete,
    );
    this.passages = texts;
    this.ids = names;
  }

  /** How many sentences all passages have. */
  get sentences(): number {
    return unwrap(core().preparedSourceCounts(this.raw)).f64();
  }

  /** Code points of all passages. */
  get characters(): number {
    const counts = unwrap(core().preparedSourceCounts(this.raw));
    counts.f64();
    return counts.f64();
  }

  /** @internal */
  get address(): number {
    return this.raw;
  }
}

function passagesOf(
  source: string | Iterable<Passage>,
  ids: Iterable<DocId> | undefined,
): { texts: string[]; names: DocId[] | null } {
  const texts: string[] = [];
  let names: DocId[] = [];
  if (typeof source === "string") {
    texts.push(source);
  } else {
    if (typeof source !== "object" || source === null || !(Symbol.iterator in source)) {
      throw new ParitasTypeError(`a string, passages or a PreparedSource is needed, not ${typeof source}`);
    }
    for (const passage of source) {
      if (typeof passage === "string") {
        texts.push(passage);
      } else if (Array.isArray(passage) && passage.length === 2) {
        names.push(passage[0] as DocId);
        texts.push(passage[1] as string);
      } else if (typeof passage === "object" && passage !== null && "id" in passage && "text" in passage) {
        names.push(passage.id);
        texts.push(passage.text);
      } else {
        throw new ParitasTypeError("a string, a pair of id and text, or an object with id and text is needed");
      }
    }
    if (names.length > 0 && names.length !== texts.length) {
      throw new ParitasError("invalid_argument", "either all passages or none must have an id");
    }
  }
  if (ids !== undefined) {
    if (names.length > 0) {
      throw new ParitasError("invalid_argument", "ids are given twice: with the passages and by themselves");
    }
    names = [...ids];
    if (names.length !== texts.length) {
      const counts = `${names.length} for ${texts.length}`;
      throw new ParitasError("length_mismatch", `ids must be as many as passages: ${counts}`);
    }
  }
  return { texts, names: names.length > 0 ? names : null };
}
