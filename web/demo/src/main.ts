// Puts the page together.
import { codeDialog, shortcuts } from "./dialogs.js";
import { at, debounced, icon, make, roving } from "./dom.js";
import type { Judge } from "./fields/report.js";
import { Engine, lacks, type Status } from "./engine.js";
import { acceptDrops, Intake } from "./files.js";
import { offline } from "./offline.js";
import { keep, restored } from "./persist.js";
import { mountDocument } from "./panels/document.js";
import { mountSameBits } from "./panels/same_bits.js";
import { mountSearch } from "./panels/search.js";
import { mountStream } from "./panels/stream.js";
import { mountVerify } from "./panels/verify.js";
import { CONSTITUTION, TEXTS } from "./samples.js";
import { mountFields } from "./scan.js";
import { PANELS, Store, type Panel, type Settings } from "./store.js";

const narrow = matchMedia("(max-width: 60rem)");

const kept = await restored();
// What was never changed is the sample still.
const store = new Store({
  doc: CONSTITUTION.doc,
  answer: CONSTITUTION.answer,
  query: "the age of a Senator",
  ...kept,
});

store.isCommon = (doc) => TEXTS.some((each) => each.doc.text === doc.text);

const say = (text: string): void => {
  at("said").textContent = text;
};

// --- what the page says of itself
const engine = new Engine((status: Status) => {
  const line = at("engine");
  line.dataset["kind"] = status.kind;
  if (status.kind === "starting") line.textContent = "Starting the engine…";
  if (status.kind === "ready") line.textContent = `Paritas ${__VERSION__} runs in this browser`;
  if (status.kind === "restarted") {
    line.textContent = `Paritas ${__VERSION__} runs in this browser`;
    store.notice("The engine ended and was started again. Nothing that you typed is lost.");
  }
  if (status.kind === "failed") {
    line.textContent = "Paritas does not run";
    store.notice(status.message, true);
  }
});
store.on(["notice"], ({ notice }) => {
  at("notice").hidden = notice === undefined;
  at("notice").classList.toggle("bad", notice?.bad ?? false);
  at("notice-text").textContent = notice?.text ?? "";
  at("notice-action").hidden = notice?.action === undefined;
  at("notice-action").textContent = notice?.action?.label ?? "";
});
at("notice-action").addEventListener("click", () => store.state.notice?.action?.run());
at("notice-close").addEventListener("click", () => store.set({ notice: undefined }));

// --- panels
const intake = new Intake(store, say);
mountDocument(at("panel-document"), store, intake);
const openCode = codeDialog(say);
const search = mountSearch(at("panel-search"), store, engine, intake, say);
const verify = mountVerify(at("panel-verify"), store, engine, say);
const judge: Judge = (fields, regime) => engine.latest("fields", fields, regime);
const codes = {
  fields: mountFields(at("panel-fields"), store, judge, say),
  verify: verify.code,
  search: search.code,
  stream: mountStream(at("panel-stream"), store, engine, say),
};
for (const [name, code] of Object.entries(codes)) {
  const button = make(
    "button",
    { type: "button", class: "code-button", id: `code-${name}-button`, "aria-haspopup": "dialog" },
    icon("code"),
    "Copy as code",
  );
  button.addEventListener("click", () => openCode(code()));
  at(`panel-${name}`).append(button);
}
acceptDrops(intake, at("drop"));

// --- tabs; where there is room, the document stands beside them
roving(at("tabs"), "[role=tab]", true);
const showPanel = (panel: Panel): void => store.settings({ panel });
for (const panel of PANELS) at(`tab-${panel}`).addEventListener("click", () => showPanel(panel));
let visible: Panel | undefined;
const arrange = (): void => {
  const { doc, settings } = store.state;
  const fields = doc.words.length > 0 || doc.fields.length > 0;
  at("tab-fields").hidden = !fields;
  at("tab-document").hidden = !narrow.matches;
  const wanted = settings.panel === "fields" && !fields ? "verify" : settings.panel;
  const panel = wanted === "document" && !narrow.matches ? "verify" : wanted;
  visible = panel;
  for (const each of PANELS) {
    const chosen = each === panel;
    const tab = at(`tab-${each}`);
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    at(`panel-${each}`).hidden = !chosen && !(each === "document" && !narrow.matches);
  }
};
const arranged = (): void => {
  const before = visible;
  arrange();
  // The marks in the document are those of the panel in front of the reader.
  if (visible === before) return;
  if (visible === "verify") verify.shown();
  if (visible === "search") search.shown();
  const { marks } = store.state;
  if (visible === "stream" || (visible === "fields" && marks?.kind !== "field")) store.set({ marks: undefined });
};
store.on(["settings", "doc"], arranged);
narrow.addEventListener("change", arranged);
document.addEventListener("paritas:show-document", () => narrow.matches && showPanel("document"));

// --- theme
const THEMES: Record<Settings["theme"], Settings["theme"]> = { auto: "light", light: "dark", dark: "auto" };
const nextTheme = (): void => store.settings({ theme: THEMES[store.state.settings.theme] });
at("theme").append(icon("theme"), make("span", {}));
at("theme").addEventListener("click", nextTheme);
store.on(["settings"], ({ settings: { theme } }) => {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  at("theme").lastElementChild!.textContent = { auto: "System", light: "Light", dark: "Dark" }[theme];
  at("theme").setAttribute("aria-label", `Colours: ${theme === "auto" ? "as the system" : theme}`);
});

// --- keys
const focusOn = (panel: Panel, id: string): void => {
  showPanel(panel);
  at(id).focus();
};
shortcuts(store, at("keys"), [
  { key: "/", what: "Search", run: () => focusOn("search", "query") },
  { key: "a", what: "Type an answer", run: () => focusOn("verify", "answer") },
  { key: "s", what: "Start or pause the stream", run: () => (showPanel("stream"), at("stream-start").click()) },
  { key: "d", what: "Read the document", run: () => (showPanel("document"), at("text-view").focus()) },
  { key: "e", what: "Edit the document", run: () => (showPanel("document"), at("edit").click()) },
  { key: "o", what: "Open a file", run: () => at("file").click() },
  {
    key: "c",
    what: "Copy as code",
    run: () => document.querySelector<HTMLElement>(".work:not([hidden]) .code-button")?.click(),
  },
  { key: "t", what: "Change the colours", run: nextTheme },
]);

// --- the engine, and what it must know
const tell = debounced(60, async () => {
  try {
    const facts = await engine.setSource(store.state.doc.text, store.state.settings.stopwords);
    if (facts === undefined) return;
    search.facts({ documents: facts.paragraphs, terms: facts.terms });
    search.refresh();
    verify.refresh();
  } catch (error) {
    store.notice(`The document could not be read: ${(error as Error).message}`, true);
  }
});
keep(store, (text, bad) => {
  at("saved").textContent = text;
  if (bad) store.notice(text, true);
});
engine.start();
tell();
tell.now();
store.on(["doc", "settings"], (now, before) => {
  if (now.doc.text !== before.doc.text || now.settings.stopwords !== before.settings.stopwords) tell();
});
if (lacks() === "") mountSameBits(at("same-bits"));
offline(store);
document.documentElement.dataset["ready"] = "true";
performance.mark("interactive");
