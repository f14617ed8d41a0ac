import { withText } from "./convert.js";
import { core } from "./module.js";
import { unwrap } from "./packed.js";
import type { Span } from "./span.js";

/** A name: of a person, place, product, organisation. */
export interface Entity {
  readonly span: Span;
  /** Of its words, in order, without connectors. */
  readonly keys: string[];
  /** No mere capital letter at the start of a sentence. */
  readonly strong: boolean;
}

/** The names of a text in order, found by their capitals. */
export function extractEntities(text: string): Entity[] {
  const input = unwrap(withText(text, (at, bytes) => core().extractEntities(at, bytes)));
  return input.all(() => {
    const [span, strong] = [input.span(), input.truth()];
    return { span, keys: input.list(() => input.text()), strong };
  });
}
