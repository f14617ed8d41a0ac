import { snippet, texts, type Snippet } from "../code.js";
import type { AskedField } from "./report.js";

/** Code that judges the fields as the panel does. */
export function fieldsCode(fields: readonly AskedField[], regime: string | null): Snippet {
  // JSON without null, true and false is Python as well.
  const listed = JSON.stringify(fields, null, 2).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  const python = `fields = ${listed}
report = paritas.field_confidence(fields, regime=${regime === null ? "None" : `"${regime}"`}, scale="percent")
for field in report.fields:
    print(field.name, field.confidence, field.evidence)
`;
  const javascript = `const fields = ${listed};
const report = fieldConfidence(fields, { regime: ${regime === null ? "null" : `"${regime}"`}, scale: "percent" });
for (const { name, confidence, evidence } of report.fields) console.log(name, confidence, evidence);
`;
  return snippet(texts({}), "fieldConfidence, init", python, javascript);
}
