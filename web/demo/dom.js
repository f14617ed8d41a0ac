// Small helpers of the page: text is always text, never markup.

export const at = (id) => document.getElementById(id);

/** An element with a class and children. */
export function element(name, className, ...children) {
  const out = document.createElement(name);
  if (className) out.className = className;
  out.append(...children);
  return out;
}

export const cut = (text, span) => text.slice(span.start, span.end);

/** The text with the spans marked, in order and none twice. */
export function marked(text, spans) {
  const out = element("p");
  let from = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start < from) continue;
    out.append(text.slice(from, span.start), element("mark", "", cut(text, span)));
    from = span.end;
  }
  out.append(text.slice(from));
  return out;
}
