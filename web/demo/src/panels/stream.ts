// A running answer, watched word by word: each step's score is what the document says of the text so far.
import { snippet, texts, type Snippet } from "../code.js";
import { icon, make } from "../dom.js";
import type { Engine } from "../engine.js";
import type { Step } from "../engine.worker.js";
import { CONSTITUTION, sampleOf, takeSample } from "../samples.js";
import type { Settings, Store } from "../store.js";
import { Chart } from "./chart.js";

const SOFT_LIMIT = 0.6; // as the core's default

/** Words with the space before them; the same rule as in the code that the page gives away. */
export const tokensOf = (text: string): string[] => text.match(/[ \t\r\n]*[^ \t\r\n]+/g) ?? [];

const CHOICES: readonly [Settings["streamed"], string][] = [
  ["faithful", "A faithful sample"],
  ["drifting", "A sample that drifts"],
  ["thinking", "A sample that thinks"],
  ["answer", "Your answer"],
];

/** What a code of the monitor means to whoever reads the answer. */
const MEANING: Record<string, string> = {
  hard_limit: "the document stopped supporting it",
  window_avg: "too little support for too long",
  downward_trend: "support fell too fast",
};

export function mountStream(
  root: HTMLElement,
  store: Store,
  engine: Engine,
  say: (text: string) => void,
): () => Snippet {
  const radios = CHOICES.map(([value, label]) => {
    const input = make("input", { type: "radio", name: "streamed", value, id: `stream-${value}` });
    input.addEventListener("change", () => store.settings({ streamed: value }));
    return [input, make("label", { for: `stream-${value}` }, input, label)] as const;
  });
  const speed = make("input", { id: "speed", type: "range", min: 1, max: 60, step: 1 });
  const speedSaid = make("output", { for: "speed" });
  const limit = make("input", { id: "hard-limit", type: "range", min: 0, max: SOFT_LIMIT, step: 0.05 });
  const limitSaid = make("output", { for: "hard-limit" });
  const most = make("input", { id: "thought-limit", type: "range", min: 0, max: 2000, step: 100 });
  const mostSaid = make("output", { for: "thought-limit" });
  const start = make("button", { id: "stream-start", type: "button", class: "primary" });
  const again = make("button", { id: "stream-restart", type: "button" }, icon("restart"), "Restart");
  const chart = new Chart();
  const output = make("div", {
    id: "stream-text",
    class: "stream-text",
    tabindex: 0,
    role: "region",
    "aria-label": "Streamed answer",
  });
  const thought = make("div", {
    id: "stream-thought",
    class: "stream-thought",
    tabindex: 0,
    role: "region",
    "aria-label": "Thoughts of the model",
  });
  const thoughtFacts = make("p", { id: "stream-thought-facts", class: "facts" });
  const thinking = make("div", { id: "stream-thoughts" }, thoughtFacts, thought);
  const verdict = make("p", { id: "stream-verdict", class: "stream-verdict" });
  const why = make("ul", { id: "stream-why", class: "stream-why" });
  const figures = make("p", { id: "stream-figures", class: "facts" });
  const other = make("button", { id: "stream-sample", type: "button" }, "Open the document of the sample");
  const hint = make("p", { class: "hint", id: "stream-hint" });
  root.append(
    make("fieldset", { class: "choices" }, make("legend", {}, "Stream"), ...radios.map(([, label]) => label)),
    make(
      "div",
      { class: "sliders" },
      make("label", { for: "speed" }, "Speed ", speedSaid, speed),
      make("label", { for: "hard-limit" }, "Halts below ", limitSaid, limit),
      make("label", { for: "thought-limit" }, "Thinks at most ", mostSaid, most),
    ),
    make("div", { class: "row" }, start, again, other),
    hint,
    // What a model thinks has its place before what it says.
    make("div", { class: "stream-flow" }, thinking, make("div", { class: "stream-said" }, output)),
    make("div", { class: "stream-end" }, verdict, why),
    make(
      "figure",
      {},
      chart.root,
      make(
        "figcaption",
        { class: "facts legend" },
        make("span", { class: "key key-score" }, "score of the text so far"),
        make("span", { class: "key key-mean" }, "mean of the last 10"),
        make("span", { class: "key key-hard" }, "halts"),
        make("span", { class: "key key-soft" }, "warns"),
      ),
    ),
    figures,
  );

  let run = 0;
  let loop = 0; // a stream paused and resumed within one step has a step of two loops under way
  let tokens: string[] = [];
  let steps: Step[] = [];
  let state: "idle" | "running" | "paused" | "over" = "idle";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const text = (): string => {
    const { doc, answer, settings } = store.state;
    return settings.streamed === "answer" ? answer : (sampleOf(doc) ?? CONSTITUTION).streams[settings.streamed];
  };
  const buttons = (): void => {
    const said = { idle: "Start", running: "Pause", paused: "Resume", over: "Start" }[state];
    start.replaceChildren(icon(state === "running" ? "pause" : "play"), said);
    start.hidden = state === "over";
    start.disabled = tokensOf(text()).length === 0;
    again.hidden = state === "idle";
    const sampled = store.state.settings.streamed !== "answer";
    other.hidden = !sampled || sampleOf(store.state.doc) !== undefined;
    hint.hidden = state !== "idle";
    hint.textContent =
      !sampled && store.state.answer.trim() === ""
        ? "There is no answer yet: type one under Verify."
        : "After each word the answer so far is verified against the document; the halt monitor decides from these scores whether it may go on. What a model thinks is shown apart, and not judged.";
  };
  const judged = (): Step[] => steps.filter(({ token }) => token !== "");
  const words = (): number => Math.min(steps.length, tokens.length);
  const draw = (): void => {
    const { hardLimit, thoughtLimit } = store.state.settings;
    chart.show(judged(), tokens.length, hardLimit, SOFT_LIMIT);
    const last = steps.at(-1);
    const thoughtLength = last?.thoughtLength ?? 0;
    thinking.hidden = thoughtLength === 0;
    thoughtFacts.textContent = `Thought · ${thoughtLength} ${thoughtLength === 1 ? "character" : "characters"}${
      last?.abort
        ? ` · stopped at the limit of ${thoughtLimit}`
        : last?.thinking && state !== "over"
          ? " · thinking"
          : ""
    }`;
    const shown = last === undefined || Number.isNaN(last.score) ? undefined : last;
    figures.textContent = [
      ...(last?.halted ? [last.reason] : []),
      ...(last === undefined ? [] : [`Word ${words()} of ${tokens.length}`]),
      ...(shown === undefined ? [] : [`score ${shown.score.toFixed(3)}`, `mean ${shown.windowMean.toFixed(3)}`]),
    ].join(" · ");
  };
  const end = (): void => {
    state = "over";
    const last = steps.at(-1);
    const halted = last?.halted ?? false;
    const aborted = (last?.abort ?? "") !== "";
    const scored = judged();
    const least = Math.min(...scored.map(({ score }) => score));
    verdict.className = `stream-verdict ${halted || aborted ? "poor" : "good"}`;
    verdict.replaceChildren(
      icon(halted || aborted ? "stop" : "supported"),
      halted
        ? `Halted at word ${words()}: ${MEANING[last!.code] ?? "it cannot be judged"}`
        : aborted
          ? `Stopped at word ${words()}: it thinks longer than ${store.state.settings.thoughtLimit} characters`
          : "The whole answer was let through",
    );
    why.replaceChildren(...(last?.why ?? []).map((message) => make("li", {}, message)));
    chart.describe(
      scored.length === 0
        ? `No scores. ${verdict.textContent}.`
        : `Scores of ${scored.length} words, from ${scored[0]!.score.toFixed(2)} to ${last!.score.toFixed(2)}, least ${least.toFixed(2)}. ${verdict.textContent}.`,
    );
    say(verdict.textContent ?? "");
    buttons();
  };
  const tick = async (): Promise<void> => {
    const mine = run;
    const own = loop;
    const began = performance.now();
    const next = tokens.slice(0, steps.length + 1);
    try {
      const { hardLimit, thoughtLimit } = store.state.settings;
      const fresh = await engine.ask("watch", run, { hardLimit }, thoughtLimit, next, next.length === tokens.length);
      if (mine !== run) return;
      // A new worker judges from the start again: what is shown stays, the rest is new.
      for (const step of fresh.filter(({ index }) => index >= steps.length)) {
        steps.push(step);
        if (step.thought !== "") thought.append(step.thought);
        const kind = step.halted ? "halted" : step.warning ? "warned" : "passed";
        if (step.token !== "") output.append(make("span", { class: `token token-${kind}` }, step.token));
      }
    } catch (error) {
      if (mine === run) {
        state = "paused";
        store.notice(`The stream stopped: ${(error as Error).message}`, true);
        buttons();
      }
      return;
    }
    draw();
    for (const box of [output, thought]) box.scrollTop = box.scrollHeight;
    if (own !== loop) return;
    if (steps.at(-1)?.halted || steps.at(-1)?.abort || steps.length >= tokens.length) return end();
    if (state !== "running") return;
    timer = setTimeout(() => void tick(), Math.max(0, 1000 / store.state.settings.speed - (performance.now() - began)));
  };
  const reset = (): void => {
    clearTimeout(timer);
    run += 1;
    steps = [];
    tokens = tokensOf(text());
    state = "idle";
    output.replaceChildren();
    thought.replaceChildren();
    verdict.className = "stream-verdict";
    verdict.replaceChildren();
    why.replaceChildren();
    chart.describe("No scores yet");
    draw();
    buttons();
  };
  const play = (): void => {
    state = "running";
    loop += 1;
    buttons();
    void tick();
  };
  const toggle = (): void => {
    if (state === "running") {
      clearTimeout(timer);
      state = "paused";
      buttons();
    } else {
      if (state !== "paused") reset();
      play();
    }
  };
  start.addEventListener("click", toggle);
  again.addEventListener("click", () => {
    reset();
    play();
    start.focus();
  });
  other.addEventListener("click", () => takeSample(store, CONSTITUTION));
  speed.addEventListener("input", () => store.settings({ speed: speed.valueAsNumber }));
  limit.addEventListener("input", () => store.settings({ hardLimit: limit.valueAsNumber }));
  most.addEventListener("input", () => store.settings({ thoughtLimit: most.valueAsNumber }));
  store.on(["settings"], ({ settings }, before) => {
    for (const [input] of radios) input.checked = input.value === settings.streamed;
    speed.value = String(settings.speed);
    speedSaid.textContent = `${settings.speed} words/s`;
    limit.value = String(settings.hardLimit);
    limitSaid.textContent = settings.hardLimit.toFixed(2);
    most.value = String(settings.thoughtLimit);
    mostSaid.textContent = settings.thoughtLimit === 0 ? "any length" : `${settings.thoughtLimit} characters`;
    // What was judged by another rule or of another text is over.
    const rules = ["streamed", "hardLimit", "thoughtLimit"] as const;
    if (rules.some((rule) => settings[rule] !== before.settings[rule])) reset();
  });
  store.on(["doc"], (now, before) => now.doc.text !== before.doc.text && reset());
  store.on(["answer"], (now, before) => now.settings.streamed === "answer" && now.answer !== before.answer && reset());
  reset();

  return () => {
    const { doc, settings } = store.state;
    return snippet(
      texts({ source: doc.text, answer: text() }),
      "HaltMonitor, init, PreparedSource, StreamingFilter, VerifiedScorer",
      "prepared = paritas.PreparedSource(source)\nscorer = paritas.VerifiedScorer()\n" +
        `thoughts = paritas.StreamingFilter(max_thinking_content=${settings.thoughtLimit})\n` +
        `monitor = paritas.HaltMonitor(hard_limit=${settings.hardLimit})\n` +
        'so_far = ""\nfor token in [*re.findall(r"[ \\t\\r\\n]*[^ \\t\\r\\n]+", answer), None]:\n' +
        "    said = (thoughts.finish() if token is None else thoughts.process_chunk(token)).answer\n" +
        '    if said != "":\n        so_far += said\n' +
        "        event = monitor.process_token(said, scorer.verify(so_far, prepared).score)\n" +
        "        print(event.score, said.strip())\n        if event.halted:\n            print(event.reason)\n" +
        "            break\n    if thoughts.should_abort():\n        print(thoughts.get_abort_reason())\n        break\n",
      "const prepared = new PreparedSource(source);\nconst scorer = new VerifiedScorer();\n" +
        `const thoughts = new StreamingFilter({ maxThinkingContent: ${settings.thoughtLimit} });\n` +
        `const monitor = new HaltMonitor({ hardLimit: ${settings.hardLimit} });\n` +
        'let soFar = "";\nfor (const token of [...(answer.match(/[ \\t\\r\\n]*[^ \\t\\r\\n]+/g) ?? []), undefined]) {\n' +
        "  const said = (token === undefined ? thoughts.finish() : thoughts.processChunk(token)).answer;\n" +
        '  if (said !== "") {\n    soFar += said;\n' +
        "    const event = monitor.processToken(said, scorer.verify(soFar, prepared).score);\n" +
        "    console.log(event.score, said.trim());\n    if (event.halted) {\n      console.log(event.reason);\n" +
        "      break;\n    }\n  }\n" +
        "  if (thoughts.shouldAbort()) {\n    console.log(thoughts.getAbortReason());\n    break;\n  }\n}\n",
      "import re\n",
    );
  };
}
