// The page of `make page`: the npm package as a page uses it, under a strict Content-Security-Policy.
import { init, selfcheck, sentences, signals } from "./paritas/index.js";
import { at, cut, element, marked } from "./dom.js";
import { searchSource, startSearch } from "./search.js";

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

const load = async (name) => (await fetch(name)).text();
const [source, answer] = await Promise.all([load("source.txt"), load("answer.txt"), init()]);
at("source").value = source.trim();
at("answer").value = answer.trim();
for (const id of ["source", "answer"]) at(id).addEventListener("input", showSentences);
showSentences();
at("source").addEventListener("input", searchSource);
startSearch();
at("digest").textContent = selfcheck();
