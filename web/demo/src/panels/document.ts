// The document: its text with marks, an editor for it, and the image of a scan.
import { debounced, directionOf, icon, make } from "../dom.js";
import type { Intake } from "../files.js";
import { paragraphs } from "../paragraphs.js";
import { edited } from "../ocr/edited.js";
import { readingBar } from "../ocr/reading_bar.js";
import { SCANS, scanFiles } from "../ocr/samples.js";
import { takeSample, TEXTS } from "../samples.js";
import { mountImage } from "../scan.js";
import { EMPTY_DOC, type Doc, type Range as Place, type Store } from "../store.js";

const CHUNK = 16; // blocks that the browser lays out, or leaves out, together
const LONGEST = 3000; // UTF-16 units of a block: a text without blank lines must not be one of them

interface Block extends Place {
  readonly element: HTMLElement;
  readonly node: Text;
}

/** A long paragraph in pieces, cut at ends of lines, else at spaces. */
function pieces(text: string, { start, end }: Place): Place[] {
  const out: Place[] = [];
  let from = start;
  while (end - from > LONGEST) {
    const most = from + LONGEST;
    const line = text.lastIndexOf("\n", most);
    const space = text.lastIndexOf(" ", most);
    const cut = line > from ? line + 1 : space > from ? space + 1 : most;
    out.push({ start: from, end: cut });
    from = cut;
  }
  out.push({ start: from, end });
  return out;
}

/** A text of any length: what is out of sight costs nothing, and marks are ranges, which change no element. */
class TextView {
  #blocks: Block[] = [];
  #marked = new Set<Block>(); // without CSS highlights: whose elements hold marks
  readonly #native = typeof Highlight === "function" && "highlights" in CSS;

  constructor(readonly root: HTMLElement) {}

  show(text: string): void {
    const chunks: HTMLElement[] = [];
    this.#blocks = [];
    this.#marked.clear();
    let chunk: HTMLElement | undefined;
    for (const paragraph of paragraphs(text)) {
      const parts = pieces(text, paragraph);
      parts.forEach(({ start, end }, i) => {
        if (chunk === undefined || chunk.childElementCount >= CHUNK) {
          chunk = make("div", { class: "chunk" });
          chunks.push(chunk);
        }
        const node = document.createTextNode(text.slice(start, end));
        const element = make("p", i < parts.length - 1 ? { class: "goes-on" } : {}, node);
        chunk.append(element);
        this.#blocks.push({ start, end, element, node });
      });
    }
    this.root.replaceChildren(...chunks);
    this.mark([], []);
  }

  /** The parts of a range in the blocks. */
  #parts({ start, end }: Place): [block: Block, from: number, to: number][] {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const out: [Block, number, number][] = [];
    for (let i = low; i < this.#blocks.length && this.#blocks[i]!.start < end; i++) {
      const block = this.#blocks[i]!;
      out.push([block, Math.max(start, block.start) - block.start, Math.min(end, block.end) - block.start]);
    }
    return out;
  }

  #range([block, from, to]: [Block, number, number]): Range {
    const range = new Range();
    range.setStart(block.node, from);
    range.setEnd(block.node, to);
    return range;
  }

  mark(passages: readonly Place[], spans: readonly Place[]): void {
    if (this.#native) {
      const ranges = (places: readonly Place[]): Range[] =>
        places.flatMap((place) => this.#parts(place).map((part) => this.#range(part)));
      CSS.highlights.set("passage", new Highlight(...ranges(passages)));
      const strong = new Highlight(...ranges(spans));
      strong.priority = 1;
      CSS.highlights.set("span", strong);
      return;
    }
    for (const block of this.#marked) block.element.replaceChildren(block.node);
    this.#marked.clear();
    for (const place of spans.length > 0 ? spans : passages) {
      for (const [block, from, to] of this.#parts(place)) {
        const text = block.node.data;
        if (this.#marked.has(block)) continue;
        this.#marked.add(block);
        block.element.replaceChildren(text.slice(0, from), make("mark", {}, text.slice(from, to)), text.slice(to));
      }
    }
  }

  /** Scrolls to a place unless it is in sight. */
  reveal(place: Place): void {
    const part = this.#parts(place)[0];
    if (part === undefined) return;
    const { element } = part[0];
    const around = (): { top: number; bottom: number } => {
      const marks = this.#marked.has(part[0])
        ? element.getBoundingClientRect()
        : this.#range(part).getBoundingClientRect();
      return marks.height > 0 ? marks : element.getBoundingClientRect();
    };
    const view = this.root.getBoundingClientRect();
    const { top, bottom } = around();
    if (top >= view.top + 8 && bottom <= view.bottom - 8) return;
    element.scrollIntoView({ block: "center" });
    // Chunks that come into sight get their true height only now.
    requestAnimationFrame(() => {
      const { top: now } = around();
      this.root.scrollTop += now - this.root.getBoundingClientRect().top - this.root.clientHeight / 3;
    });
  }
}

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export function mountDocument(root: HTMLElement, store: Store, intake: Intake): void {
  const name = make("h2", { id: "doc-name" });
  const facts = make("p", { id: "doc-facts", class: "facts" });
  const file = make("input", { id: "file", type: "file", multiple: true });
  const open = make("label", { class: "button", for: "file" }, icon("open"), "Open", file);
  const edit = make("button", { id: "edit", type: "button", "aria-pressed": "false" }, icon("edit"), "Edit");
  const fresh = make("button", { id: "new", type: "button" }, "New");
  const text = make("button", { id: "view-text", type: "button", "aria-pressed": "true" }, "Text");
  const image = make("button", { id: "view-image", type: "button", "aria-pressed": "false" }, "Image");
  const views = make("div", { class: "switch", role: "group", "aria-label": "Show the document as" }, text, image);
  const reader = make("div", {
    id: "text-view",
    class: "text-view",
    tabindex: 0,
    role: "region",
    "aria-label": "Text of the document",
  });
  const editor = make("textarea", {
    id: "source",
    class: "editor",
    spellcheck: "false",
    "aria-label": "Text of the document",
    placeholder: "Type or paste the source here",
  });
  const pictures = make("div", { id: "image-view", class: "image-view" });
  // One list of samples: in a menu, or in the middle of the page when there is nothing else.
  const offer = (id: string, title: string, about: string, click: () => void): HTMLElement =>
    make(
      "li",
      {},
      make(
        "button",
        { id: `sample-${id}`, type: "button", class: "sample", click },
        make("span", { class: "sample-title" }, title),
        make("span", { class: "facts" }, about),
      ),
    );
  const written = TEXTS.map((each) => offer(each.id, each.title, each.about, () => takeSample(store, each)));
  const scans = SCANS.map((scan) => {
    const take = (): void =>
      void scanFiles(scan).then(
        (files) => intake.take(files),
        (error) => intake.fail(error, []),
      );
    return offer(scan.id, scan.title, scan.about, take);
  });
  const camera = make("input", { id: "camera", type: "file", accept: "image/*", capture: "environment" });
  const photo = make("label", { class: "button camera", for: "camera" }, "Take a photo", camera);
  const samples = make("ul", { id: "samples", class: "samples" }, ...written, ...scans);
  const menu = make("div", { id: "samples-menu", class: "menu", popover: "auto", "aria-label": "Samples" });
  const menuButton = make("button", { id: "samples-open", type: "button", popovertarget: "samples-menu" }, "Samples");
  samples.addEventListener("click", () => menu.hidePopover?.());
  const empty = make(
    "div",
    { class: "empty" },
    make("p", { class: "lead" }, "Drop a text, a scan or a photo here."),
    make("p", {}, "It is read, searched and compared in this page. Nothing is sent anywhere."),
  );
  root.append(
    make(
      "header",
      { class: "bar" },
      make("div", { class: "title" }, name, facts),
      make("div", { class: "row" }, views, menuButton, menu, fresh, edit, photo, open),
    ),
    readingBar(intake),
    empty,
    reader,
    editor,
    pictures,
  );
  const view = new TextView(reader);
  mountImage(pictures, store, intake);

  let editing = false;
  let edits: Doc = EMPTY_DOC; // the document whose text the editor holds
  let shown: string | undefined; // the text that the view has
  const arrange = (): void => {
    const { doc, settings } = store.state;
    const scanned = doc.pages.length > 0;
    const asImage = scanned && settings.view === "image" && !editing;
    const nothing = doc.text === "" && !scanned && !editing;
    views.hidden = !scanned;
    text.setAttribute("aria-pressed", String(!asImage));
    image.setAttribute("aria-pressed", String(asImage));
    edit.setAttribute("aria-pressed", String(editing));
    edit.lastChild!.textContent = editing ? "Done" : "Edit";
    empty.hidden = !nothing;
    fresh.hidden = nothing;
    menuButton.hidden = nothing;
    const place = nothing ? empty : menu;
    if (samples.parentElement !== place) place.append(samples);
    editor.hidden = !editing;
    reader.hidden = nothing || editing || asImage;
    pictures.hidden = !asImage;
    if (!editing && shown !== doc.text) {
      shown = doc.text;
      view.show(doc.text);
      reader.scrollTop = 0;
    }
  };
  const typed = debounced(150, () => {
    const { doc } = store.state;
    if (doc !== edits || editor.value === doc.text) return;
    edits = edited(doc, editor.value);
    store.set({ doc: edits });
  });
  const setEditing = (on: boolean): void => {
    if (on === editing) return;
    if (on) {
      edits = store.state.doc;
      editor.value = edits.text;
      editor.dir = directionOf(editor.value);
    } else typed.now();
    editing = on;
    arrange();
    if (on) editor.focus();
  };
  edit.addEventListener("click", () => setEditing(!editing));
  editor.addEventListener("input", typed);
  addEventListener("pagehide", () => editing && typed.now());
  text.addEventListener("click", () => store.settings({ view: "text" }));
  image.addEventListener("click", () => store.settings({ view: "image" }));
  fresh.addEventListener("click", () => store.replaceDoc(EMPTY_DOC));
  for (const input of [file, camera]) {
    input.addEventListener("change", async () => {
      const chosen = [...(input.files ?? [])];
      input.value = "";
      if (chosen.length > 0) await intake.take(chosen);
    });
  }
  store.on(["doc"], ({ doc }: { doc: Doc }) => {
    // Another document has come, perhaps while somebody types: what is typed must not become its text.
    if (editing && doc !== edits) {
      if (doc.text === edits.text) edits = doc;
      else {
        const typing = document.activeElement === editor;
        setEditing(false);
        if (typing) reader.focus();
      }
    }
    name.textContent = doc.name === "" ? "No document" : doc.name;
    const words =
      doc.words.length > 0 ? `${count(doc.words.length, "word")} on ${count(doc.pages.length, "page")} · ` : "";
    facts.textContent = doc.text === "" ? "" : `${words}${count(doc.text.length, "character")}`;
    arrange();
  });
  store.on(["settings"], arrange);
  store.on(["marks"], ({ marks }) => {
    if (editing) return;
    view.mark(marks?.passages ?? [], marks?.spans ?? []);
    if (marks?.show !== undefined) view.reveal(marks.show);
  });
}
