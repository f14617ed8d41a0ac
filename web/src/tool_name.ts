import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";

/** Whether a name is one for a tool, and if not, why. */
export interface ToolName {
  readonly ok: boolean;
  readonly reason: "empty" | "too_long" | "starts_with_digit" | "invalid_characters" | null;
}

/**
 * Whether a model may call a tool by this name.
 *
 * @param name 1 to 64 of ASCII letters, digits, "_", "-" and ".", the first a letter or "_"; "github.search" is one
 * @returns the first reason that holds; a length is counted in code points
 */
export function validateToolName(name: string): ToolName {
  const reason = unwrap(withText(name, (at, bytes) => core().toolNameFault(at, bytes))).text();
  return { ok: reason === "", reason: reason === "" ? null : (reason as NonNullable<ToolName["reason"]>) };
}
