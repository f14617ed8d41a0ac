// What the tests of chunkers share.

const camel = (key) => key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** The chunks of a case of the vectors. */
export function rows(paritas, given) {
  const { chunker: name, text, ...options } = given;
  const chunker = new paritas[name](
    Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value])),
  );
  const chunks = chunker.chunk(text);
  chunker.dispose();
  return chunks.map((c) => [[c.start, c.end], c.length, c.split, c.overlapPrev, c.startLine, c.endLine]);
}
