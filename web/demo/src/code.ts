// Code that gives what a panel shows, in both languages.

export interface Snippet {
  readonly python: string;
  readonly javascript: string;
  /** Files that it reads, with their texts. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

const LONGEST = 2000; // UTF-16 units of a text that is written out

/** A text as a literal; JSON's are right in both languages. */
export const literal = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

interface Texts {
  python: string;
  javascript: string;
  files: Record<string, string | Uint8Array>;
  reads: boolean;
}

/** Lines that give names to texts: written out, or read from a file where they are long. */
export function texts(named: Readonly<Record<string, string>>): Texts {
  const out: Texts = { python: "", javascript: "", files: {}, reads: false };
  for (const [name, text] of Object.entries(named)) {
    if (text.length <= LONGEST) {
      out.python += `${name} = ${literal(text)}\n`;
      out.javascript += `const ${name} = ${literal(text)};\n`;
      continue;
    }
    const file = `${name}.txt`;
    out.files[file] = text;
    out.reads = true;
    // newline="": the line ends of a file are part of the text, and of every span after them.
    out.python += `${name} = open("${file}", encoding="utf-8", newline="").read()\n`;
    out.javascript += `const ${name} = readFileSync("${file}", "utf8");\n`;
  }
  return out;
}

/** A snippet whose first lines load Paritas and whatever reads files. */
export function snippet(
  given: Texts,
  imports: string,
  python: string,
  javascript: string,
  pythonImports = "",
): Snippet {
  const fs = given.reads ? 'import { readFileSync } from "node:fs";\n' : "";
  return {
    python: `${pythonImports}import paritas\n\n${given.python}${python}`,
    javascript: `${fs}import { ${imports} } from "paritas";\n\nawait init();\n${given.javascript}${javascript}`,
    files: given.files,
  };
}
