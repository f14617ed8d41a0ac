// Is the answer what the document says? Each claim with its verdict, why, and where.
import type { ClaimVerdict, Reason, VerificationResult } from "paritas";
import { snippet, texts, type Snippet } from "../code.js";
import { debounced, icon, make, roving } from "../dom.js";
import type { Engine } from "../engine.js";
import { sampleOf } from "../samples.js";
import type { Range, Store } from "../store.js";
import { AnswerField } from "./answer_field.js";

export const VERDICTS = ["supported", "contradicted", "fabricated", "unverifiable"] as const;

const SHOWN = 200; // claims at first, and further ones at a time

const present = (spans: readonly (Range | null)[]): Range[] => spans.filter((span) => span !== null);

interface Evidence {
  readonly passages: Range[];
  readonly spans: Range[];
  /** What to quote: the sentences that the reasons point at, else the one that shares the most with the claim. */
  readonly quotes: readonly string[];
}

/** What a claim rests on: the sentences, and in them what the reasons point at. */
function evidenceOf({ evidenceSpans, sourceSpan, matchedSource, reasons }: ClaimVerdict): Evidence {
  const spans = present(reasons.map((reason: Reason) => reason.sourceSpan));
  const best = sourceSpan ?? evidenceSpans[0]?.span;
  const holding = evidenceSpans.filter(({ span }) =>
    spans.some(({ start, end }) => start >= span.start && end <= span.end),
  );
  const quotes = holding.length > 0 ? holding.map(({ text }) => text) : matchedSource === "" ? [] : [matchedSource];
  return {
    passages: [...new Set([...(best == null ? [] : [best]), ...holding.map(({ span }) => span)])],
    spans,
    quotes,
  };
}

export function mountVerify(
  root: HTMLElement,
  store: Store,
  engine: Engine,
  say: (text: string) => void,
): { code: () => Snippet; refresh: () => void; shown: () => void } {
  const field = new AnswerField("answer", "Answer", "Type or paste an answer about the document");
  const sample = make("button", { id: "sample-answer", type: "button" }, "Sample answer");
  const clear = make("button", { id: "clear-answer", type: "button" }, "Clear");
  const atomic = make("input", { id: "atomic", type: "checkbox" });
  const options = make("label", { class: "check", for: "atomic" }, atomic, "Split sentences into parts");
  const score = make("output", { id: "score", class: "score", for: "answer" });
  const approval = make("p", { id: "approval", class: "approval" });
  const bar = make("div", { id: "verdicts", class: "verdicts", role: "img" });
  const figures = make("p", { id: "verify-figures", class: "facts" });
  const summary = make(
    "div",
    { class: "summary" },
    score,
    make("div", { class: "summary-words" }, approval, bar, figures),
  );
  const claims = make("ol", { id: "claims", class: "claims", "aria-label": "Claims of the answer" });
  const hint = make("p", { id: "verify-hint", class: "hint" });
  root.append(field.root, make("div", { class: "row" }, sample, clear, options), summary, hint, claims);
  const rove = roving(claims, ".claim-button");

  // A book may be pasted as an answer: what nobody has asked to see is not drawn at each key.
  let most = SHOWN;
  const more = make("button", { id: "more-claims", type: "button", hidden: true });
  root.append(more);
  let result: VerificationResult | undefined;
  let judged = ""; // the answer of the result
  let chosen = -1;

  const underline = (): void => {
    const now = field.input.value;
    const list = result?.status !== "ok" || judged !== now ? [] : result.claims;
    field.show(
      list
        .slice(0, most)
        .map(({ span, verdict, claimIndex }) => ({ ...span, kind: verdict, chosen: claimIndex === chosen })),
    );
  };
  const choose = (claim: ClaimVerdict | undefined, show: boolean): void => {
    chosen = claim?.claimIndex ?? -1;
    for (const [i, item] of [...claims.children].entries()) item.classList.toggle("chosen", i === chosen);
    underline();
    if (claim === undefined) return store.set({ marks: undefined });
    const { passages, spans } = evidenceOf(claim);
    store.set({ marks: { kind: "evidence", passages, spans, ...(show ? { show: spans[0] ?? passages[0] } : {}) } });
  };

  const card = (claim: ClaimVerdict): HTMLElement => {
    const { verdict, reasons, matchedSource, probability, claimIndex } = claim;
    const button = make(
      "button",
      { type: "button", class: "claim-button", tabindex: claimIndex === 0 ? 0 : -1, id: `claim-${claimIndex}` },
      make("span", { class: "verdict" }, icon(verdict), verdict[0]!.toUpperCase() + verdict.slice(1)),
      make("span", { class: "claim-text" }, claim.claim),
    );
    const item = make(
      "li",
      { class: `claim claim-${verdict}` },
      button,
      ...reasons.map(({ message }) => make("p", { class: "reason" }, message)),
      ...evidenceOf(claim).quotes.map((quote) => make("p", { class: "quote" }, quote)),
      make(
        "p",
        { class: "facts" },
        matchedSource === "" ? "No sentence of the document shares a word with it. " : "",
        `Probability of support ${probability.toFixed(2)}`,
      ),
    );
    button.addEventListener("focus", () => choose(claim, true));
    item.addEventListener("click", () => {
      button.focus();
      choose(claim, true);
      document.dispatchEvent(new CustomEvent("paritas:show-document"));
    });
    item.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && choose(claim, false));
    return item;
  };

  const announce = debounced(1200, () => {
    if (result === undefined || result.claims.length === 0) return;
    const counts = VERDICTS.map(
      (verdict) => [result!.claims.filter((claim) => claim.verdict === verdict).length, verdict] as const,
    );
    say(
      `Score ${result.score.toFixed(2)}. ${counts
        .filter(([n]) => n > 0)
        .map(([n, verdict]) => `${n} ${verdict}`)
        .join(", ")}.`,
    );
  });

  let took = 0;
  const show = (ms: number): void => {
    took = ms;
    const { claims: found, score: value, coverage, approved, confidence, status } = result!;
    const any = status === "ok" && found.length > 0;
    summary.hidden = !any;
    hint.hidden = any;
    hint.textContent =
      field.input.value.trim() === ""
        ? "Every sentence becomes a claim that is looked up in the document."
        : store.state.doc.text.trim() === ""
          ? "There is no document to compare with: open one, or take a sample."
          : "There is no statement in this answer yet.";
    score.textContent = value.toFixed(2);
    score.className = `score ${approved ? "good" : "poor"}`;
    approval.textContent = `${approved ? "Approved" : "Not approved"}, ${confidence} confidence`;
    const counts = VERDICTS.map(
      (verdict) => [verdict, found.filter((claim) => claim.verdict === verdict).length] as const,
    );
    bar.setAttribute("aria-label", counts.map(([verdict, n]) => `${n} ${verdict}`).join(", "));
    bar.replaceChildren(
      ...counts
        .filter(([, n]) => n > 0)
        .map(([verdict, n]) => {
          const part = make("span", { class: `part part-${verdict}` }, icon(verdict), `${n} ${verdict}`);
          part.style.flexGrow = String(n);
          return part;
        }),
    );
    const many = `${found.length.toLocaleString("en")} ${found.length === 1 ? "claim" : "claims"}`;
    figures.textContent = `${many} · ${Math.round(coverage * 100)} % supported · judged in ${ms.toFixed(1)} ms`;
    chosen = -1;
    const focused = document.activeElement?.id ?? "";
    claims.replaceChildren(...(any ? found.slice(0, most).map(card) : []));
    const left = found.length - most;
    more.hidden = !any || left <= 0;
    more.textContent = `Show ${Math.min(SHOWN, left)} of ${left.toLocaleString("en")} more claims`;
    rove();
    if (focused.startsWith("claim-")) document.getElementById(focused)?.focus();
    underline();
    announce();
  };

  const run = async (): Promise<void> => {
    const { answer, settings } = store.state;
    try {
      const verified = await engine.latest("verify", answer, settings.atomic);
      if (verified === undefined) return;
      result = verified.result;
      judged = answer;
      show(verified.ms);
    } catch (error) {
      store.notice(`The answer could not be judged: ${(error as Error).message}`, true);
    }
  };
  const soon = debounced(60, () => void run());

  field.input.addEventListener("input", () => {
    underline();
    store.set({ answer: field.input.value });
  });
  sample.addEventListener("click", () =>
    store.set({ answer: sampleOf(store.state.doc)?.answer ?? store.state.answer }),
  );
  clear.addEventListener("click", () => {
    store.set({ answer: "", marks: undefined });
    field.input.focus();
  });
  more.addEventListener("click", () => {
    const first = most;
    most += SHOWN;
    show(took);
    document.getElementById(`claim-${first}`)?.focus();
  });
  atomic.addEventListener("change", () => store.settings({ atomic: atomic.checked }));
  claims.addEventListener("pointerleave", () => !claims.contains(document.activeElement) && choose(undefined, false));
  root.addEventListener("keydown", ({ key }) => key === "Escape" && choose(undefined, false));
  store.on(["doc", "answer"], ({ doc, answer }) => {
    const { answer: own } = sampleOf(doc) ?? {};
    sample.hidden = own === undefined || own === answer;
  });
  store.on(["answer"], ({ answer }) => {
    if (field.input.value !== answer) field.input.value = answer;
    clear.hidden = answer === "";
    most = SHOWN;
    underline();
    soon();
  });
  store.on(["settings"], ({ settings }, before) => {
    if (atomic.checked !== settings.atomic) atomic.checked = settings.atomic;
    if (settings.atomic !== before.settings.atomic) soon();
  });

  const code = (): Snippet => {
    const { doc, answer, settings } = store.state;
    return snippet(
      texts({ source: doc.text, answer }),
      "init, verify",
      `result = paritas.verify(answer, source${settings.atomic ? ", atomic=True" : ""})\n` +
        "print(result.approved, result.score, result.coverage)\n" +
        "for claim in result.claims:\n    print(claim.verdict, claim.probability, claim.claim)\n",
      `const result = verify(answer, source${settings.atomic ? ", { atomic: true }" : ""});\n` +
        "console.log(result.approved, result.score, result.coverage);\n" +
        "for (const { verdict, probability, claim } of result.claims) console.log(verdict, probability, claim);\n",
    );
  };
  return { code, refresh: () => void run(), shown: () => choose(result?.claims[chosen], false) };
}
