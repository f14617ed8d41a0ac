// `paritas ocr`: the Williams numbers and the evidence of a form, or the words of a page. python/paritas/cli_ocr.py writes the
// same.
import { type FormField, formFields, InputError, readText } from "./cli_input.js";
import { number, type Values, whole } from "./cli_options.js";
import { codePoints, numberText, oneLine } from "./cli_output.js";
import {
  confidenceMultiplier,
  type FieldConfidence,
  fieldConfidence,
  type FieldOptions,
  type FieldReport,
  type OcrField,
  optimalBatchSize,
  spaceBound,
  tesseractWords,
  textQualityReport,
} from "./index.js";

interface Result {
  result: Record<string, unknown>;
  lines: string[];
  fine: boolean;
}

const text = { type: "string" } as const;
export const OCR_OPTIONS = {
  fields: text,
  regime: text,
  memory: text,
  "item-memory": text,
  "day-first": { type: "boolean" },
  "review-below": text,
} as const;

export function runOcr(values: Values, [form, ...more]: string[]): Result {
  if ((form === undefined) === (values["fields"] === undefined) || more.length > 0) {
    throw new InputError("either a form or --fields is needed");
  }
  if (form === undefined) return runForm([], values);
  const content = readText(form);
  if (form.endsWith(".tsv") || content.startsWith("level\t")) return runPage(content);
  return runForm(formFields(content, form), values);
}

function runForm(fields: FormField[], values: Values): Result {
  const count = values["fields"] === undefined ? fields.length : whole(values["fields"]);
  const bound = spaceBound(count);
  const { regime } = values;
  const multiplier = confidenceMultiplier(count, ...(regime === undefined ? [] : [regime]));
  const result: Record<string, unknown> = {
    fields: count,
    ...(regime === undefined ? {} : { regime }),
    multiplier,
    space_bound: bound.spaceBound,
    efficiency: bound.efficiency,
    space_reduction_percent: bound.spaceReductionPercent,
  };
  const lines = [
    `${count} fields: confidence multiplier ${numberText(multiplier)}`,
    `space bound ${numberText(bound.spaceBound)}, efficiency ${numberText(bound.efficiency)}, ` +
      `space saved ${numberText(bound.spaceReductionPercent)} %`,
  ];
  if (values["memory"] !== undefined) {
    const memory = number(values["memory"]);
    const perItem = values["item-memory"] === undefined ? [] : [number(values["item-memory"])];
    const batch = optimalBatchSize(count, memory, ...perItem);
    result["batch_size"] = batch;
    lines.push(`batch size ${batch} in ${numberText(memory)} MB`);
  }
  const scored = fields.map(({ name, confidence }) => ({
    field: name,
    confidence,
    scored: confidence === null ? null : confidence * multiplier,
  }));
  if (fields.length > 0) result["scored"] = scored;
  if (fields.some((field) => field.judged)) {
    const report = judged(fields, values);
    result["report"] = plain(report);
    return { result, lines: [...lines, ...reportLines(report)], fine: report.summary.review.length === 0 };
  }
  for (const item of scored) {
    if (item.confidence === null || item.scored === null) continue;
    lines.push(`${oneLine(item.field)}: ${numberText(item.confidence)} -> ${numberText(item.scored)}`);
  }
  return { result, lines, fine: true };
}

function judged(fields: FormField[], values: Values): FieldReport {
  const { regime, "day-first": dayFirst, "review-below": reviewBelow } = values;
  const options: FieldOptions = {
    regime: regime as FieldOptions["regime"], // the core refuses another
    dayFirst: dayFirst === undefined ? null : true,
    reviewBelow: reviewBelow === undefined ? undefined : number(reviewBelow),
  };
  const withWords = fields.some(({ words }) => words !== null);
  return fieldConfidence(
    fields.map((field) => ocrField(field, withWords)),
    options,
  );
}

/**
 * In a form without any words the confidence of a field is that of one word. Where some have words it is left out: it may be
 * of another scale.
 */
function ocrField({ name, confidence, text, type, words }: FormField, withWords: boolean): OcrField {
  const one = withWords || confidence === null ? [] : [{ text: text ?? "", confidence }];
  return { name, text, type: type as OcrField["type"], words: words ?? one };
}

function reportLines({ fields, summary }: FieldReport): string[] {
  const review = new Set(summary.review);
  const lines = fields.flatMap((field) => fieldLines(field, review.has(field.name)));
  lines.push(
    `${summary.extracted} of ${summary.fields} fields read, mean confidence ${numberText(summary.mean)}, ` +
      `expected errors ${numberText(summary.expectedErrors)}`,
  );
  if (review.size > 0) lines.push(`to review: ${summary.review.map((name) => oneLine(name)).join(", ")}`);
  return lines;
}

function fieldLines(field: FieldConfidence, review: boolean): string[] {
  const name = oneLine(field.name);
  if (field.reasons[0]?.code === "empty") return [`  ${name}: missing`];
  return [
    `${review ? "!" : " "} ${name}: evidence ${numberText(field.evidence)}, confidence ${numberText(field.confidence)}`,
    ...field.reasons.map((reason) => `    ${reason.code}: ${oneLine(reason.detail)}`),
  ];
}

/** With keys as Python has them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snake(key), plain(item)]));
}

function runPage(tsv: string): Result {
  const words = tesseractWords(tsv);
  const page = words.map((word) => word.text).join(" ");
  const report = textQualityReport(page);
  const points = codePoints(page);
  const spans = report.spans.map(({ span, quality, rules }) => ({
    text: page.slice(span.start, span.end),
    start: points(span.start),
    end: points(span.end),
    quality,
    rules,
  }));
  const lines = [
    `${words.length} words, text quality ${numberText(report.quality)}`,
    `${report.garbageTokens} of ${report.tokens} tokens look like noise`,
    ...spans.map((span) => `  "${oneLine(span.text)}" ${numberText(span.quality)}: ${span.rules.join(", ")}`),
  ];
  const result = {
    words: words.length,
    quality: report.quality,
    tokens: report.tokens,
    garbage_tokens: report.garbageTokens,
    rules: report.rules,
    spans,
  };
  return { result, lines, fine: true };
}
