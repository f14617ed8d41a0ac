import { settle, whole, withDoubles, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

export interface ThinkingOptions {
  /** 2 to 256, by default 3: so many equal or similar thoughts are a loop. */
  repetitionThreshold?: number;
  /** Above 0 to 1, by default 0.65: the share of keywords that similar thoughts have in common. */
  similarityThreshold?: number;
  /** 1 to 256, by default 10: thoughts that a new one is compared with. */
  windowSize?: number;
  /** 1 to 256, by default 2: so many thoughts in a row that announce only. */
  stallingThreshold?: number;
}

/** What a ThinkingDetector finds in one thought. */
export interface PatternAnalysis {
  isLoop: boolean;
  loopType: "" | "stalling" | "exact_repetition" | "semantic_similarity" | "internal_repetition";
  /** Of the most similar thought before it, 1 for an exact repetition. */
  similarityScore: number;
  /** How many thoughts it was found like, this one included; 0 without a loop. */
  matchingPatterns: number;
  /** What the model may be told, "" without a loop. */
  guidance: string;
  category: "file_read" | "search" | "analysis" | "implementation" | "general";
}

export interface ThinkingStats {
  totalAnalyzed: number;
  loopsDetected: number;
  exactMatches: number;
  similarMatches: number;
  stallingDetected: number;
  /** Thoughts in a row that announce only, since the last that fired. */
  consecutiveStalls: number;
  /** Loops over all, 0 before the first. */
  detectionRate: number;
  /** Thoughts that the next one is compared with. */
  historySize: number;
  /** Different ones among the last 256. */
  uniquePatterns: number;
}

/** A phrase that announces the next step in place of taking it: text.slice(start, end) is `text`. */
export interface CircularPattern {
  start: number;
  end: number;
  text: string;
}

function created(options: ThinkingOptions): number {
  const input = unwrap(core().thinkingDetectorDefaults());
  const defaults: Required<ThinkingOptions> = {
    repetitionThreshold: input.f64(),
    windowSize: input.f64(),
    stallingThreshold: input.f64(),
    similarityThreshold: input.f64(),
  };
  const { similarityThreshold, ...counts } = settle(defaults, options);
  const numbers = [...Object.values(counts).map(whole), similarityThreshold];
  return unwrap(withDoubles(numbers, (at) => core().thinkingDetectorCreate(at))).f64();
}

/**
 * Finds a model whose thoughts go round in circles. In this order: several thoughts that only announce a step ("Let me read
 * the file."), the same again, several with the same keywords, one that repeats itself. Keywords are the words of 4 letters
 * or more that are no stop words, and the pairs of letters of scripts without spaces. Blank thoughts are counted, and
 * nothing else.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export class ThinkingDetector extends Handle {
  constructor(options: ThinkingOptions = {}) {
    super(created(options), core().thinkingDetectorDelete);
  }

  /** Whether it is a loop, and what the model may be told. */
  recordThinking(content: string): [isLoop: boolean, guidance: string] {
    const { isLoop, guidance } = this.analyze(content);
    return [isLoop, guidance];
  }

  /** Records a thought. */
  analyze(content: string): PatternAnalysis {
    const raw = this.raw;
    const input = unwrap(withText(content, (at, bytes) => core().thinkingDetectorAnalyze(raw, at, bytes)));
    return {
      isLoop: input.truth(),
      loopType: input.text() as PatternAnalysis["loopType"],
      similarityScore: input.f64(),
      matchingPatterns: input.f64(),
      guidance: input.text(),
      category: input.text() as PatternAnalysis["category"],
    };
  }

  /** Forgets all thoughts; the counts stay. */
  reset(): void {
    core().thinkingDetectorReset(this.raw);
  }

  /** Sets the counts to 0; the thoughts stay. */
  clearStats(): void {
    core().thinkingDetectorClearStats(this.raw);
  }

  getStats(): ThinkingStats {
    const input = unwrap(core().thinkingDetectorStats(this.raw));
    return {
      totalAnalyzed: input.f64(),
      loopsDetected: input.f64(),
      exactMatches: input.f64(),
      similarMatches: input.f64(),
      stallingDetected: input.f64(),
      consecutiveStalls: input.f64(),
      historySize: input.f64(),
      uniquePatterns: input.f64(),
      detectionRate: input.f64(),
    };
  }
}

/**
 * Phrases that announce the next step in place of taking it: "let me read", "now I'll", "I should check". Whole words of
 * any ASCII case, any white space between them, typographic apostrophes count as '. Leftmost-longest.
 */
export function findCircularPatterns(text: string): CircularPattern[] {
  const input = unwrap(withText(text, (at, bytes) => core().loopCircularPatterns(at, bytes)));
  return input.all(() => {
    const { start, end } = input.span();
    return { start, end, text: text.slice(start, end) };
  });
}

/** How many there are of what findCircularPatterns finds. */
export function countCircularPatterns(text: string): number {
  return withText(text, (at, bytes) => core().loopCircularCount(at, bytes));
}

/** Whether there is one of what findCircularPatterns finds. */
export function detectCircularPhrases(text: string): boolean {
  return withText(text, (at, bytes) => core().loopCircularFound(at, bytes)) !== 0;
}
