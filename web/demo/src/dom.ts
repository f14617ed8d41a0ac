// Small helpers: text is always text, never markup.

type Child = Node | string | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

/** The element of that id, which the page has. */
export function at<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as T;
}

function dressed<T extends Element>(element: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** An element; functions among the attributes listen to events of that name. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return dressed(document.createElement(name), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return dressed(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

const FROM_RIGHT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** In which direction a text runs, by its first letter. */
export function directionOf(text: string): "ltr" | "rtl" {
  return FROM_RIGHT.test(text) ? "rtl" : "ltr";
}

/** One of the drawings below, hidden from screen readers: words stand beside it. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const drawn = svg("svg", { viewBox: "0 0 16 16", class: `icon icon-${name}`, "aria-hidden": "true" });
  drawn.append(svg("path", { d: ICONS[name] }));
  return drawn;
}

const ICONS = {
  supported: "M3 8.5 6.5 12 13 4.5",
  contradicted: "M3 6h10M3 10h10M11 2.5 5 13.5",
  fabricated: "M8 2.5v11M3.2 5.2l9.6 5.6M12.8 5.2 3.2 10.8",
  unverifiable: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10M8 12.6v.4",
  play: "M5 3.5v9l7.5-4.5z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  restart: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5",
  stop: "M4 4h8v8H4z",
  open: "M2.5 12.5v-9h4l1.5 2h5.5v7z",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  edit: "M3 13l.7-3L11 2.7 13.3 5 6 12.3z",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
  keys: "M2 4.5h12v7H2zM4.5 7h.1M7 7h.1M9.3 7h.1M11.5 7h.1M5 9.3h6",
  save: "M8 2.5v7M5 7l3 3 3-3M3 13h10",
  close: "M4 4l8 8M12 4l-8 8",
} as const;

/** The text with the spans marked, in order and none twice. */
export function marked(text: string, spans: readonly { start: number; end: number }[]): DocumentFragment {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    out.append(text.slice(from, start), make("mark", {}, text.slice(start, end)));
    from = end;
  }
  out.append(text.slice(from));
  return out;
}

/** Arrow keys, Home and End move among the items of a list; one of them is in the order of Tab. */
export function roving(list: HTMLElement, items: string, horizontal = false): () => void {
  const all = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(items)].filter((item) => !item.hidden);
  const only = (chosen: HTMLElement | undefined): void => {
    for (const item of all()) item.tabIndex = item === chosen ? 0 : -1;
  };
  const [back, on] = horizontal ? (["ArrowLeft", "ArrowRight"] as const) : (["ArrowUp", "ArrowDown"] as const);
  list.addEventListener("keydown", (event) => {
    const found = all();
    const here = found.indexOf(document.activeElement as HTMLElement);
    if (here < 0) return;
    const last = found.length - 1;
    const steps: Record<string, number> = { [back]: here - 1, [on]: here + 1, Home: 0, End: last };
    const there = steps[event.key];
    if (there === undefined) return;
    event.preventDefault();
    const next = horizontal ? found.at(there % found.length) : found[Math.min(Math.max(there, 0), last)];
    only(next);
    next?.focus();
  });
  list.addEventListener("focusin", (event) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>(items);
    if (item !== null) only(item);
  });
  return () => only(all().find((item) => item.tabIndex === 0) ?? all()[0]);
}

/** Calls after a pause in calls; `now` at once what still waits. */
export function debounced(ms: number, call: () => void): (() => void) & { now: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    call();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(now, ms);
  };
  return Object.assign(soon, { now });
}
