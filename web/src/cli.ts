#!/usr/bin/env node
// The command: `npx paritas`. The Python command (python/paritas/cli.py) has the same subcommands and writes the same bytes.
import { DEDUP } from "./cli_dedup.js";
import { CHUNK } from "./cli_chunk.js";
import { INDEX_COMMANDS } from "./cli_index.js";
import { InputError, readDocuments, readText, wellFormed } from "./cli_input.js";
import { type Command, type Output, parse, type Values, whole } from "./cli_options.js";
import { OCR_OPTIONS, runOcr } from "./cli_ocr.js";
import { codePoints, numberText, oneLine } from "./cli_output.js";
import { REPAIR } from "./cli_repair.js";
import { SCAN } from "./cli_scan.js";
import { runVerify } from "./cli_verify.js";
import { BM25, init, ParitasError, selfcheckReport, sentences, signals, version } from "./index.js";

const OK = 0;
const FINDINGS = 1;
const UNUSABLE = 2;

const USAGE = `usage: paritas [-h] [--version] COMMAND ...

Judges, finds and repairs text, with the same bits on server and page.

  verify --response FILE --source FILE [--source FILE ...] [--atomic] [--fail-under SCORE] [--color WHEN]
                                           each claim of an answer with verdict, evidence and reasons; exit code 1
                                           unless approved, or for a score below SCORE
  signals --response FILE --source FILE    each sentence of an answer beside its best source sentence; exit code 1 for
                                           findings
  search --documents PATH [-k N] QUERY     the best documents for a query, by BM25; exit code 1 for no hit
  index build INDEX INPUT ... [--format NAME] [--id FIELD] [--text FIELD ...] [--metadata FIELD ...] [--number FIELD ...]
                   [--on-duplicate HOW] [--no-text] [--variant NAME] [--k1 X] [--b X] [--delta X] [--stemmer NAME]
                   [--stopwords WORDS] [--cjk HOW] [--keep-accents]
                                           makes an index of .jsonl, .csv and .tsv files and of files and folders of text
  index add INDEX INPUT ... [--format NAME] [--id FIELD] [--text FIELD ...] [--metadata FIELD ...] [--number FIELD ...]
                   [--on-duplicate HOW]    adds documents to an index, replacing those of the same id
  index search INDEX [-k N] [--filter JSON] [--min-score X] [--explain] [--highlight] QUERY
                                           the best documents for a query; exit code 1 for no hit
  index info INDEX                         what an index holds
  ocr [FORM] [--fields N] [--regime NAME] [--memory MB] [--item-memory MB] [--day-first] [--review-below X]
                                           the Williams numbers and the evidence of a form, or the words of a page (TSV of
                                           Tesseract); exit code 1 for fields to review
  scan PATH ... [--sarif] [--show] [--min-confidence LEVEL] [--fail-on SEVERITY] [--exclude PATTERN ...] [--no-gitignore]
                   [--max-size BYTES] [--baseline FILE] [--write-baseline FILE] [--threads N]
                                           the secrets of files and folders, masked; exit code 1 for findings
  repair [FILE ...] [--report] [--extract] [--partial] [--coerce] [--in-place]
                                           broken JSON mended, or the values in a text; exit code 1 where there is none
  dedup PATH ... [--near] [--threshold X] [--method NAME] [-k N] [--field NAME] [--min-block-length N] [--output FILE]
                   [--exclude PATTERN ...] [--no-gitignore] [--max-size BYTES]
                                           blocks that files repeat, and documents that are equal or nearly so; exit code 1
                                           for any
  chunk PATH ... [--strategy NAME] [--size N] [--overlap N] [--length UNIT] [--plain] [--exclude PATTERN ...]
                   [--no-gitignore] [--max-size BYTES]
                                           files and folders cut into chunks, a line of JSON for each; exit code 1 for no
                                           chunk
  selfcheck [--cases N] [--expect DIGEST]  the digest of all features; the same on every machine

--json prints one line of JSON instead of lines for people; "-" as a file is standard input.
`;

interface Range {
  start: number;
  end: number;
}

interface Piece extends Range {
  text: string;
}

/** Cuts pieces out of one text; their numbers count code points from where that text starts in its file. */
function cutter(text: string, offset = 0): (span: Range) => Piece {
  const points = codePoints(text);
  return ({ start, end }) => ({
    text: text.slice(start, end),
    start: offset + points(start),
    end: offset + points(end),
  });
}

function quoted(piece: Piece): string {
  return `"${oneLine(piece.text)}"`;
}

function judged(claim: Piece, source: string, cutSource: (span: Range) => Piece) {
  const found = signals(claim.text, source);
  const cutClaim = cutter(claim.text, claim.start);
  return {
    ...claim,
    source: found.bestSource ? cutSource(found.bestSource) : null,
    finding: found.numericalConsistency === false || found.negationFlip || found.novelEntities.length > 0,
    entity_overlap: found.entityOverlap,
    numerical_consistency: found.numericalConsistency,
    negation_flip: found.negationFlip,
    traceability: found.traceability,
    novel_entities: found.novelEntities.map(cutClaim),
    numbers: found.numbers.map(({ claimSpan, sourceSpan, status }) => ({
      claim: cutClaim(claimSpan),
      source: sourceSpan ? cutSource(sourceSpan) : null,
      status,
    })),
    polarity: found.polarity.map(({ claimSpan, sourceSpan, kind }) => ({
      claim: cutClaim(claimSpan),
      source: cutSource(sourceSpan),
      kind,
    })),
    missing: found.missing.map(cutClaim),
  };
}

function sentenceLines(at: number, item: ReturnType<typeof judged>): string[] {
  const numbers =
    item.numerical_consistency === null
      ? "none to compare"
      : item.numerical_consistency
        ? "consistent"
        : "inconsistent";
  const lines = [
    `${at}. ${oneLine(item.text)}`,
    `   source: ${item.source === null ? "nothing alike" : oneLine(item.source.text)}`,
    `   entity overlap ${numberText(item.entity_overlap)}, numbers ${numbers}, ` +
      `negation ${item.negation_flip ? "flipped" : "same"}, traceability ${numberText(item.traceability)}`,
  ];
  for (const { claim, source, status } of item.numbers) {
    if (status === "differ" && source !== null) {
      lines.push(`   ! number ${quoted(claim)}: the source says ${quoted(source)}`);
    } else if (status === "missing") {
      lines.push(`   ! number ${quoted(claim)} is not in the source`);
    }
  }
  for (const { claim, source, kind } of item.polarity) {
    lines.push(`   ! ${kind} ${quoted(claim)} against ${quoted(source)}`);
  }
  for (const piece of item.novel_entities) lines.push(`   ! name ${quoted(piece)} is not in the source`);
  if (item.missing.length > 0) lines.push(`   not in the source: ${item.missing.map(quoted).join(", ")}`);
  return lines;
}

function runSignals({ response, source }: Values): Output {
  if (response === undefined || source === undefined) throw new InputError("--response and --source are needed");
  if (response === "-" && source === "-") {
    throw new InputError("only one of --response and --source can be standard input");
  }
  const answer = readText(response);
  const sourceText = readText(source);
  const cutAnswer = cutter(answer);
  const cutSource = cutter(sourceText);
  const items = sentences(answer).map((span) => judged(cutAnswer(span), sourceText, cutSource));
  const findings = items.filter(({ finding }) => finding).length;
  const lines = items.flatMap((item, at) => sentenceLines(at + 1, item));
  lines.push(`${items.length} sentences, ${findings} with findings`);
  return { result: { sentences: items, findings }, lines, code: findings > 0 ? FINDINGS : OK };
}

function runSearch({ documents: path, k }: Values, [query, ...more]: string[]): Output {
  if (path === undefined || query === undefined || more.length > 0) {
    throw new InputError("--documents and one query are needed");
  }
  const documents = readDocuments(path);
  using index = new BM25();
  index.addDocuments(
    documents.map(({ id }) => id),
    documents.map(({ text }) => text),
  );
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  const hits = index.query(query, ...(k === undefined ? [] : [whole(k)]));
  const items = hits.map(({ id, score }) => ({ id, score, text: texts.get(id) as string }));
  const lines = items.map(
    ({ id, score, text }, at) => `${at + 1}. ${numberText(score)}  ${oneLine(String(id))}  ${oneLine(text, 100)}`,
  );
  const count = index.count();
  lines.push(`${items.length} of ${count} documents`);
  return { result: { hits: items, documents: count }, lines, code: items.length > 0 ? OK : FINDINGS };
}

function runOcrCommand(values: Values, positionals: string[]): Output {
  const { result, lines, fine } = runOcr(values, positionals);
  return { result, lines, code: fine ? OK : FINDINGS };
}

function runSelfcheck({ cases, expect }: Values): Output {
  const { digest, features } = selfcheckReport(...(cases === undefined ? [] : [whole(cases)]));
  const counted = features.reduce((sum, feature) => sum + feature.cases, 0);
  const agrees = expect === undefined || expect === digest;
  return { result: { digest, cases: counted, features }, lines: [digest], code: agrees ? OK : FINDINGS };
}

function runVerifyCommand(values: Values): Output {
  const { response, source, atomic, color, "fail-under": failUnder } = values as Record<string, never>;
  const { result, lines, passes } = runVerify({ response, source, atomic, failUnder, color });
  return { result, lines, code: passes ? OK : FINDINGS };
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const COMMANDS: Record<string, Command> = {
  verify: {
    options: { response: text, source: { ...text, multiple: true }, atomic: flag, "fail-under": text, color: text },
    run: runVerifyCommand,
  },
  signals: { options: { response: text, source: text }, run: runSignals },
  search: { options: { documents: text, k: { ...text, short: "k" } }, run: runSearch },
  ocr: { options: OCR_OPTIONS, run: runOcrCommand },
  scan: SCAN,
  repair: REPAIR,
  dedup: DEDUP,
  chunk: CHUNK,
  selfcheck: { options: { cases: text, expect: text }, run: runSelfcheck },
};

/**
 * Exit codes: 0 fine, 1 findings (verify, signals, scan, ocr, selfcheck --expect), no hits (search) or no value (repair),
 * 2 unusable input.
 */
async function main([name = "", ...words]: string[]): Promise<number> {
  if (/^(-h|--help)$/.test(name === "index" ? (words[0] ?? "") : name)) {
    process.stdout.write(USAGE);
    return OK;
  }
  if (name === "--version") {
    process.stdout.write(`${version}\n`);
    return OK;
  }
  try {
    const [command, rest] = name === "index" ? chosen(INDEX_COMMANDS, words) : chosen(COMMANDS, [name, ...words]);
    const { values, positionals } = parse(rest, command.options);
    if (values["help"] !== undefined) {
      process.stdout.write(USAGE);
      return OK;
    }
    await init();
    const { result, lines, code } = command.run(values, positionals);
    process.stdout.write((values["json"] === undefined ? lines.join("\n") : JSON.stringify(result)) + "\n");
    return code;
  } catch (error) {
    if (!(error instanceof InputError || error instanceof ParitasError)) throw error;
    process.stderr.write(`paritas: ${oneLine(wellFormed((error as Error).message))}\n`);
    return UNUSABLE;
  }
}

function chosen(commands: Record<string, Command>, [name = "", ...rest]: string[]): [Command, string[]] {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return [command, rest];
  const names = commands === COMMANDS ? ["index", ...Object.keys(commands)] : Object.keys(commands);
  throw new InputError(`${commands === COMMANDS ? "a command" : "an action"} is needed: ${names.join(", ")}`);
}

// A reader that has closed the pipe has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2));
