import { withJson } from "./json_text.js";
import { core } from "./module.js";

export type JsonType = "object" | "array" | "string" | "number" | "boolean" | "null";
const TYPES: readonly JsonType[] = ["object", "array", "string", "number", "boolean", "null"];

/**
 * Whether a text is one JSON value (RFC 8259), of any depth, with nothing but white space around it. A lone surrogate makes it
 * invalid; its escape does not.
 */
export function isValidJson(s: string): boolean {
  return withJson(s, (at, bytes) => Boolean(core().jsonValid(at, bytes)));
}

/** The type of the value of a JSON text; null for what is not valid JSON. */
export function getJsonType(s: string): JsonType | null {
  return TYPES[withJson(s, (at, bytes) => core().jsonType(at, bytes))] ?? null;
}
