/** An iterator of anything that can be read piece by piece; a ReadableStream too where it has none of its own (Safari). */
export function iteratorOf<T>(
  source: AsyncIterable<T> | Iterable<T> | ReadableStream<T>,
): AsyncIterator<T> | Iterator<T> {
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]() as AsyncIterator<T>;
  if (Symbol.iterator in source) return source[Symbol.iterator]();
  const reader = (source as ReadableStream<T>).getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<T>>,
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
