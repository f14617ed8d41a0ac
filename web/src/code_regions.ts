import { truth, withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** Code in a Markdown text: `text.slice(region.start, region.end)`. */
export interface CodeRegion extends Span {
  readonly kind: "fence" | "inline";
  /** What stands behind an opening fence, trimmed: "py"; empty for inline code. */
  readonly info: string;
  /** False for a fence that runs to the end of the text. */
  readonly closed: boolean;
}

/**
 * The fences of a Markdown text and, unless `inline` is false, its inline code, in order.
 *
 * A fence is a line of up to 3 spaces and 3 or more ` or ~; it closes at a line of at least as many of them, or at the
 * end of the text. Its region has both lines, without the last line end. Inline code closes at the next run of as many
 * backticks before a blank line or a fence; without one it is text.
 */
export function codeRegions(text: string, inline = true): CodeRegion[] {
  const wanted = truth(inline);
  const input = unwrap(withText(text, (at, bytes) => core().codeRegions(at, bytes, wanted)));
  return input.all(() => {
    const kind = input.text() as CodeRegion["kind"];
    return { kind, ...input.span(), info: input.text(), closed: input.truth() };
  });
}
