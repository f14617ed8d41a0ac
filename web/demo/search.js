// The search of the page: over the paragraphs of the source, or over an index file of `paritas index build`.
import { BM25 } from "./paritas/index.js";
import { at, element, marked } from "./dom.js";

const MOST = 20; // hits that are shown
const LONGEST = 600; // characters of a text around its first mark

let index; // made by startSearch(): the module must be loaded first
let opened; // the name of the file that is searched, if any

/** A long text from a little before its first mark on. */
function excerpt(text, spans) {
  if (text.length <= LONGEST) return marked(text, spans);
  const first = Math.max(0, (spans[0]?.start ?? 0) - 80);
  const from = first === 0 ? 0 : first + Math.max(0, text.slice(first, first + 40).search(/\s/));
  const shown = spans
    .filter(({ start, end }) => start >= from && end <= from + LONGEST)
    .map(({ start, end }) => ({ start: start - from, end: end - from }));
  const out = marked(text.slice(from, from + LONGEST), shown);
  if (from > 0) out.prepend("… ");
  if (from + LONGEST < text.length) out.append(" …");
  return out;
}

function hit(query, { id, score }) {
  const { text, metadata } = index.get(id);
  const facts = Object.entries(metadata ?? {}).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return element(
    "li",
    "",
    text === null
      ? element("p", "quote", "no text is kept in this index")
      : excerpt(text, index.highlight(query, text)),
    element("p", "figures", [`id ${JSON.stringify(id)}`, `score ${score}`, ...facts].join(" · ")),
  );
}

function showHits() {
  const query = at("query").value;
  const start = performance.now();
  const hits = index.query(query, MOST);
  const milliseconds = performance.now() - start;
  at("hits").replaceChildren(...hits.map((found) => hit(query, found)));
  const nothing = query.trim() === "" ? "" : hits.length === 0 ? "no hits" : `${hits.length} hits`;
  at("time").textContent = nothing === "" ? "" : `${nothing} in ${milliseconds.toFixed(2)} ms`;
}

function use(next, name) {
  index?.dispose();
  index = next;
  opened = name;
  const { documents, terms: different } = index.stats();
  const what = name === undefined ? `the ${documents} paragraphs of the source` : `${documents} documents of ${name}`;
  at("searched").textContent = `Searching ${what}, ${different} different terms`;
  at("searched").classList.remove("note");
  at("close").hidden = name === undefined;
  showHits();
}

/** Indexes the paragraphs of the source, unless a file is searched. */
export function searchSource() {
  if (opened !== undefined) return;
  const paragraphs = at("source")
    .value.split(/\n\s*\n/)
    .filter((text) => text.trim() !== "");
  const next = new BM25({ storeText: true });
  next.addDocuments(
    paragraphs.map((_text, i) => i + 1),
    paragraphs,
  );
  use(next, undefined);
}

async function open(file) {
  if (!file) return;
  try {
    use(BM25.fromBytes(new Uint8Array(await file.arrayBuffer())), file.name);
  } catch (error) {
    at("searched").textContent = `${file.name} cannot be opened: ${error.message}`;
    at("searched").classList.add("note");
  }
}

/** The index as a file, which Python opens by BM25.load and `paritas index search`. */
function save() {
  const link = element("a", "");
  link.href = URL.createObjectURL(new Blob([index.toBytes()], { type: "application/octet-stream" }));
  link.download = opened ?? "source.index";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Once init() is done. */
export function startSearch() {
  at("query").addEventListener("input", showHits);
  at("file").addEventListener("change", (event) => open(event.target.files[0]).then(() => (event.target.value = "")));
  at("save").addEventListener("click", save);
  at("close").addEventListener("click", () => {
    opened = undefined;
    searchSource();
  });
  const place = at("search");
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    place.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.toggle("over", name === "dragenter" || name === "dragover");
      if (name === "drop") open(event.dataTransfer.files[0]);
    });
  }
  searchSource();
}
