import { ParitasTypeError } from "./module.js";

/** What is asked: does the premise entail the hypothesis? */
export type Pair = readonly [premise: string, hypothesis: string];

/** One score for each pair, from 0 to 1; what is none is ignored and never read as support. */
export type Scores = Iterable<number> | PromiseLike<Iterable<number>>;

/** A judge of entailment: a function of all pairs, or an object that scores them together or one by one. */
export type NliScorer =
  | ((pairs: readonly Pair[]) => Scores)
  | { scoreBatch(pairs: readonly Pair[]): Scores }
  | { score(premise: string, hypothesis: string): number | PromiseLike<number> };

export interface AskOptions {
  /** Milliseconds that the `nliScorer` may take; a `TimeoutError` after that. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

type Later<T> = T | PromiseLike<T>;
const promises = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";

/** What a scorer says about the pairs, at once; what it throws goes on to the caller. */
export function ask(scorer: NliScorer, pairs: readonly Pair[]): number[] {
  const answer = call(scorer, pairs);
  if (promises(answer)) {
    answer.then(undefined, () => undefined); // nobody waits for it: its failure is not unhandled
    throw new ParitasTypeError("the nliScorer returns a promise: call verifyAsync or reviewAsync");
  }
  return numbers(answer);
}

/** The same for scorers that take their time. */
export async function askLater(
  scorer: NliScorer,
  pairs: readonly Pair[],
  { timeoutMs, signal }: AskOptions,
): Promise<number[]> {
  signal?.throwIfAborted();
  const answer = call(scorer, pairs);
  if (!promises(answer)) return numbers(answer);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    if (timeoutMs !== undefined) {
      const late = () => reject(new DOMException(`the nliScorer took more than ${timeoutMs} ms`, "TimeoutError"));
      timer = setTimeout(late, timeoutMs);
    }
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    return numbers(await Promise.race([answer, ended]));
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
}

function call(scorer: NliScorer, pairs: readonly Pair[]): Later<Iterable<number>> {
  if (typeof scorer !== "function" && (typeof scorer !== "object" || scorer === null)) {
    throw new ParitasTypeError(`an nliScorer with scoreBatch or score, or a function is needed, not ${typeof scorer}`);
  }
  if ("scoreBatch" in scorer) return pairs.length === 0 ? [] : scorer.scoreBatch(pairs);
  if ("score" in scorer) {
    const answers = pairs.map(([premise, hypothesis]) => scorer.score(premise, hypothesis));
    return answers.some(promises) ? Promise.all(answers) : (answers as number[]);
  }
  if (typeof scorer !== "function") {
    throw new ParitasTypeError("an nliScorer with scoreBatch or score, or a function is needed, not object");
  }
  return pairs.length === 0 ? [] : scorer(pairs);
}

/** Numbers of any iterable; NaN stands for what is none. */
export function numbers(values: unknown): number[] {
  if (typeof values !== "object" || values === null || !(Symbol.iterator in values)) {
    throw new ParitasTypeError(`an array of numbers is needed, not ${typeof values}`);
  }
  return Array.from(values as Iterable<unknown>, (value) => (typeof value === "number" ? value : NaN));
}
