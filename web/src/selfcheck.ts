import { whole } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/** The digest of the cases that fell to one feature. */
export interface FeatureDigest {
  /** The stem of its files. */
  feature: string;
  cases: number;
  digest: string;
}

/** One digest of everything and one for each feature, in alphabetical order. */
export interface SelfcheckReport {
  digest: string;
  features: FeatureDigest[];
}

/**
 * Runs every feature on random and hostile inputs and folds all bytes of all results into one digest. Machines, targets
 * and languages that print the same digest give the same answers, bit for bit.
 *
 * @param cases how many inputs; they take turns with the features; 0 gives sixteen zeros
 * @returns 16 hexadecimal digits
 * @throws ParitasError `invalid_argument` for a negative number of cases, `limit_exceeded` for more than 10^9
 */
export function selfcheck(cases: number = core().selfcheckCases()): string {
  return selfcheckReport(cases).digest;
}

/**
 * The digest of `selfcheck`, and one for each feature, which says where two machines disagree.
 *
 * @param cases as for `selfcheck`
 * @throws as `selfcheck`
 */
export function selfcheckReport(cases: number = core().selfcheckCases()): SelfcheckReport {
  const input = unwrap(core().selfcheckReport(whole(cases)));
  return {
    digest: input.text(),
    features: input.all(() => ({ feature: input.text(), cases: input.f64(), digest: input.text() })),
  };
}
