// `paritas repair`: broken JSON mended, or the JSON values of a text, as python/paritas/cli_repair.py prints them.
import { writeFileSync } from "node:fs";
import { InputError, readText, wellFormed } from "./cli_input.js";
import type { Command, Output } from "./cli_options.js";
import { codePoints, oneLine } from "./cli_output.js";
import { extractJsonObjects, repairJsonReport } from "./index.js";

const flag = { type: "boolean" } as const;

export const REPAIR: Command = {
  options: { report: flag, extract: flag, partial: flag, coerce: flag, "in-place": flag },
  run: (values, files) => {
    const options = values as Options;
    if (options.report) options.json = true;
    return repair(options, files.length === 0 ? ["-"] : files);
  },
};

interface Options {
  json?: boolean;
  report?: boolean;
  extract?: boolean;
  partial?: boolean;
  coerce?: boolean;
  "in-place"?: boolean;
}

function repair(options: Options, files: string[]): Output {
  const { extract = false, partial = false, coerce = false, "in-place": inPlace = false } = options;
  if (extract && (partial || coerce || inPlace)) {
    throw new InputError("--extract takes no --partial, --coerce and --in-place");
  }
  if (inPlace && files.includes("-")) throw new InputError("--in-place needs files, not standard input");
  const texts = files.map((name) => [name, readText(name)] as const);
  if (extract) return extracted(texts);
  const lines: string[] = [];
  const items = texts.map(([name, source]) => {
    const { text, ok, changed, changes, changeCount, truncated, depthLimited } = repairJsonReport(source, {
      partial,
      coerce,
    });
    const points = codePoints(source);
    if (!inPlace) {
      lines.push(text.endsWith("\n") ? text.slice(0, -1) : text);
    } else if (changed && ok) {
      write(name, text);
      lines.push(`${oneLine(wellFormed(name))}: ${changeCount} changes`);
    }
    return {
      path: wellFormed(name),
      text,
      ok,
      changed,
      changes: changes.map(({ kind, start, end }) => ({ kind, start: points(start), end: points(end) })),
      change_count: changeCount,
      truncated,
      depth_limited: depthLimited,
    };
  });
  if (inPlace) lines.push(`${lines.length} of ${items.length} files changed`);
  return { result: { files: items }, lines, code: items.every(({ ok }) => ok) ? 0 : 1 };
}

function extracted(texts: readonly (readonly [string, string])[]): Output {
  const lines: string[] = [];
  const items = texts.map(([name, text]) => {
    const points = codePoints(text);
    const values = extractJsonObjects(text).map(({ start, end, json, repaired }) => {
      lines.push(json.replace(/[\r\n]/g, " ")); // raw line ends stand between tokens alone
      return { start: points(start), end: points(end), json, repaired };
    });
    return { path: wellFormed(name), values };
  });
  return { result: { files: items }, lines, code: items.every(({ values }) => values.length > 0) ? 0 : 1 };
}

function write(name: string, text: string): void {
  try {
    writeFileSync(name, text);
  } catch {
    throw new InputError(`cannot write ${wellFormed(name)}`);
  }
}
