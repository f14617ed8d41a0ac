// Dialogs: the code of a panel, and the keys.
import type { Snippet } from "./code.js";
import { icon, make, roving } from "./dom.js";
import { saveAs } from "./files.js";
import type { Store } from "./store.js";

function dialog(id: string, title: string, ...children: HTMLElement[]): HTMLDialogElement {
  const close = make("button", { type: "button", class: "quiet", "aria-label": "Close" }, icon("close"));
  const made = make(
    "dialog",
    { id, class: "dialog", "aria-labelledby": `${id}-title` },
    make("header", { class: "bar" }, make("h2", { id: `${id}-title` }, title), close),
    ...children,
  );
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

/** Shows the Python and the JavaScript that give what a panel shows. */
export function codeDialog(say: (text: string) => void): (given: Snippet) => void {
  const python = make(
    "button",
    { type: "button", role: "tab", id: "code-python", "aria-controls": "code-text" },
    "Python",
  );
  const javascript = make(
    "button",
    { type: "button", role: "tab", id: "code-javascript", "aria-controls": "code-text" },
    "JavaScript",
  );
  const tabs = make("div", { role: "tablist", "aria-label": "Language", class: "subtabs" }, python, javascript);
  const code = make("code", { id: "code" });
  const text = make("pre", { id: "code-text", role: "tabpanel", tabindex: 0 }, code);
  const copy = make("button", { id: "code-copy", type: "button", class: "primary" }, icon("copy"), "Copy");
  const files = make("div", { class: "row", id: "code-files" });
  const note = make("p", { class: "facts", id: "code-note" });
  const shown = dialog(
    "code-dialog",
    "The same by code",
    make("div", { class: "row spread" }, tabs, copy),
    text,
    note,
    files,
  );
  let current: Snippet | undefined;
  let language: "python" | "javascript" = "python";
  roving(tabs, "[role=tab]", true);
  const show = (chosen: "python" | "javascript"): void => {
    language = chosen;
    for (const [tab, name] of [
      [python, "python"],
      [javascript, "javascript"],
    ] as const) {
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
    }
    text.setAttribute("aria-labelledby", `code-${chosen}`);
    code.textContent = current?.[chosen] ?? "";
    copy.lastChild!.textContent = "Copy";
  };
  for (const [tab, name] of [
    [python, "python"],
    [javascript, "javascript"],
  ] as const) {
    tab.addEventListener("click", () => show(name));
    tab.addEventListener("focus", () => show(name));
  }
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(current?.[language] ?? "");
      copy.lastChild!.textContent = "Copied";
      say("Copied");
    } catch {
      // Without leave to write there is the reader's own hand.
      getSelection()?.selectAllChildren(code);
      copy.lastChild!.textContent = "Selected: press Ctrl+C";
    }
  });
  return (given) => {
    current = given;
    show(language);
    const names = Object.entries(given.files);
    note.textContent =
      names.length === 0
        ? "It prints what this panel shows, to the last bit."
        : "It prints what this panel shows, to the last bit. Save beside it what it reads:";
    files.replaceChildren(
      ...names.map(([name, content]) => {
        const save = make("button", { type: "button" }, icon("save"), name);
        save.addEventListener("click", () => saveAs(name, content as string));
        return save;
      }),
    );
    shown.showModal();
  };
}

export interface Shortcut {
  readonly key: string;
  readonly what: string;
  readonly run: () => void;
}

/** Single keys, which do nothing while one types, and a list of them. */
export function shortcuts(store: Store, button: HTMLElement, list: readonly Shortcut[]): void {
  const single = make("input", { type: "checkbox", id: "single-keys" });
  const rows = [
    ...list,
    { key: "Esc", what: "Take the marks away" },
    { key: "↑ ↓", what: "From claim to claim, from hit to hit" },
  ];
  const shown = dialog(
    "keys-dialog",
    "Shortcuts",
    make(
      "dl",
      { class: "keys" },
      ...rows.flatMap(({ key, what }) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]),
    ),
    make("label", { class: "check", for: "single-keys" }, single, "Single keys do something"),
  );
  button.addEventListener("click", () => shown.showModal());
  single.addEventListener("change", () => store.settings({ singleKeys: single.checked }));
  store.on(["settings"], ({ settings }) => {
    single.checked = settings.singleKeys;
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape") return store.set({ marks: undefined });
    if (
      target.closest("input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select") !== null
    )
      return;
    if (!store.state.settings.singleKeys) return;
    if (event.key === "?") return shown.showModal();
    const found = list.find(({ key }) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  });
}
