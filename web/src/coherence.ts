import { settle, whole, withDoubles, withText } from "./convert.js";
import { FactStore } from "./facts.js";
import { Handle } from "./handle.js";
import { core, ParitasTypeError } from "./module.js";
import { ask, askLater, type AskOptions, type NliScorer, type Pair } from "./nli.js";
import { Packer, unwrap, type Unpacker } from "./packed.js";
import type { Span } from "./span.js";
import type { Reason } from "./verification_result.js";

export interface CoherenceScorerOptions {
  /** Its best facts are the evidence where a review has no context. */
  factStore?: FactStore | undefined;
  /** Least score of an approved answer. */
  threshold?: number | undefined;
  /** An approved answer below it gets a warning. */
  softLimit?: number | undefined;
  /** What the logical divergence takes from the score; the two weights are at least 0 and together 1. */
  wLogic?: number | undefined;
  /** What the factual divergence takes from it. */
  wFact?: number | undefined;
  /** Facts that serve as evidence. */
  topK?: number | undefined;
  /** Whose facts. */
  tenantId?: string | undefined;
  /** Whether an answer may be approved that nothing speaks of. */
  allowNoEvidence?: boolean | undefined;
  /** A judge of entailment; it is asked about the claims and, for the logic, about the prompt and the answer. */
  nliScorer?: NliScorer | undefined;
}

/** How well an answer fits its prompt and the evidence. */
export interface CoherenceScore {
  /** 0 to 1. */
  readonly score: number;
  readonly approved: boolean;
  /** Divergence from the prompt and within the answer, 0 to 1. */
  readonly hLogical: number;
  /** Divergence from the evidence, 0 to 1; `null` without evidence. */
  readonly hFactual: number | null;
  /** Approved, but below the soft limit. */
  readonly warning: boolean;
  /** What the answer was checked against. */
  readonly evidence: string | null;
  /** Against the evidence, then against the prompt and within the answer, without `sourceSpan`. */
  readonly reasons: readonly Reason[];
}

export interface Review {
  readonly approved: boolean;
  readonly score: CoherenceScore;
}

/**
 * Scores an answer by the facts it can lean on and by its logic. What has no evidence is not approved, and a claim that
 * the evidence contradicts cannot be outvoted.
 */
export class CoherenceScorer extends Handle {
  readonly #factStore: FactStore | undefined;
  readonly #nliScorer: NliScorer | undefined;

  /** @throws ParitasError `invalid_argument` for an option without meaning */
  constructor({ factStore, nliScorer, ...options }: CoherenceScorerOptions = {}) {
    if (factStore !== undefined && !(factStore instanceof FactStore)) {
      throw new ParitasTypeError(`a FactStore is needed, not ${typeof factStore}`);
    }
    super(create(options), core().coherenceDelete);
    this.#factStore = factStore;
    this.#nliScorer = nliScorer;
  }

  /**
   * Whether an answer is approved, and its score.
   *
   * `hFactual` is 1 - VerifiedScorer's score of the answer against the evidence; `hLogical` is 0.8 where the answer
   * contradicts what the prompt states or itself, in words about the same matter and names, else 0.2; with an `nliScorer`
   * 1 - its entailment of the answer by the prompt.
   *
   * @param context the evidence; by default the best facts of the store
   * @throws ParitasError `limit_exceeded` for a text that is too long; what the `nliScorer` throws
   */
  review(prompt: string, answer: string, context?: string): Review {
    const scorer = this.#nliScorer;
    return this.#plan(prompt, answer, context, (plan) =>
      this.#finish(plan, scorer === undefined ? undefined : ask(scorer, pairs(plan))),
    );
  }

  /**
   * {@link review} for an `nliScorer` that returns promises.
   *
   * @param options `timeoutMs` and `signal` end the wait for the `nliScorer`, with a `TimeoutError` or the signal's reason
   */
  async reviewAsync(prompt: string, answer: string, context?: string, options: AskOptions = {}): Promise<Review> {
    const scorer = this.#nliScorer;
    if (scorer === undefined) return this.review(prompt, answer, context);
    const plan = this.#plan(prompt, answer, context, (made) => made, false);
    try {
      return this.#finish(plan, await askLater(scorer, pairs(plan), options));
    } finally {
      core().coherencePlanDelete(plan);
    }
  }

  #plan<T>(
    prompt: string,
    answer: string,
    context: string | undefined,
    call: (plan: number) => T,
    free: boolean = true,
  ): T {
    const block = new Packer().text(prompt).text(answer);
    // A text behind its size + 1, as `optional` writes bytes.
    if (context === undefined) block.u32(0);
    else block.optional(new Packer().text(context).bytes().subarray(4));
    const make = (facts: number): number =>
      unwrap(block.lend((at, bytes) => core().coherencePlan(this.raw, facts, at, bytes))).f64();
    const plan = this.#factStore === undefined ? make(0) : this.#factStore.lend(make);
    if (!free) return call(plan);
    try {
      return call(plan);
    } finally {
      core().coherencePlanDelete(plan);
    }
  }

  #finish(plan: number, scores: readonly number[] | undefined): Review {
    const reply = withDoubles(scores ?? [], (at, count) =>
      core().coherenceFinish(this.raw, plan, scores !== undefined, at, count),
    );
    const score = readScore(unwrap(reply));
    return { approved: score.approved, score };
  }
}

function create(options: Omit<CoherenceScorerOptions, "factStore" | "nliScorer">): number {
  const standard = unwrap(core().coherenceDefaults());
  const all = settle(
    {
      threshold: standard.f64(),
      softLimit: standard.f64(),
      wLogic: standard.f64(),
      wFact: standard.f64(),
      topK: standard.f64(),
      allowNoEvidence: standard.truth(),
      tenantId: "",
    },
    options,
  );
  const { threshold, softLimit, wLogic, wFact, allowNoEvidence } = all;
  const topK = whole(all.topK);
  const reply = withText(all.tenantId, (at, bytes) =>
    core().coherenceCreate(threshold, softLimit, wLogic, wFact, topK, allowNoEvidence, at, bytes),
  );
  return unwrap(reply).f64();
}

function pairs(plan: number): Pair[] {
  const input = unwrap(core().coherencePairs(plan));
  return input.all(() => [input.text(), input.text()] as const);
}

function readScore(input: Unpacker): CoherenceScore {
  const [score, hLogical, hFactual] = [input.f64(), input.f64(), input.f64()];
  const [approved, warning] = [input.truth(), input.truth()];
  const evidence = input.optional();
  const span = (): Span | null => (input.truth() ? input.span() : null);
  return {
    score,
    approved,
    hLogical,
    hFactual: Number.isNaN(hFactual) ? null : hFactual,
    warning,
    evidence: evidence === undefined ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(evidence),
    reasons: input.all(() => {
      const [code, message, decisive] = [input.text(), input.text(), input.truth()];
      const [claimSpan, sourceSpan] = [span(), span()];
      return { code, message, decisive, claimSpan, sourceSpan, passage: sourceSpan === null ? -1 : 0 };
    }),
  };
}
