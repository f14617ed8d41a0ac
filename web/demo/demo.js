// The page of `make page`: the npm package as a page uses it, under a strict Content-Security-Policy.
import { BM25, init, selfcheck, sentences, signals } from "./paritas/index.js";

const at = (id) => document.getElementById(id);

/** An element with a class and children; text is always text, never markup. */
function element(name, className, ...children) {
  const out = document.createElement(name);
  if (className) out.className = className;
  out.append(...children);
  return out;
}

const cut = (text, span) => text.slice(span.start, span.end);

/** The text with the spans marked, in order and none twice. */
function marked(text, spans) {
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

function judged(claim, source) {
  const found = signals(claim, source);
  const differing = found.numbers.filter(({ status }) => status !== "match");
  const suspects = [
    ...found.novelEntities,
    ...differing.map(({ claimSpan }) => claimSpan),
    ...found.polarity.map(({ claimSpan }) => claimSpan),
  ];
  const finding = found.numericalConsistency === false || found.negationFlip || found.novelEntities.length > 0;
  const notes = [
    ...differing.map(({ claimSpan, sourceSpan }) =>
      sourceSpan
        ? `the source says “${cut(source, sourceSpan)}”, not “${cut(claim, claimSpan)}”`
        : `“${cut(claim, claimSpan)}” is not in the source`,
    ),
    ...found.polarity.map(
      ({ claimSpan, sourceSpan, kind }) => `${kind}: “${cut(claim, claimSpan)}” against “${cut(source, sourceSpan)}”`,
    ),
    ...found.novelEntities.map((span) => `“${cut(claim, span)}” is not in the source`),
  ];
  const numbers = { true: "consistent", false: "inconsistent", null: "none to compare" };
  return element(
    "li",
    finding ? "finding" : "",
    marked(claim, suspects),
    ...(found.bestSource ? [element("p", "quote", cut(source, found.bestSource))] : []),
    ...notes.map((note) => element("p", "note", note)),
    element(
      "p",
      "figures",
      `entity overlap ${found.entityOverlap.toFixed(2)} · numbers ${numbers[String(found.numericalConsistency)]} · ` +
        `negation ${found.negationFlip ? "flipped" : "same"} · traceability ${found.traceability.toFixed(2)}`,
    ),
  );
}

function showSentences() {
  const answer = at("answer").value;
  const source = at("source").value;
  at("sentences").replaceChildren(...sentences(answer).map((span) => judged(cut(answer, span), source)));
}

function showHits() {
  const paragraphs = at("source")
    .value.split(/\n\s*\n/)
    .filter((text) => text.trim() !== "");
  const index = new BM25();
  try {
    index.addDocuments(
      paragraphs.map((_text, i) => i),
      paragraphs,
    );
    const hits = index.query(at("query").value, 3);
    at("hits").replaceChildren(
      ...hits.map(({ id, score }) =>
        element("li", "", element("p", "", paragraphs[id]), element("p", "figures", `score ${score}`)),
      ),
    );
  } finally {
    index.dispose();
  }
}

const load = async (name) => (await fetch(name)).text();
const [source, answer] = await Promise.all([load("source.txt"), load("answer.txt"), init()]);
at("source").value = source.trim();
at("answer").value = answer.trim();
for (const id of ["source", "answer"]) at(id).addEventListener("input", showSentences);
for (const id of ["source", "query"]) at(id).addEventListener("input", showHits);
showSentences();
showHits();
at("digest").textContent = selfcheck();
