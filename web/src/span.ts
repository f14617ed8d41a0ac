/** A half-open range of UTF-16 units: `text.slice(span.start, span.end)` is what was meant. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
