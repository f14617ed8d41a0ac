import { settle, string, whole, withDoubles, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";

/** What counts as a repetition; lengths are code points. */
export interface RepetitionOptions {
  /** 1 to window / 2, by default 1024: the longest unit. */
  maxPeriod?: number;
  /** At least 2, by default 4: how often the unit must stand in a row. */
  minRepeats?: number;
  /** At least 2, by default 64: how long the repetition must be; 400 for a unit without letter or digit. */
  minCovered?: number;
  /** 2 to 65536, by default 4096: how far back is looked. */
  window?: number;
  /** 2 to 16, by default 4: words that are one n-gram. */
  noveltyN?: number;
  /** noveltyN to 65536 words, by default 256. */
  noveltyWindow?: number;
  /** 0 to 1, by default 0.35: a smaller share of distinct n-grams is a loop. */
  noveltyMin?: number;
}

/** Whether a text repeats itself. Lengths and places are UTF-16 units. */
export interface RepetitionReport {
  isLoop: boolean;
  kind: "none" | "period" | "low_novelty";
  /** How much was read when it fired, or so far. */
  position: number;
  /** Of the unit, 0 without one. */
  period: number;
  /** Whole units. */
  repeats: number;
  /** From start to the end of the repetition. */
  covered: number;
  unit: string;
  /** Where the repetition begins. */
  start: number;
  /** Distinct n-grams of the last words over all of them, 1 without any. */
  novelty: number;
}

function reportOf(input: Unpacker): RepetitionReport {
  const isLoop = input.u32() !== 0;
  const kind = input.text() as RepetitionReport["kind"];
  const [position, period, covered, start, repeats] = [
    input.f64(),
    input.f64(),
    input.f64(),
    input.f64(),
    input.f64(),
  ] as const;
  return { isLoop, kind, position, period, repeats, covered, unit: input.text(), start, novelty: input.f64() };
}

function defaults(): Required<RepetitionOptions> {
  const input = unwrap(core().repetitionDefaults());
  return {
    maxPeriod: input.f64(),
    minRepeats: input.f64(),
    minCovered: input.f64(),
    window: input.f64(),
    noveltyN: input.f64(),
    noveltyWindow: input.f64(),
    noveltyMin: input.f64(),
  };
}

function created(options: RepetitionOptions): number {
  const { noveltyMin, ...counts } = settle(defaults(), options);
  const numbers = [...Object.values(counts).map(whole), noveltyMin];
  return unwrap(withDoubles(numbers, (at) => core().repetitionCreate(at))).f64();
}

/**
 * Finds text that repeats itself while it streams: the same however it is cut, also within a surrogate pair.
 *
 * Exact period: at every 16th code point and at the end, the least period of the text's tail whose repetition is long
 * enough. Novelty: at every 16th word from the 64th on, the share of distinct n-grams of the last words; numbers do not
 * count, so that "Step 1: ..." and "Step 2: ..." are the same words. The first report that fires is kept until reset().
 * Memory is below 64 KB with the defaults, and never grows with the stream.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export class RepetitionDetector extends Handle {
  #half = ""; // of a pair, at the end of what came

  constructor(options: RepetitionOptions = {}) {
    super(created(options), core().repetitionDelete);
  }

  /** Reads on. @throws ParitasError `stream_finished` after finish() */
  feed(text: string): RepetitionReport {
    const all = this.#half + string(text);
    const cut = /[\ud800-\udbff]$/.test(all) ? all.length - 1 : all.length;
    const report = this.#read(all.slice(0, cut));
    this.#half = all.slice(cut);
    return report;
  }

  /** Ends the stream: the tail is looked at once more. @throws ParitasError `stream_finished` after finish() */
  finish(): RepetitionReport {
    if (this.#half !== "") this.#read(this.#half);
    this.#half = "";
    return reportOf(unwrap(core().repetitionFinish(this.raw)));
  }

  /** Makes it equal to a new one. */
  reset(): void {
    core().repetitionReset(this.raw);
    this.#half = "";
  }

  #read(text: string): RepetitionReport {
    const raw = this.raw;
    return reportOf(unwrap(withText(text, (at, bytes) => core().repetitionFeed(raw, at, bytes))));
  }
}

/**
 * The first repetition of a text, as a stream would find it, but told to its end: covered, repeats and novelty are those of
 * the whole repetition, position is where a stream would have stopped.
 */
export function detectRepetition(text: string): RepetitionReport {
  return reportOf(unwrap(withText(text, (at, bytes) => core().repetitionDetect(at, bytes))));
}
