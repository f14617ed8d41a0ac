import { settle, truth, whole, withDoubles, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { ask, askLater, numbers, type AskOptions, type NliScorer, type Pair } from "./nli.js";
import { unwrap, type Unpacker } from "./packed.js";
import { PreparedSource, type Source } from "./prepared_source.js";
import type { Reply } from "./raw.js";
import { failed, readResult, type VerificationResult } from "./verification_result.js";

export interface VerifiedScorerOptions {
  /** A stronger judge of entailment, asked for each claim that the rules leave open. */
  nliScorer?: NliScorer | undefined;
  /** Divergence from which a claim with something missing is fabricated. */
  nliThreshold?: number | undefined;
  /** Divergence up to which a claim is supported. */
  supportThreshold?: number | undefined;
  /** A verdict below it becomes unverifiable. */
  minConfidence?: number | undefined;
  /** Least score of an approved response. */
  approveThreshold?: number | undefined;
  /** Share of the `nliScorer` in a probability. */
  nliWeight?: number | undefined;
  /** What the `nliScorer` returns: "entailment" probability, or "divergence", its complement. */
  nliDirection?: "entailment" | "divergence" | undefined;
  /** Longest response and source, in code points. */
  maxChars?: number | undefined;
}

export interface VerifyOptions {
  /** Checks the parts of sentences that stand alone, see `splitClaims`. */
  atomic?: boolean | undefined;
  /** Source sentences that are kept for each claim, 0 to 100. */
  evidenceTopK?: number | undefined;
}

/** The outcome of many verifications without their claims, one row for each. */
export interface VerificationScores {
  readonly approved: boolean[];
  readonly score: Float64Array;
  readonly coverage: Float64Array;
}

/** A verification that waits for a model: `pairs` are what to ask it, `VerifiedScorer.finish` takes the answers. */
export class VerificationPlan extends Handle {
  /** A source sentence and a claim for each question. */
  readonly pairs: readonly Pair[];

  /** @internal */
  constructor(
    raw: number,
    readonly response: string,
    /** @internal */
    readonly source: PreparedSource,
    private readonly owned: boolean,
  ) {
    super(raw, core().planDelete);
    const input = unwrap(core().planPairs(raw, source.address));
    this.pairs = input.all(() => {
      const [passage, premise, claim] = [input.u32(), input.span(), input.span()];
      return [
        source.passages[passage]!.slice(premise.start, premise.end),
        response.slice(claim.start, claim.end),
      ] as const;
    });
  }

  /** @internal */
  finish(options: readonly number[], scores: readonly number[]): VerificationResult {
    const reply = withDoubles(options, (at) =>
      withDoubles(scores, (given, count) => core().planFinish(this.raw, this.source.address, at, given, count)),
    );
    return readResult(unwrap(reply), this.response, this.source.passages, this.source.ids);
  }

  /** Frees the memory of the plan, and of a source that was read for it alone. */
  override dispose(): void {
    super.dispose();
    if (this.owned) this.source.dispose();
  }
}

/** Compares responses with their sources: a verdict with reasons for each claim, and a score of the whole. */
export class VerifiedScorer {
  readonly #options: readonly number[];
  readonly #nliScorer: NliScorer | undefined;

  /** @throws ParitasError `invalid_argument` for an option without meaning */
  constructor({ nliScorer, ...options }: VerifiedScorerOptions = {}) {
    const standard = defaults();
    const all = settle(standard.options, options);
    const shares = [all.nliThreshold, all.supportThreshold, all.minConfidence, all.approveThreshold, all.nliWeight];
    const given = [...shares, 0, whole(all.maxChars)];
    const divergence = unwrap(
      withDoubles(given, (at) => withText(all.nliDirection, (to, bytes) => core().verifierCheck(at, to, bytes))),
    ).f64();
    given[5] = divergence;
    this.#options = given;
    this.#nliScorer = nliScorer;
  }

  /**
   * Verifies a response against a source.
   *
   * @throws ParitasError `limit_exceeded` for a text of more than `maxChars`; what the `nliScorer` throws
   */
  verify(response: string, source: Source, options: VerifyOptions = {}): VerificationResult {
    const scorer = this.#nliScorer;
    if (scorer !== undefined) {
      return using(this.plan(response, source, options), (plan) => this.finish(plan, ask(scorer, plan.pairs)));
    }
    const { atomic, evidence } = settled(options);
    if (typeof source === "string") {
      const input = this.#call(response, (at, said, bytes) =>
        withText(source, (there, size) => core().verifyText(at, said, bytes, there, size, atomic, evidence)),
      );
      return readResult(input, response, [source], null);
    }
    const [prepared, owned] = prepare(source);
    try {
      const input = this.#call(response, (at, said, bytes) =>
        core().verifyPrepared(at, said, bytes, prepared.address, atomic, evidence),
      );
      return readResult(input, response, prepared.passages, prepared.ids);
    } finally {
      if (owned) prepared.dispose();
    }
  }

  /**
   * {@link verify} for an `nliScorer` that returns promises.
   *
   * @param options `timeoutMs` and `signal` end the wait for the `nliScorer`, with a `TimeoutError` or the signal's reason
   */
  async verifyAsync(
    response: string,
    source: Source,
    { timeoutMs, signal, ...options }: VerifyOptions & AskOptions = {},
  ): Promise<VerificationResult> {
    const scorer = this.#nliScorer;
    if (scorer === undefined) return this.verify(response, source, options);
    const plan = this.plan(response, source, options);
    try {
      return plan.finish(this.#options, await askLater(scorer, plan.pairs, { timeoutMs, signal }));
    } finally {
      plan.dispose();
    }
  }

  /**
   * {@link verify} for many responses; a pair that cannot be verified has the status "error" and the error as its reason.
   *
   * @param sources as many as responses, or one for all of them
   * @throws ParitasError `length_mismatch`; what the `nliScorer` throws
   */
  verifyBatch(
    responses: Iterable<string>,
    sources: Iterable<Source> | PreparedSource | string,
    options: VerifyOptions = {},
  ): VerificationResult[] {
    if (typeof responses === "string") throw new ParitasTypeError("an array of strings is needed, not string");
    const said = [...responses];
    const there = typeof sources === "string" || sources instanceof PreparedSource ? [sources] : [...sources];
    if (there.length !== said.length && there.length !== 1) {
      const counts = `${there.length} for ${said.length}`;
      throw new ParitasError("length_mismatch", `sources must be as many as responses, or one for all: ${counts}`);
    }
    settled(options);
    const shared = there.length === 1 && said.length > 1 ? attempt(() => prepare(there[0] as Source)) : undefined;
    try {
      return said.map((response, i) => {
        const source = Array.isArray(shared) ? shared[0] : (there[there.length === 1 ? 0 : i] as Source);
        const result = attempt(() => this.verify(response, source, options));
        return result instanceof Error ? failed(result as Error as ParitasError) : result;
      });
    } finally {
      if (Array.isArray(shared) && shared[1]) shared[0].dispose();
    }
  }

  /** The outcome of {@link verify} for many responses, without their claims. */
  scoreBatch(
    responses: Iterable<string>,
    sources: Iterable<Source> | PreparedSource | string,
    options: VerifyOptions = {},
  ): VerificationScores {
    const results = this.verifyBatch(responses, sources, options);
    return {
      approved: results.map((result) => result.approved),
      score: Float64Array.from(results, (result) => result.score),
      coverage: Float64Array.from(results, (result) => result.coverage),
    };
  }

  /** The first half of {@link verify}: everything but what a model says about `pairs`. Dispose of the plan. */
  plan(response: string, source: Source, options: VerifyOptions = {}): VerificationPlan {
    const { atomic, evidence } = settled(options);
    const [prepared, owned] = prepare(source);
    try {
      const input = this.#call(response, (at, said, bytes) =>
        core().planCreate(at, said, bytes, prepared.address, atomic, evidence),
      );
      return new VerificationPlan(input.f64(), response, prepared, owned);
    } catch (error) {
      if (owned) prepared.dispose();
      throw error;
    }
  }

  /** The second half: one score for each pair of the plan. */
  finish(plan: VerificationPlan, scores: Iterable<number>): VerificationResult {
    return plan.finish(this.#options, numbers(scores));
  }

  #call(response: string, call: (options: number, at: number, bytes: number) => Reply): Unpacker {
    return unwrap(withDoubles(this.#options, (at) => withText(response, (said, bytes) => call(at, said, bytes))));
  }
}

/** Verifies a response against a source, with a {@link VerifiedScorer} of these options. */
export function verify(
  response: string,
  source: Source,
  { atomic, evidenceTopK, ...options }: VerifyOptions & VerifiedScorerOptions = {},
): VerificationResult {
  return new VerifiedScorer(options).verify(response, source, { atomic, evidenceTopK });
}

/** Verifies many responses, with a {@link VerifiedScorer} of these options; one source may serve all of them. */
export function verifyBatch(
  responses: Iterable<string>,
  sources: Iterable<Source> | PreparedSource | string,
  { atomic, evidenceTopK, ...options }: VerifyOptions & VerifiedScorerOptions = {},
): VerificationResult[] {
  return new VerifiedScorer(options).verifyBatch(responses, sources, { atomic, evidenceTopK });
}

interface Settings {
  nliThreshold: number;
  supportThreshold: number;
  minConfidence: number;
  approveThreshold: number;
  nliWeight: number;
  nliDirection: string;
  maxChars: number;
}

function defaults(): { options: Settings; evidence: number } {
  const standard = unwrap(core().verifierDefaults());
  const options = {
    nliThreshold: standard.f64(),
    supportThreshold: standard.f64(),
    minConfidence: standard.f64(),
    approveThreshold: standard.f64(),
    nliWeight: standard.f64(),
    nliDirection: "entailment",
    maxChars: standard.f64(),
  };
  return { options, evidence: standard.f64() };
}

function settled({ atomic = false, evidenceTopK }: VerifyOptions): { atomic: boolean; evidence: number } {
  const evidence = evidenceTopK === undefined ? defaults().evidence : whole(evidenceTopK);
  if (evidence < 0 || evidence > 100) {
    throw new ParitasError("invalid_argument", "evidence_top_k must be from 0 to 100");
  }
  return { atomic: truth(atomic), evidence };
}

function prepare(source: Source): [PreparedSource, boolean] {
  return source instanceof PreparedSource ? [source, false] : [new PreparedSource(source), true];
}

function using<T>(plan: VerificationPlan, call: (plan: VerificationPlan) => T): T {
  try {
    return call(plan);
  } finally {
    plan.dispose();
  }
}

/** The value, or the ParitasError that was thrown; anything else goes on. */
function attempt<T>(call: () => T): T | ParitasError {
  try {
    return call();
  } catch (error) {
    if (error instanceof ParitasError) return error;
    throw error;
  }
}
