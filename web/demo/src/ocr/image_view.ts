import { make } from "../dom.js";
import type { Intake } from "../files.js";
import type { Doc, Marks, Store, Word } from "../store.js";
import { BANDS, band, said } from "./bands.js";
import { languageSelect } from "./language.js";
import { wordsIn } from "./layout.js";
import { PageView } from "./page_view.js";

const ZOOMS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8]; // times the width of the view
const AROUND = "150% 0px"; // how far from the window a page is drawn
const SETTLED = 200; // ms without a change of size until pictures are decoded anew

/** The pictures of a document with their words: to look at, to point at, to walk through by keyboard. */
class ImageView {
  readonly #sheets = make("div", { class: "sheets" });
  readonly #scroller: HTMLElement;
  readonly #tip = make("p", { class: "tip", "aria-hidden": "true", hidden: true });
  readonly #level = make("output", { class: "level", "aria-label": "Zoom" });
  readonly #jump = make("select", { "aria-label": "Page" });
  readonly #near: IntersectionObserver;
  #pages: PageView[] = [];
  #doc: Doc | undefined;
  #zoom = 1;
  #anchor: number | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    root: HTMLElement,
    private readonly store: Store,
    private readonly intake: Intake,
  ) {
    const hint =
      "Arrow keys walk through the words, with the shift key they choose some, Enter corrects the field of a word, plus and minus zoom, 0 fits the width.";
    this.#scroller = make(
      "div",
      { class: "scroller", tabindex: 0, role: "region", "aria-label": `Image. ${hint}` },
      this.#sheets,
    );
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), {
      root: this.#scroller,
      rootMargin: AROUND,
    });
    root.classList.add("image-view");
    root.replaceChildren(
      this.#bar(languageSelect(store, intake)),
      make("div", { class: "stage" }, this.#scroller, this.#tip),
    );
    this.#listen();
    new ResizeObserver(() => this.#sized()).observe(this.#scroller);
    store.on(["doc"], ({ doc }) => this.#show(doc));
    store.on(["marks"], ({ marks }) => this.#mark(marks));
  }

  #bar(language: HTMLElement): HTMLElement {
    const button = (label: string, text: string, click: () => void): HTMLElement =>
      make("button", { type: "button", class: "quiet", "aria-label": label, title: label, click }, text);
    this.#jump.addEventListener("change", () =>
      this.#pages[Number(this.#jump.value)]?.element.scrollIntoView({ block: "start" }),
    );
    const keys = BANDS.map(({ id, label }) =>
      make("li", { class: `key-${id}` }, make("span", { class: `swatch ${id}`, "aria-hidden": "true" }), label),
    );
    return make(
      "div",
      { class: "image-bar" },
      make(
        "div",
        { class: "zoom", role: "group", "aria-label": "Zoom" },
        button("Zoom out", "−", () => this.#step(-1)),
        this.#level,
        button("Zoom in", "+", () => this.#step(1)),
        button("Fit the width", "Fit", () => this.#zoomTo(1)),
        button("Turn the page to the right and read it again", "Turn", () => void this.intake.again(this.#inFront())),
      ),
      this.#jump,
      language,
      make("ul", { class: "legend", "aria-label": "How sure the engine is of a word" }, ...keys),
    );
  }

  #listen(): void {
    const word = (event: Event): number => Number((event.target as Element).getAttribute?.("data-word") ?? NaN);
    this.#sheets.addEventListener("pointerover", (event) => this.#point(word(event)));
    this.#sheets.addEventListener("pointerleave", () => (this.#tip.hidden = true));
    this.#sheets.addEventListener("focusin", (event) => this.#point(word(event)));
    this.#sheets.addEventListener("focusout", () => (this.#tip.hidden = true));
    this.#sheets.addEventListener("click", (event) => this.#go(word(event), event.shiftKey));
    this.#sheets.addEventListener("dblclick", (event) => this.#open(word(event)));
    this.#scroller.addEventListener("scroll", () => (this.#tip.hidden = true), { passive: true });
    this.#scroller.addEventListener("keydown", (event) => this.#key(event, word(event)));
    this.#scroller.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.#step(event.deltaY < 0 ? 1 : -1);
      },
      { passive: false },
    );
  }

  #show(doc: Doc): void {
    if (this.#doc?.pages === doc.pages && this.#doc.words === doc.words) return;
    this.#doc = doc;
    this.#anchor = undefined;
    this.#near.disconnect();
    let first = 0;
    this.#pages = doc.pages.map((page, i) => {
      const words = doc.words.filter((word) => word.page === i);
      const view = new PageView(page, words, first, i + 1, doc.pages.length);
      first += words.length;
      return view;
    });
    this.#sheets.replaceChildren(...this.#pages.map(({ element }) => element));
    for (const { element } of this.#pages) this.#near.observe(element);
    const title = (_: unknown, i: number): HTMLElement =>
      make("option", { value: i }, `Page ${i + 1} of ${doc.pages.length}`);
    this.#jump.replaceChildren(...doc.pages.map(title));
    this.#jump.hidden = doc.pages.length < 2;
    const bands = new Set(doc.words.map(({ confidence }) => band(confidence).id));
    this.#scroller.parentElement?.parentElement?.classList.toggle("unrated", bands.has("unknown"));
    // One word is in the order of Tab: the first, until another one is looked at.
    this.#box(0)?.setAttribute("tabindex", "0");
    this.#zoomTo(1);
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const page = this.#pages.find(({ element }) => element === target);
      if (page) page.near = isIntersecting;
    }
  }

  /** The page that fills most of the window. */
  #inFront(): number {
    const window = this.#scroller.getBoundingClientRect();
    const seen = this.#pages.map(({ element }) => {
      const { top, bottom } = element.getBoundingClientRect();
      return Math.min(bottom, window.bottom) - Math.max(top, window.top);
    });
    return seen.indexOf(Math.max(...seen));
  }

  #page(word: number): PageView | undefined {
    return this.#pages[this.#doc?.words[word]?.page ?? -1];
  }

  #box(word: number): SVGRectElement | undefined {
    return this.#page(word)?.box(word);
  }

  /** Says a word and how sure the engine is of it, beside its box. */
  #point(index: number): void {
    const word = this.#doc?.words[index];
    const box = this.#box(index);
    this.#tip.hidden = word === undefined;
    if (word === undefined || box === undefined) return;
    this.#tip.className = `tip ${band(word.confidence).id}`;
    this.#tip.textContent = said(word.text, word.confidence);
    const place = box.getBoundingClientRect();
    const stage = this.#scroller.getBoundingClientRect();
    const under = place.bottom - stage.top + this.#tip.offsetHeight + 6 < stage.height;
    this.#tip.style.top = `${under ? place.bottom - stage.top + 4 : place.top - stage.top - this.#tip.offsetHeight - 4}px`;
    const left = Math.min(place.left - stage.left, stage.width - this.#tip.offsetWidth - 8);
    this.#tip.style.left = `${Math.max(4, left)}px`;
  }

  #focus(index: number): void {
    const box = this.#box(index);
    if (box === undefined) return;
    for (const other of this.#sheets.querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    box.setAttribute("tabindex", "0");
    box.focus({ preventScroll: true });
    this.#reveal(box);
    this.#point(index);
  }

  /** Looks at a word; with the shift key all words from the one looked at before are chosen, to be made a field. */
  #go(index: number, extend: boolean): void {
    const words = this.#doc?.words ?? [];
    if (words[index] === undefined) return;
    if (!extend || this.#anchor === undefined) this.#anchor = index;
    const [from, to] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index)];
    const span = { start: words[from]!.start, end: words[to]!.end };
    if (extend) this.store.set({ marks: { kind: "field", passages: [], spans: [span] } });
    this.#focus(index);
  }

  /** The field that a word belongs to, for whoever wants to correct it where it stands. */
  #open(index: number): void {
    const { fields } = this.store.state.doc;
    const field = fields.findIndex(({ words }) => words.includes(index));
    if (field >= 0) document.dispatchEvent(new CustomEvent("paritas:field", { detail: field }));
  }

  #reveal(box: Element): void {
    const place = box.getBoundingClientRect();
    const window = this.#scroller.getBoundingClientRect();
    const edge = 40;
    const move = (low: number, high: number, from: number, to: number): number =>
      low < from + edge ? low - from - edge : high > to - edge ? high - to + edge : 0;
    const left = move(place.left, place.right, window.left, window.right);
    const top = move(place.top, place.bottom, window.top, window.bottom);
    if (left !== 0 || top !== 0) this.#scroller.scrollBy({ left, top, behavior: "instant" });
  }

  /** The word above or below: the nearest one of the next line of the same page, as eyes go. */
  #lineOver(word: Word, step: 1 | -1): number {
    const words = this.#doc?.words ?? [];
    const middle = (word.box.x0 + word.box.x1) / 2;
    let best = -1;
    let distance = Infinity;
    let line: number | undefined;
    for (let i = words.indexOf(word) + step; i >= 0 && i < words.length; i += step) {
      const other = words[i] as Word;
      if (other.line === word.line) continue;
      if (line !== undefined && other.line !== line) break;
      line = other.line;
      const away = Math.abs((other.box.x0 + other.box.x1) / 2 - middle);
      if (away < distance) [best, distance] = [i, away];
    }
    return best;
  }

  #key(event: KeyboardEvent, index: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const words = this.#doc?.words ?? [];
    const word = words[index];
    const zoom = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (zoom !== undefined) this.#step(zoom);
    else if (event.key === "0") this.#zoomTo(1);
    else if (word === undefined) return;
    else {
      const there = {
        ArrowRight: index + 1,
        ArrowLeft: index - 1,
        ArrowDown: this.#lineOver(word, 1),
        ArrowUp: this.#lineOver(word, -1),
        Home: 0,
        End: words.length - 1,
      }[event.key];
      if (event.key === "Enter") this.#open(index);
      else if (there === undefined) return;
      else this.#go(there, event.shiftKey);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #step(by: number): void {
    const here = ZOOMS.findIndex((zoom) => zoom >= this.#zoom);
    this.#zoomTo(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, here + by))] as number);
  }

  #zoomTo(zoom: number): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#scroller;
    const factor = zoom / this.#zoom;
    this.#zoom = zoom;
    this.#sheets.style.width = `${zoom * 100}%`;
    this.#level.textContent = `${Math.round(zoom * 100)} %`;
    // What was in the middle stays there.
    const middle = (scroll: number, length: number): number => (scroll + length / 2) * factor - length / 2;
    this.#scroller.scrollTo({
      left: middle(scrollLeft, clientWidth),
      top: middle(scrollTop, clientHeight),
      behavior: "instant",
    });
    this.#tip.hidden = true;
    this.#sized();
  }

  #sized(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#pages.forEach((page) => void page.sharpen()), SETTLED);
  }

  #mark(marks: Marks | undefined): void {
    for (const page of this.#pages) page.mark(marks?.kind ?? "", marks?.passages ?? [], marks?.spans ?? []);
    const show = marks?.show;
    if (show === undefined) return;
    const words = this.#doc?.words ?? [];
    const [first] = wordsIn(words, show.start, show.end);
    const box = first && this.#box(words.indexOf(first));
    if (box) this.#reveal(box);
  }
}

/** Shows the pages of `state.doc` and their words, once there are some. */
export function mountImage(root: HTMLElement, store: Store, intake: Intake): void {
  new ImageView(root, store, intake);
}
