import { CanonicalPacker, type Mapper } from "./canonical.js";
import { string, whole } from "./convert.js";
import { core, ParitasTypeError } from "./module.js";
import { packedTexts, unwrap } from "./packed.js";

export interface CanonicalOptions {
  /** Called once with a value that has no form in JSON, for what shall take its place. */
  default?: Mapper | undefined;
}

export interface SignatureOptions extends CanonicalOptions {
  /** Hexadecimal digits, from 8 to 32, by default 32. */
  length?: number | undefined;
}

function known(options: object, names: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!names.includes(key)) throw new ParitasTypeError(`unknown option ${key}; known: ${names.join(", ")}`);
  }
}

/**
 * The one JSON text that all equal values have: no white space, keys in order of their UTF-16 code units, numbers as
 * ECMAScript prints them. Objects, Maps, arrays, Sets (as sorted arrays), strings, numbers, bigints, booleans and null;
 * a member that is undefined is left out, as in JSON.
 *
 * @throws ParitasError `unsupported_type`, `not_canonical` for NaN and infinities, `duplicate_key`, `depth_limit` above
 *   1000 levels or for a container that holds itself, `limit_exceeded` for a text above 256 MiB or a whole number above
 *   262144 bits; the message names the path
 */
export function canonicalJson(value: unknown, options: CanonicalOptions = {}): string {
  known(options, ["default"]);
  const block = new CanonicalPacker(options.default);
  block.value(value);
  return unwrap(block.lend((at, bytes) => core().canonicalJson(at, bytes))).text();
}

function signatures(block: CanonicalPacker, length: number): string[] {
  const all = unwrap(block.lend((at, bytes) => core().signatureCompute(at, bytes, length))).text();
  return Array.from({ length: all.length / length }, (_, i) => all.slice(i * length, (i + 1) * length));
}

function settled(options: SignatureOptions): [number, CanonicalPacker] {
  known(options, ["length", "default"]);
  const length = options.length === undefined ? core().signatureDigits() : whole(options.length);
  return [length, new CanonicalPacker(options.default)];
}

/**
 * What identifies a tool call: the same for equal calls, whatever the order of keys. The first `length` lower-case
 * hexadecimal digits of XXH3-128 of canonicalJson([toolName, args]).
 *
 * @throws ParitasError `invalid_argument` for another length; those of canonicalJson, with paths that begin at `args`
 */
export function computeSignature(toolName: string, args: unknown, options: SignatureOptions = {}): string {
  const [length, block] = settled(options);
  block.call(toolName, args);
  return signatures(block, length)[0]!;
}

/** The signatures of many [toolName, args] pairs. @throws as computeSignature; the offset is the number of the call */
export function computeBatchSignatures(
  toolCalls: Iterable<readonly [string, unknown]>,
  options: SignatureOptions = {},
): string[] {
  const [length, block] = settled(options);
  if (typeof toolCalls === "string") throw new ParitasTypeError("an array of tool calls is needed, not string");
  for (const call of toolCalls) {
    if (!Array.isArray(call) || call.length !== 2) {
      throw new ParitasTypeError(`a pair of tool name and arguments is needed, not ${typeof call}`);
    }
    block.call(call[0], call[1]);
  }
  return signatures(block, length);
}

/** 1 for equal signatures, else 0: digits of hashes say nothing about likeness. callSimilarity does. */
export function signatureSimilarity(sig1: string, sig2: string): number {
  return packedTexts([sig1, sig2]).lend((at, bytes) => core().signatureSimilarity(at, bytes));
}

/**
 * How alike two tool calls are: 0 for different names, else the shared part of all (path, value) pairs of both. A value
 * is a scalar or an empty container, a path the keys and numbers that lead to it.
 *
 * @throws ParitasError those of canonicalJson
 */
export function callSimilarity(
  name1: string,
  args1: unknown,
  name2: string,
  args2: unknown,
  options: CanonicalOptions = {},
): number {
  known(options, ["default"]);
  const block = new CanonicalPacker(options.default);
  block.text(string(name1));
  block.text(string(name2));
  if (block.value(args1)) block.value(args2);
  return unwrap(block.lend((at, bytes) => core().signatureCallSimilarity(at, bytes))).f64();
}
