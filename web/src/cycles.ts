import { CanonicalPacker } from "./canonical.js";
import { settle, whole, withDoubles, withText } from "./convert.js";
import { Handle } from "./handle.js";
import { core } from "./module.js";
import { unwrap, type Unpacker } from "./packed.js";
import type { CanonicalOptions } from "./signature.js";

/** What counts as a cycle of tool calls. */
export interface CycleOptions {
  /** 1 to 1024 calls, by default 8: the longest round. */
  maxPeriod?: number;
  /** At least 2, by default 3: how often a round of several calls must come. */
  repeats?: number;
  /** At least 2, by default 4: how often the same call must come. */
  sameRepeats?: number;
  /** Calls that are looked at, by default 64, at most 65536; no fewer than a cycle needs. */
  window?: number;
  /** Above 0 to 1, by default 1: calls of one name whose callSimilarity is at least that count as equal. */
  similarity?: number;
}

/** Whether the last tool calls repeat. */
export interface CycleReport {
  isCycle: boolean;
  /** Calls of one round, 0 without a cycle. */
  period: number;
  /** How often it came, 0 without a cycle. */
  repeats: number;
  /** The names of the calls of the last round, or their signatures. */
  sequence: string[];
  /** What the model may be told, "" without a cycle. */
  guidance: string;
}

function reportOf(input: Unpacker): CycleReport {
  const isCycle = input.truth();
  const [period, repeats] = [input.f64(), input.f64()];
  const guidance = input.text();
  return { isCycle, period, repeats, sequence: input.all(() => input.text()), guidance };
}

function created(options: CycleOptions): number {
  const input = unwrap(core().cycleDefaults());
  const defaults: Required<CycleOptions> = {
    maxPeriod: input.f64(),
    repeats: input.f64(),
    sameRepeats: input.f64(),
    window: input.f64(),
    similarity: input.f64(),
  };
  const { similarity, ...counts } = settle(defaults, options);
  const numbers = [...Object.values(counts).map(whole), similarity];
  return unwrap(withDoubles(numbers, (at) => core().cycleCreate(at))).f64();
}

/**
 * Finds tool calls that come round again: A A A A, or A B C A B C A B C. After each call, for each period p: repeats = 1 +
 * (length of the longest suffix that equals itself p earlier) / p. The least period with enough of them wins, so a report
 * goes on to say so until something else is called.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export class CycleDetector extends Handle {
  constructor(options: CycleOptions = {}) {
    super(created(options), core().cycleDelete);
  }

  /** What a call makes of it. @throws ParitasError those of canonicalJson, and nothing has changed */
  record(name: string, args: unknown, options: CanonicalOptions = {}): CycleReport {
    const raw = this.raw;
    const block = new CanonicalPacker(options.default);
    block.call(name, args);
    return block.lend((at, bytes) =>
      withText(name, (nameAt, nameBytes) => reportOf(unwrap(core().cycleRecord(raw, nameAt, nameBytes, at, bytes)))),
    );
  }

  /** The same for a call that is known by its signature of 32 digits alone. */
  recordSignature(sig: string): CycleReport {
    const raw = this.raw;
    return withText(sig, (at, bytes) => reportOf(unwrap(core().cycleRecordSignature(raw, at, bytes))));
  }

  /** Forgets all calls. */
  reset(): void {
    core().cycleReset(this.raw);
  }
}
