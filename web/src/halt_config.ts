import { withDoubles, withText } from "./convert.js";
import { core, ParitasError, ParitasTypeError } from "./module.js";
import { unwrap } from "./packed.js";

// A configuration crosses as numbers, in the order of the core's fields: a choice is its place, a flag 0 or 1.
const FIELDS = 20;
const CODES = 13;

interface Field {
  readonly name: string;
  readonly choice: boolean;
  readonly flag: boolean;
  readonly choices: readonly string[];
}

let known: { defaults: number[]; fields: Field[]; codes: string[] } | undefined;

/** What the core says of its fields and codes, asked once. */
function names(): NonNullable<typeof known> {
  if (known !== undefined) return known;
  const input = unwrap(core().haltFields());
  const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  const camel = (name: string): string => name.replace(/_[a-z]/g, (pair) => pair.charAt(1).toUpperCase());
  const defaults = times(FIELDS, () => input.f64());
  const fields = times(FIELDS, () => ({
    name: camel(input.text()),
    choice: input.truth(),
    flag: input.truth(),
    choices: input.text().split("|"),
  }));
  return (known = { defaults, fields, codes: times(CODES, () => input.text()) });
}

export const codeName = (code: number): string => names().codes[code] as string;
export const codeNumber = (name: string): number => names().codes.indexOf(name);

/** A monitor of the module: the defaults with the caller's fields over them. */
export function created(given: object): number {
  const { defaults, fields } = names();
  const numbers = [...defaults];
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined) continue;
    const wanted = key === "streamingDebug" ? "debug" : key;
    const i = fields.findIndex(({ name }) => name === wanted);
    if (i < 0) {
      const list = fields.map(({ name }) => name).join(", ");
      throw new ParitasTypeError(`unknown field ${key} = ${shown(value)}; known: ${list}`);
    }
    const { choice, flag, choices } = fields[i] as Field;
    if (typeof value !== (choice ? "string" : flag ? "boolean" : "number")) {
      throw new ParitasTypeError(refusal(i, numbers[0], value));
    }
    numbers[i] = choice ? choices.indexOf(value as string) : Number(value);
    if (choice && numbers[i]! < 0) throw new ParitasError("invalid_argument", refusal(i, numbers[0], value));
  }
  return unwrap(withDoubles(numbers, (at) => core().haltCreate(at))).f64();
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function refusal(field: number, hardLimit: number | undefined, value: unknown): string {
  return unwrap(
    withText(shown(value), (at, bytes) => core().haltRefusal(field, hardLimit as number, at, bytes)),
  ).text();
}

/** The fields of a monitor. */
export function configOf(watch: number): Record<string, unknown> {
  const input = unwrap(core().haltConfig(watch));
  return Object.fromEntries(
    names().fields.map(({ name, choice, flag, choices }) => {
      const value = input.f64();
      return [name, choice ? choices[value] : flag ? value !== 0 : value];
    }),
  );
}
