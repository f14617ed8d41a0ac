// Search as you type, over the paragraphs of the document or in an index file.
import { literal, snippet, texts, type Snippet } from "../code.js";
import { debounced, directionOf, icon, make, marked, roving } from "../dom.js";
import type { Engine } from "../engine.js";
import type { Found, FoundHit, IndexFacts } from "../engine.worker.js";
import { saveAs, type Intake } from "../files.js";
import type { Store } from "../store.js";

const LONGEST = 420; // UTF-16 units of a text around its first mark

/** A long text from a little before its first mark on. */
function excerpt(text: string, spans: FoundHit["spans"]): (Node | string)[] {
  if (text.length <= LONGEST) return [marked(text, spans)];
  const first = Math.max(0, (spans[0]?.start ?? 0) - 80);
  const from = first === 0 ? 0 : first + Math.max(0, text.slice(first, first + 40).search(/\s/));
  const shown = spans
    .filter(({ start, end }) => start >= from && end <= from + LONGEST)
    .map(({ start, end }) => ({ start: start - from, end: end - from }));
  const cut = marked(text.slice(from, from + LONGEST), shown);
  return [from > 0 ? "… " : "", cut, from + LONGEST < text.length ? " …" : ""];
}

export function mountSearch(
  root: HTMLElement,
  store: Store,
  engine: Engine,
  intake: Intake,
  say: (text: string) => void,
): { code: () => Snippet; refresh: () => void; shown: () => void; facts: (facts: IndexFacts) => void } {
  const query = make("input", {
    id: "query",
    type: "search",
    autocomplete: "off",
    placeholder: "Words to look for",
    spellcheck: "false",
  });
  const time = make("p", { id: "search-figures", class: "facts" });
  const common = make("input", { id: "stopwords", type: "checkbox" });
  const leave = make("label", { class: "check facts", for: "stopwords" }, common, "Without common English words");
  const hits = make("ol", { id: "hits", class: "hits", "aria-label": "Hits" });
  const searched = make("p", { id: "searched", class: "facts" });
  const file = make("input", { id: "index-file", type: "file" });
  const open = make("label", { class: "button", for: "index-file" }, icon("open"), "Open an index", file);
  const save = make("button", { id: "index-save", type: "button" }, icon("save"), "Save this index");
  const close = make(
    "button",
    { id: "index-close", type: "button", hidden: true },
    icon("close"),
    "Back to the document",
  );
  const hint = make(
    "p",
    { class: "hint" },
    "An index saved here opens in Python by ",
    make("code", {}, "BM25.load"),
    ", and one built by ",
    make("code", {}, "paritas index build"),
    " opens here.",
  );
  root.append(
    make("div", { class: "field" }, make("label", { for: "query" }, "Search"), query),
    make("div", { class: "row spread" }, time, leave),
    hits,
    make("footer", { class: "panel-foot" }, searched, make("div", { class: "row" }, open, save, close), hint),
  );
  const rove = roving(hits, ".hit-button");

  let opened: string | undefined; // the name of the file that is searched
  let best = 0;

  let last: Found | undefined;
  const marks = (found: Found, shown?: FoundHit): void => {
    last = found;
    if (root.hidden) return;
    const inText = found.hits.filter(({ place }) => place !== undefined);
    const spans = inText.flatMap(({ place, spans: own }) =>
      own.map(({ start, end }) => ({ start: place!.start + start, end: place!.start + end })),
    );
    const show = shown?.place;
    store.set({
      marks:
        spans.length === 0
          ? undefined
          : { kind: "hits", passages: show ? [show] : [], spans, ...(show ? { show } : {}) },
    });
  };

  const card = (found: Found, hit: FoundHit, i: number): HTMLElement => {
    const { id, score, text, spans, place, metadata } = hit;
    const meter = make("span", { class: "meter", "aria-hidden": "true" });
    meter.style.setProperty("--share", String(best > 0 ? score / best : 0));
    const label = place === undefined ? JSON.stringify(id) : `Paragraph ${String(id)}`;
    const button = make(
      "button",
      { type: "button", class: "hit-button", tabindex: i === 0 ? 0 : -1, id: `hit-${i}` },
      make(
        "span",
        { class: "hit-head" },
        make("span", { class: "hit-id" }, label),
        meter,
        make("span", { class: "hit-score", title: String(score) }, score.toFixed(4)),
      ),
      make(
        "span",
        { class: "hit-text" },
        ...(text === undefined ? ["no text is kept in this index"] : excerpt(text, spans)),
      ),
      metadata !== "" && make("span", { class: "facts" }, metadata),
    );
    button.addEventListener("focus", () => marks(found, hit));
    button.addEventListener("click", () => {
      marks(found, hit);
      if (place !== undefined) document.dispatchEvent(new CustomEvent("paritas:show-document"));
    });
    return make("li", { class: "hit" }, button);
  };

  const announce = debounced(1200, () => say(time.textContent ?? ""));
  const show = (found: Found, text: string): void => {
    best = found.hits[0]?.score ?? 0;
    hits.replaceChildren(...found.hits.map((hit, i) => card(found, hit, i)));
    rove();
    const asked = text.trim() !== "";
    time.textContent = !asked
      ? ""
      : found.hits.length === 0
        ? "No hits"
        : `${found.hits.length === 20 ? "The best 20" : found.hits.length === 1 ? "1 hit" : `${found.hits.length} hits`} in ${found.ms.toFixed(2)} ms`;
    if (asked) announce();
    marks(found);
  };
  const run = async (): Promise<void> => {
    const text = store.state.query;
    try {
      const found = await engine.latest("search", text);
      if (found !== undefined) show(found, text);
    } catch (error) {
      time.textContent = (error as Error).message;
      hits.replaceChildren();
    }
  };

  const told = ({ documents, terms }: IndexFacts): void => {
    const what =
      opened === undefined
        ? `${documents.toLocaleString("en")} ${documents === 1 ? "paragraph" : "paragraphs"} of the document`
        : `${documents.toLocaleString("en")} documents of ${opened}`;
    searched.textContent = `Searching ${what}, ${terms.toLocaleString("en")} different terms`;
    searched.classList.remove("bad");
    close.hidden = opened === undefined;
    leave.hidden = opened !== undefined; // a file brings its own words
  };
  let source: IndexFacts = { documents: 0, terms: 0 };

  intake.onIndex = async (chosen) => {
    try {
      const facts = await engine.openIndex(new Uint8Array(await chosen.arrayBuffer()));
      opened = chosen.name;
      told(facts);
      store.settings({ panel: "search" });
      void run();
    } catch (error) {
      searched.textContent = `${chosen.name} cannot be opened: ${(error as Error).message}`;
      searched.classList.add("bad");
      store.settings({ panel: "search" });
      say(searched.textContent);
    }
  };
  query.addEventListener("input", () => store.set({ query: query.value }));
  query.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    hits.querySelector<HTMLElement>(".hit-button")?.focus();
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) await intake.onIndex(chosen);
    file.value = "";
  });
  save.addEventListener("click", async () => {
    try {
      saveAs(opened ?? "source.index", (await engine.ask("saveIndex")) as Uint8Array<ArrayBuffer>);
    } catch (error) {
      store.notice(`The index could not be saved: ${(error as Error).message}`, true);
    }
  });
  close.addEventListener("click", async () => {
    opened = undefined;
    await engine.closeIndex();
    told(source);
    void run();
  });
  common.addEventListener("change", () => store.settings({ stopwords: common.checked }));
  store.on(["settings"], ({ settings }) => {
    common.checked = settings.stopwords;
  });
  store.on(["query"], ({ query: text }) => {
    if (query.value !== text) query.value = text;
    query.dir = directionOf(text);
    void run();
  });

  return {
    refresh: () => void run(),
    shown: () => last !== undefined && marks(last),
    facts: (facts) => {
      source = facts;
      if (opened === undefined) told(facts);
    },
    code: () => {
      const { doc, query: asked, settings } = store.state;
      const [python, javascript] = settings.stopwords ? [', stopwords="english"', ', stopwords: "english"'] : ["", ""];
      if (opened !== undefined) {
        const given = texts({ query: asked });
        given.reads = true;
        return snippet(
          given,
          "BM25, init",
          `index = paritas.BM25.load(${literal(opened)})\nfor id, score in index.query(query, 20):\n    print(id, score)\n`,
          `const index = BM25.fromBytes(readFileSync(${literal(opened)}));\nfor (const { id, score } of index.query(query, 20)) console.log(id, score);\n`,
        );
      }
      return snippet(
        texts({ source: doc.text, query: asked }),
        "BM25, init",
        'paragraphs = [text for text in re.split(r"\\n(?:[ \\t\\r]*\\n)+", source) if text.strip(" \\t\\r\\n\\f")]\n' +
          `index = paritas.BM25(store_text=True${python})\n` +
          "index.add_documents(range(1, len(paragraphs) + 1), paragraphs)\n" +
          "for id, score in index.query(query, 20):\n    print(id, score)\n",
        "const paragraphs = source.split(/\\n(?:[ \\t\\r]*\\n)+/).filter((text) => !/^[ \\t\\r\\n\\f]*$/.test(text));\n" +
          `const index = new BM25({ storeText: true${javascript} });\n` +
          "index.addDocuments(paragraphs.map((_, i) => i + 1), paragraphs);\n" +
          "for (const { id, score } of index.query(query, 20)) console.log(id, score);\n",
        "import re\n",
      );
    },
  };
}
