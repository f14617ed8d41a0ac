import { string, truth, whole } from "./convert.js";
import { ParitasTypeError } from "./errors.js";
import { withJson } from "./json_text.js";
import { core } from "./module.js";
import { Packer, type Unpacker, unwrap } from "./packed.js";

/** One thing that was mended in a JSON text; docs/repair.md has the kinds. */
export interface Change {
  readonly kind: string;
  /** UTF-16 units; `end` is `start` where something was put in. */
  readonly start: number;
  readonly end: number;
}

/** A mended JSON text, and what was done to it. */
export interface RepairResult {
  /** Valid JSON. */
  readonly text: string;
  /** A value was found; without one the text is "null". */
  readonly ok: boolean;
  readonly changed: boolean;
  /** By start, the first `maxChanges` of them. */
  readonly changes: Change[];
  /** Of all. */
  readonly changeCount: number;
  /** The input ended inside a value. */
  readonly truncated: boolean;
  /** Something lay deeper than `maxDepth`, and became null. */
  readonly depthLimited: boolean;
}

export interface JsonOptions {
  /** Strings that say a number, a literal or a container become it. */
  coerce?: boolean | undefined;
  /** What NaN and infinities become. */
  nonFinite?: "null" | "string" | undefined;
  /** At least 1; what lies deeper in a text that is no valid JSON becomes null. */
  maxDepth?: number | undefined;
}

export interface RepairOptions extends JsonOptions {
  /** The text is still arriving: only what is certain is shown. */
  partial?: boolean | undefined;
  /** Several values one behind another become an array, or the first counts. */
  multiple?: "array" | "first" | undefined;
  /** At least 0; how many changes are told. */
  maxChanges?: number | undefined;
}

/**
 * Valid JSON for any text, and what was changed to get it. Valid JSON comes back as it is. Linear in the text.
 *
 * @throws ParitasError `invalid_argument` for an option out of its range
 */
export function repairJsonReport(input: string, options: RepairOptions = {}): RepairResult {
  const packed = packOptions(options, ["partial", "coerce", "multiple", "nonFinite", "maxDepth", "maxChanges"]);
  return readResult(
    unwrap(withJson(input, (at, bytes) => packed.lend((...rest) => core().jsonRepair(at, bytes, ...rest)))),
    input,
  );
}

/** The text of repairJsonReport. */
export function repairJson(input: string, options: Omit<RepairOptions, "maxChanges"> = {}): string {
  return repairJsonReport(input, { ...options, maxChanges: 0 }).text;
}

/** The value of repairJson, as JSON.parse gives it. */
export function repairJsonLoads(input: string, options: Omit<RepairOptions, "maxChanges"> = {}): unknown {
  return JSON.parse(repairJson(input, options));
}

/** @internal What repair_options of targets/wasm/json_repair.cpp reads. */
export function packOptions(options: RepairOptions, known: readonly string[]): Packer {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new ParitasTypeError(`unknown option ${key}; known: ${known.join(", ")}`);
  }
  const defaults = unwrap(core().jsonRepairDefaults());
  const [maxDepth, maxChanges] = [defaults.f64(), defaults.f64()];
  const out = new Packer();
  out.u8(Number(truth(options.partial ?? false)));
  out.u8(Number(truth(options.coerce ?? false)));
  out.u32(whole(options.maxDepth ?? maxDepth));
  out.u32(whole(options.maxChanges ?? maxChanges));
  out.text(string(options.multiple ?? "array"));
  out.text(string(options.nonFinite ?? "null"));
  return out;
}

/** @internal What repair_reply of targets/wasm/json_repair.cpp has written. */
export function readResult(from: Unpacker, input: string): RepairResult {
  const same = from.truth();
  const text = same ? input : from.text();
  return {
    text,
    ok: from.truth(),
    changed: from.truth(),
    changeCount: from.u32(),
    truncated: from.truth(),
    depthLimited: from.truth(),
    changes: from.all(() => ({ kind: from.text(), ...from.span() })),
  };
}
