// The fields that the page finds in saved output of its engine, and what it says of corrected ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { demoModule } from "./demo_module.mjs";

const { extractFields } = await demoModule("fields/extract.ts");
const { keptWords, changedSentence } = await demoModule("fields/kept_words.ts");
const { looksLike, run, typeOf } = await demoModule("fields/patterns.ts");
const { readLabel } = await demoModule("fields/labels.ts");
const { asked, factorText } = await demoModule("fields/report.ts");

const saved = JSON.parse(readFileSync(new URL("ocr_words.json", import.meta.url), "utf8"));
const placed = (rows) =>
  rows.map(([text, confidence, x0, y0, x1, y1, line]) => ({
    text,
    confidence,
    box: { x0, y0, x1, y1 },
    line,
    page: 0,
  }));
const find = (words) => extractFields({ words, pages: [{}] });
const brief = (fields) => fields.map(({ name, type, text }) => [name, type, text]);
/** Words of 20 pixels, 10 for each letter, at (x, y). */
const line = (number, y, ...parts) =>
  parts.map(([x, text, confidence = 95]) => [text, confidence, x, y, x + 10 * text.length, y + 20, number]);

test("a worn form: labels in one column, values in boxes, misread letters kept to be judged", () => {
  assert.deepEqual(brief(find(placed(saved.form))), [
    ["Family name", "text", "Lindqvist"],
    ["Given names", "text", "Clara Marie"],
    ["Date of birth", "date", "14.03.1087"],
    ["Country", "country", "Denmark."],
    ["Street", "text", "17 Harbou r st reer"],
    ["Town", "text", "Port Harnell"],
    ["E-mail", "email", "clara.lindqvist@example.org"],
    ["Phone", "phone", "+44 1632 960417"],
    ["IBAN", "iban", "GB82 WEST 1234 5698 7654 oe"],
    ["Yearly fee", "amount", "48.50"],
    ["Currency", "currency", "EUR"],
    ["Memersnce", "number", "20200001"],
    ["Profession", "text", "Marine surveyor"],
    [
      "Machine readable zone",
      "mrz",
      "P<UTOLINDQVIST<<CLARA<MARIE<<<<<<LLLLLLLLLLL\nL898902C36UT08703145F3104150ZE184226B<<<<<10",
    ],
  ]);
});

test("an invoice: two columns, sums, no line item for a field", () => {
  const fields = find(placed(saved.invoice));
  assert.deepEqual(brief(fields), [
    ["To", "text", "Sallow Creek Society"],
    ["Invoice number", "text", "INV-2026-0417"],
    ["Date", "date", "3 September 2026"],
    ["Due date", "date", "3 October 2026"],
    ["Order", "text", "88214"],
    ["Currency", "currency", "EUR"],
    ["Net", "amount", "€ 1,756.90"],
    ["VAT 20 %", "amount", "€ 351.38"],
    ["Total", "amount", "€2,108.28"],
    ["Account holder", "text", "Harnell Rope Works Ltd"],
    ["IBAN", "iban", "DE89 3704 0044 0532 0130 00"],
    ["Phone", "phone", "+49 30 23125 417"],
    ["E-mail", "email", "accounts@harnell.example.org"],
  ]);
  const words = placed(saved.invoice);
  const iban = fields.find(({ type }) => type === "iban");
  assert.equal(iban.words.map((at) => words[at].text).join(" "), iban.text);
});

test("values below their labels, values without one, names twice", () => {
  const rows = [
    ...line(0, 100, [0, "IBAN"], [400, "Date"]),
    ...line(
      1,
      130,
      [0, "DE89"],
      [45, "3704"],
      [90, "0044"],
      [135, "0532"],
      [180, "0130"],
      [225, "00"],
      [400, "2024-02-29"],
    ),
    ...line(2, 300, [0, "write"], [60, "to"], [90, "anna@example.org"]),
    ...line(3, 400, [0, "2023-01-01"]),
  ];
  assert.deepEqual(brief(find(placed(rows))), [
    ["IBAN", "iban", "DE89 3704 0044 0532 0130 00"],
    ["Date", "date", "2024-02-29"],
    ["E-mail", "email", "anna@example.org"],
    ["Date 2", "date", "2023-01-01"],
  ]);
});

test("prose is no form", () => {
  const words = "On 14 November 1824 he said: a storm broke the dam and it cost about 2,150 pounds to mend".split(" ");
  let x = 0;
  const row = line(0, 0, ...words.map((word) => [(x += 110) - 110, word]));
  const close = row.map(([text, confidence], i) => [text, confidence, 100 * i, 0, 100 * i + 92, 20, 0]);
  assert.deepEqual(find(placed(close)), []);
  assert.deepEqual(find([]), []);
});

test("a page of 5,000 words has its 500 fields", () => {
  const rows = Array.from({ length: 500 }, (_, i) =>
    line(i, 40 * i, ...Array.from({ length: 10 }, (__, j) => [100 * j, j === 0 ? "Order:" : `w${j}ord`])),
  );
  assert.equal(find(placed(rows.flat())).length, 500);
});

test("patterns: loose enough for misread values, tight enough to end them", () => {
  assert.ok(looksLike("date", "2O24-02-29"));
  assert.ok(looksLike("amount", "(12.50)"));
  assert.ok(!looksLike("amount", "Sum"));
  assert.equal(run("iban", ["GB82", "WEST", "1234", "5698", "7654", "oe", "on"]), 6);
  assert.equal(run("date", ["3", "September", "2026", "and", "more"]), 3);
  assert.equal(run("amount", ["48.50", "A", "5", "="]), 1);
  assert.equal(typeOf("€ 351.38"), "amount");
  assert.equal(typeOf("12345"), "number");
  assert.equal(typeOf("Anna Maria"), "text");
});

test("labels: exact, misread, by their last word", () => {
  assert.deepEqual(readLabel("Due date:", false), { name: "Due date", type: "date", known: true });
  assert.deepEqual(readLabel("Phorie:", true), { name: "Phone", type: "phone", known: true });
  assert.deepEqual(readLabel("Phorie:", false), { name: "Phorie", type: null, known: false });
  assert.deepEqual(readLabel("Membership fee", false), { name: "Membership fee", type: "amount", known: false });
  assert.deepEqual(readLabel("VAT 20 %:", false), { name: "VAT 20 %", type: "amount", known: true });
});

const words = ["DE89", "37O4", "0044"].map((text, i) => ({ text, confidence: 90 + i }));

test("keptWords: of a correction only the words that still stand were read by the engine", () => {
  const kept = (text) => keptWords({ text, original: "DE89 37O4 0044" }, words).map((word) => word.text);
  assert.deepEqual(kept("DE89 37O4 0044"), ["DE89", "37O4", "0044"]);
  assert.deepEqual(kept("DE89 3704 0044"), ["DE89", "0044"]);
  assert.deepEqual(kept("DE8937040044"), ["DE89", "0044"]);
  assert.deepEqual(kept("DE8937O40044"), ["DE89", "37O4", "0044"]);
  assert.deepEqual(kept("something else"), []);
  assert.deepEqual(kept("0044 DE89"), ["DE89"]);
  assert.deepEqual(kept(""), []);
  assert.deepEqual(kept("DE89 37O4 00447"), ["DE89", "37O4"]);
  assert.deepEqual(kept("XDE89 37O4 0044"), ["37O4", "0044"]);
  assert.deepEqual(kept("DE89 37O4 0044 0532"), ["DE89", "37O4", "0044"]);
});

test("changedSentence says what still counts", () => {
  const said = (text) => changedSentence({ text, original: "DE89 37O4 0044" }, words);
  assert.equal(said("DE89 37O4 0044"), "");
  assert.match(said("DE89 3704 0044"), /^1 word was changed by you.* for the other 2 /);
  assert.match(said("DE8937O40044"), /^All words stand/);
  assert.match(said("DE89 37O4 0044 0532"), /^You have added/);
  assert.match(said("x"), /no longer counts/);
  assert.match(changedSentence({ text: "x", original: "" }, []), /You have typed this/);
});

test("factorText says what a reason does to the odds", () => {
  assert.deepEqual(
    [97, 0.02, 0.05, 2, 1.25, 0.4497, 1].map((factor) => factorText({ code: "x", factor })),
    ["× 97", "÷ 50", "÷ 20", "× 2", "× 1.25", "÷ 2.22", "× 1"],
  );
  assert.equal(factorText({ code: "engine", factor: 0.9 }), "");
});

test("asked: what is judged, with the words that still count", () => {
  const field = { name: "IBAN", type: "iban", text: "DE89 3704 0044", original: "DE89 37O4 0044", words: [0, 1, 2] };
  assert.deepEqual(asked([field], words), [
    {
      name: "1 IBAN",
      text: "DE89 3704 0044",
      type: "iban",
      words: [
        { text: "DE89", confidence: 90 },
        { text: "0044", confidence: 92 },
      ],
    },
  ]);
});
