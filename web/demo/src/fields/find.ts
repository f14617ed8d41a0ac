import type { Doc, Field } from "../store.js";
import { extractFields } from "./extract.js";

/** The fields of a document that was read from pictures. */
export function fieldsOf(doc: Pick<Doc, "words" | "pages">): Field[] {
  return extractFields(doc).map(({ name, type, text, words }) => ({ name, type, text, words, original: text }));
}
