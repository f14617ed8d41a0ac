import { StreamingDeduplicator, type DedupOptions } from "./dedup.js";
import { iteratorOf, refuseEvents, TextPieces, type TextSource } from "./iterate.js";

/** A deduplicator of pieces of text or bytes. */
class Sieve {
  readonly #made: StreamingDeduplicator;
  readonly #text = new TextPieces();

  constructor(options: DedupOptions) {
    this.#made = new StreamingDeduplicator({ ...options, windowSize: options.windowSize ?? 0 });
  }
  add(piece: unknown): string {
    return this.#made.addChunk(this.#text.add(piece)) ?? "";
  }
  end(): string {
    return (this.#made.addChunk(this.#text.end()) ?? "") + this.#made.flush();
  }
  dispose(): void {
    this.#made.dispose();
  }
}

/**
 * The text of a stream as deduplicate would give it, in pieces, as they are decided; none is empty. Whoever stops reading
 * closes the source; what the source throws comes through.
 *
 * @param source strings or bytes of UTF-8, cut anywhere; the tokens of a model, say, by `sseTokens(response, pick)`
 * @throws ParitasError `invalid_argument` as deduplicate
 */
export async function* deduplicateStream(
  source: TextSource,
  options: DedupOptions = {},
): AsyncGenerator<string, void, undefined> {
  refuseEvents(source);
  const sieve = new Sieve(options);
  try {
    const items = iteratorOf(source);
    let done = false;
    try {
      for (;;) {
        const next = await items.next();
        done = next.done === true;
        if (next.done) break;
        const out = sieve.add(next.value);
        if (out !== "") yield out;
      }
      const out = sieve.end();
      if (out !== "") yield out;
    } finally {
      if (!done) await items.return?.();
    }
  } finally {
    sieve.dispose();
  }
}

/**
 * The same for `pipeThrough`: text or bytes go in, strings come out.
 *
 * @throws ParitasError `invalid_argument` as deduplicate
 */
export function deduplicationStream(options: DedupOptions = {}): TransformStream<string | Uint8Array, string> {
  const sieve = new Sieve(options);
  const show = (controller: TransformStreamDefaultController<string>, out: string): void => {
    if (out !== "") controller.enqueue(out);
  };
  const transformer: Transformer<string | Uint8Array, string> & { cancel: () => void } = {
    transform: (piece, controller) => show(controller, sieve.add(piece)),
    flush(controller) {
      show(controller, sieve.end());
      sieve.dispose();
    },
    // Young engines call it when either side gives up; elsewhere the collector frees the handle.
    cancel: () => sieve.dispose(),
  };
  return new TransformStream(transformer);
}
