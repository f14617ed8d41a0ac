import { number, settle, string, whole, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { Packer, packedTexts, type Unpacker, unwrap } from "./packed.js";

/** The types of `classifyTask`. */
export const TaskType = Object.freeze({
  Action: "action",
  Analysis: "analysis",
  Generation: "generation",
  Search: "search",
  Edit: "edit",
  Default: "default",
} as const);
export type TaskType = (typeof TaskType)[keyof typeof TaskType];

/** Categories with their keywords and weights, in the order that ties go by; a Map keeps the order of any names. */
export type KeywordCategories = Readonly<Record<string, Keywords>> | ReadonlyMap<string, Keywords>;
type Keywords = Readonly<Record<string, number>> | ReadonlyMap<string, number>;

export interface TaskClassifierOptions {
  /** How much more a keyword counts at the start of the text than at its end. */
  positionWeight?: number | undefined;
  /** How many words behind a negator it reaches at most. */
  negationRadius?: number | undefined;
  /** What is added to the sum of scores, so that one weak word gives no certainty. */
  smoothing?: number | undefined;
  /** A confidence under it is "default". */
  threshold?: number | undefined;
  /** Whether the forms of a keyword count as it does; see `inflect`. */
  inflect?: boolean | undefined;
  /** Words and phrases that negate what follows; without them those of English. */
  negators?: Iterable<string> | null | undefined;
}

/** A keyword in a text, in UTF-16 units. */
export interface KeywordMatch {
  /** As it stands there. */
  readonly text: string;
  /** Of the classifier. */
  readonly keyword: string;
  readonly category: string;
  /** Of the keyword. */
  readonly weight: number;
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
}

/** What a text asks for, and which of its words say so. */
export interface ClassificationResult {
  /** The name of a category, or "default". */
  readonly taskType: string;
  /** 0 to 1: the score of the best category against those of all; 0 where no category has one. */
  readonly confidence: number;
  /** Every category, in order. */
  readonly scores: Record<string, number>;
  /** Matches that are not negated. */
  readonly matchedCount: number;
  readonly negatedCount: number;
  /** In text order, the negated ones too. */
  readonly matches: KeywordMatch[];
  /** Action, generation or edit. */
  readonly isActionTask: boolean;
  /** Analysis or search. */
  readonly isAnalysisTask: boolean;
  readonly isGenerationTask: boolean;
  readonly needsExecution: boolean;
  /** How many tool calls such a task is worth: 15, 30, 20, 10, 15; 20 for what is none of the five. */
  readonly recommendedToolBudget: number;
}

/** A keyword in a text with its category. */
export interface FoundKeyword {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly category: string;
}

interface Known {
  readonly names: string[];
  readonly keywords: { readonly text: string; readonly weight: number }[];
}

/**
 * Tells what a request asks for by weighted keywords, in clauses that a negation does not cover.
 *
 * `dispose()` frees its memory.
 */
export class TaskClassifier extends Handle {
  readonly #known: Known;

  /**
   * @param categories without them those of `classifyTask`
   * @throws ParitasError `invalid_argument` for a keyword without a word, a weight that is not finite or below 0, smoothing
   *   below 0, a threshold outside [0, 1]; `duplicate_key` for a keyword twice in a category
   */
  constructor(categories?: KeywordCategories | null, options: TaskClassifierOptions = {}) {
    super(create(categories ?? null, options), core().classifierDelete);
    this.#known = known(this.raw);
  }

  /** The categories with their keywords and weights. */
  get categories(): Map<string, Map<string, number>> {
    const input = unwrap(core().classifierCategories(this.raw));
    return new Map(
      input.all(() => [input.text(), new Map(input.list(() => [input.text(), input.f64()] as const))] as const),
    );
  }

  /** What one text asks for. */
  classify(text: string): ClassificationResult {
    return classify(this.raw, this.#known, text);
  }

  /** `classify` for many texts. */
  classifyBatch(texts: Iterable<string>): ClassificationResult[] {
    return classifyBatch(this.raw, this.#known, texts);
  }

  /** Every keyword in text order, negated or not. */
  findAllKeywords(text: string): FoundKeyword[] {
    return find(this.raw, this.#known, text);
  }

  /**
   * Whether a text has a keyword of one category, negated or not.
   *
   * @throws ParitasError `not_found` for a category that the classifier has not
   */
  hasKeywords(text: string, category: string): boolean {
    return has(this.raw, text, category);
  }

  /** Whether a text has a negator. */
  hasNegation(text: string): boolean {
    return withText(text, (at, bytes) => core().classifierHasNegation(this.raw, at, bytes)) !== 0;
  }
}

function entries<T>(mapping: Readonly<Record<string, T>> | ReadonlyMap<string, T>): [string, T][] {
  if (mapping instanceof Map) return [...(mapping as ReadonlyMap<string, T>)];
  if (typeof mapping !== "object" || mapping === null || Symbol.iterator in mapping) {
    throw new ParitasTypeError(`an object or a Map is needed, not ${mapping === null ? "null" : typeof mapping}`);
  }
  return Object.entries(mapping);
}

function create(categories: KeywordCategories | null, { negators, ...options }: TaskClassifierOptions): number {
  const defaults = unwrap(core().classifierDefaults());
  const settled = settle(
    {
      positionWeight: defaults.f64(),
      negationRadius: defaults.f64(),
      smoothing: defaults.f64(),
      threshold: defaults.f64(),
      inflect: defaults.truth(),
    },
    options,
  );
  const block = new Packer().u8(categories === null ? 0 : 1);
  if (categories !== null) {
    const all = entries<Keywords>(categories);
    block.u32(all.length);
    for (const [name, keywords] of all) {
      const items = entries(keywords);
      block.text(name).u32(items.length);
      for (const [text, weight] of items) block.text(text).f64(number(weight));
    }
  }
  block.u8(negators === undefined || negators === null ? 0 : 1);
  if (negators !== undefined && negators !== null) block.raw(packedTexts(negators).bytes());
  const { positionWeight, negationRadius, smoothing, threshold, inflect: inflects } = settled;
  return unwrap(
    block.lend((at, bytes) =>
      core().classifierCreate(at, bytes, positionWeight, whole(negationRadius), smoothing, threshold, inflects),
    ),
  ).f64();
}

function known(raw: number): Known {
  const input = unwrap(core().classifierCategories(raw));
  const keywords: { text: string; weight: number }[] = [];
  const names = input.all(() => {
    const name = input.text();
    keywords.push(...input.list(() => ({ text: input.text(), weight: input.f64() })));
    return name;
  });
  return { names, keywords };
}

function readResult(input: Unpacker, { names, keywords }: Known, source: string): ClassificationResult {
  const taskType = input.text();
  const confidence = input.f64();
  const scores = Object.fromEntries(names.map((name) => [name, input.f64()]));
  const negatedCount = input.u32();
  const matches = input.list(() => {
    const { text: keyword, weight } = keywords[input.u32()]!;
    const category = names[input.u32()]!;
    const { start, end } = input.span();
    return { text: source.slice(start, end), keyword, category, weight, start, end, negated: input.truth() };
  });
  return {
    taskType,
    confidence,
    scores,
    matchedCount: matches.length - negatedCount,
    negatedCount,
    matches,
    isActionTask: input.truth(),
    isAnalysisTask: input.truth(),
    isGenerationTask: input.truth(),
    needsExecution: input.truth(),
    recommendedToolBudget: input.u32(),
  };
}

function classify(raw: number, about: Known, text: string): ClassificationResult {
  return readResult(unwrap(withText(text, (at, bytes) => core().classifierClassify(raw, at, bytes))), about, text);
}

function classifyBatch(raw: number, about: Known, texts: Iterable<string>): ClassificationResult[] {
  const all = typeof texts === "string" ? texts : [...texts];
  const packed = packedTexts(all);
  const input = unwrap(packed.lend((at, bytes) => core().classifierClassifyBatch(raw, at, bytes)));
  return (all as string[]).map((text) => readResult(input, about, text));
}

function find(raw: number, { names }: Known, text: string): FoundKeyword[] {
  const input = unwrap(withText(text, (at, bytes) => core().classifierFind(raw, at, bytes)));
  return input.all(() => {
    const { start, end } = input.span();
    return { start, end, text: text.slice(start, end), category: names[input.u32()]! };
  });
}

function has(raw: number, text: string, category: string): boolean {
  return (
    unwrap(
      withText(text, (at, bytes) =>
        withText(string(category), (categoryAt, categoryBytes) =>
          core().classifierHasKeywords(raw, at, bytes, categoryAt, categoryBytes),
        ),
      ),
    ).f64() !== 0
  );
}

let english: Known | undefined;

/** The classifier with all defaults, which lives in the module. */
function standard(): [number, Known] {
  const raw = core().classifierStandard();
  return [raw, (english ??= known(raw))];
}

/**
 * What a request asks for: action, analysis, generation, search, edit or "default", by the keywords of English.
 */
export function classifyTask(text: string): ClassificationResult {
  return classify(...standard(), text);
}

/** `classifyTask` for many texts. */
export function classifyTaskBatch(texts: Iterable<string>): ClassificationResult[] {
  return classifyBatch(...standard(), texts);
}

/** Every keyword of `classifyTask` in text order, negated or not. */
export function findAllKeywords(text: string): FoundKeyword[] {
  return find(...standard(), text);
}

/** Whether a text has a keyword of actions, negated or not. */
export function hasActionKeywords(text: string): boolean {
  return has(standard()[0], text, "action");
}

/** Whether a text has a keyword of analysis, negated or not. */
export function hasAnalysisKeywords(text: string): boolean {
  return has(standard()[0], text, "analysis");
}

/** Whether a text has a keyword of generation, negated or not. */
export function hasGenerationKeywords(text: string): boolean {
  return has(standard()[0], text, "generation");
}

/** Whether a text has a keyword of searches, negated or not. */
export function hasSearchKeywords(text: string): boolean {
  return has(standard()[0], text, "search");
}

/** Whether a text has a keyword of edits, negated or not. */
export function hasEditKeywords(text: string): boolean {
  return has(standard()[0], text, "edit");
}

/** Whether a text has a negator of English. */
export function hasNegation(text: string): boolean {
  const [raw] = standard();
  return withText(text, (at, bytes) => core().classifierHasNegation(raw, at, bytes)) !== 0;
}

/**
 * The forms of a keyword that a classifier knows: of its first word, the rest as it is.
 *
 * @returns ASCII-lowered, the keyword itself first; alone where English gives it no forms, as "summary" and "what is"
 * @throws ParitasError `invalid_argument` for a text without a word, or with more than spaces or one hyphen between its words
 */
export function inflect(word: string): string[] {
  const input = unwrap(withText(word, (at, bytes) => core().classifierInflect(at, bytes)));
  return input.all(() => input.text());
}
