// How the command reads its arguments, as python/paritas/cli_options.py.
import { parseArgs, type ParseArgsConfig } from "node:util";
import { InputError } from "./cli_input.js";

export const NUMBER = /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/;

export type Options = NonNullable<ParseArgsConfig["options"]>;
export type Values = Record<string, string | undefined>;

export interface Output {
  /** What --json prints. */
  result: unknown;
  /** The lines for people. */
  lines: string[];
  code: number;
}

export interface Command {
  options: Options;
  run: (values: Values, positionals: string[]) => Output;
}

export function parse(args: string[], options: Options): { values: Values; positionals: string[] } {
  const flags = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  try {
    return parseArgs({ args, options: { ...options, ...flags }, allowPositionals: true }) as unknown as {
      values: Values;
      positionals: string[];
    };
  } catch (error) {
    throw new InputError((error as Error).message.split(". ")[0]!);
  }
}

export function whole(text: string): number {
  if (!/^-?[0-9]{1,15}$/.test(text)) throw new InputError(`${text} is no whole number of at most 15 digits`);
  return Number(text);
}

export function number(text: string): number {
  if (!NUMBER.test(text)) throw new InputError(`${text} is no number`);
  return Number(text);
}
