import { icon, make } from "../dom.js";
import type { Field, Word } from "../store.js";
import { changedSentence } from "./kept_words.js";
import { TYPES } from "./patterns.js";
import { factorText, type JudgedField } from "./report.js";

export interface RowEvents {
  change(field: Partial<Pick<Field, "name" | "text" | "type">>): void;
  remove(): void;
  /** The reader looks at it: its words should show in the image. */
  look(): void;
}

const LABELS: Record<string, string> = {
  text: "Text", date: "Date", amount: "Amount", number: "Number", iban: "IBAN", mrz: "Machine readable zone",
  email: "E-mail", phone: "Phone", card: "Card number", country: "Country", currency: "Currency",
}; // prettier-ignore

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u00a0%`;
let count = 0;

/** One field: what was read, what it is worth and why. Kept while fields change, so that no cursor is lost. */
export class FieldRow {
  readonly element: HTMLLIElement;
  readonly #name = make("input", {
    type: "text",
    class: "field-name",
    "aria-label": "Name of the field",
    autocomplete: "off",
  });
  readonly #value = make("textarea", { class: "field-value", rows: 1, spellcheck: "false", autocomplete: "off" });
  readonly #type = make(
    "select",
    { class: "field-type" },
    ...TYPES.map((type) => make("option", { value: type }, LABELS[type])),
  );
  readonly #score = make("output", { class: "field-score" });
  readonly #review = make("span", { class: "field-review", hidden: true }, "Review");
  readonly #meter = make("div", { class: "field-meter", "aria-hidden": "true" }, make("span", {}));
  readonly #hint = make("p", { class: "field-hint", hidden: true });
  readonly #actions = make("div", { class: "row field-actions" });
  readonly #reasons = make("ol", { class: "field-reasons" });
  readonly #why: HTMLDetailsElement;
  readonly #undo: HTMLButtonElement;
  #suggested: HTMLButtonElement | null = null;

  constructor(private readonly events: RowEvents) {
    count += 1;
    const id = `field-${count}`;
    this.#value.id = id;
    this.#hint.id = `${id}-hint`;
    this.#value.setAttribute("aria-describedby", this.#hint.id);
    this.#why = make("details", { class: "field-why" }, make("summary", {}, "Why"), this.#reasons);
    this.#undo = make(
      "button",
      { type: "button", class: "quiet", hidden: true, click: () => this.#reset() },
      icon("restart"),
    );
    const remove = make(
      "button",
      { type: "button", class: "quiet field-remove", title: "Remove this field" },
      icon("close"),
    );
    remove.addEventListener("click", () => this.events.remove());
    this.#name.addEventListener("input", () => this.events.change({ name: this.#name.value }));
    this.#type.addEventListener("change", () => this.events.change({ type: this.#type.value }));
    this.#value.addEventListener("input", () => this.events.change({ text: this.#value.value }));
    this.element = make(
      "li",
      { class: "field-row" },
      make("div", { class: "field-head" }, this.#name, this.#type, this.#review, this.#score, remove),
      this.#value,
      this.#meter,
      this.#hint,
      this.#actions,
      this.#why,
    );
    this.#actions.append(this.#undo);
    this.element.addEventListener("focusin", () => this.events.look());
    this.element.addEventListener("pointerdown", () => this.events.look());
  }

  #field: Field | undefined;

  #reset(): void {
    if (this.#field) this.events.change({ text: this.#field.original });
    this.#value.focus();
  }

  focus(): void {
    this.#value.focus();
  }

  show(field: Field, words: readonly Word[]): void {
    this.#field = field;
    // A field that is being typed in keeps its cursor: only another value is written.
    if (this.#name.value !== field.name) this.#name.value = field.name;
    if (this.#value.value !== field.text) this.#value.value = field.text;
    if (this.#type.value !== field.type) this.#type.value = field.type;
    const name = field.name || "unnamed";
    this.#value.setAttribute("aria-label", `${name}: value`);
    this.#type.setAttribute("aria-label", `${name}: type`);
    this.element.querySelector(".field-remove")?.setAttribute("aria-label", `Remove ${name}`);
    this.#value.rows = Math.min(4, field.text.split("\n").length);
    this.element.classList.toggle("mono", ["mrz", "iban", "card"].includes(field.type));
    const changed = field.text !== field.original;
    this.#undo.hidden = !changed || words.length === 0;
    const read = field.original.replaceAll("\n", " ");
    this.#undo.replaceChildren(icon("restart"), `As read: ${read.length > 34 ? `${read.slice(0, 33)}…` : read}`);
    this.#hint.textContent = changedSentence(field, words);
    this.#hint.hidden = this.#hint.textContent === "";
  }

  /** @param judged what Paritas says; undefined while it has not been asked, or does not run */
  judge(judged: JudgedField | undefined, review: boolean): void {
    this.element.classList.toggle("judged", judged !== undefined);
    this.element.classList.toggle("to-review", review);
    this.#review.hidden = !review;
    const evidence = judged?.evidence ?? 0;
    this.#score.textContent = judged === undefined ? "" : percent(judged.confidence);
    this.#score.setAttribute("aria-label", `${this.#field?.name}: confidence`);
    (this.#meter.firstElementChild as HTMLElement).style.width = `${evidence * 100}%`;
    this.#meter.hidden = judged === undefined;
    this.#why.hidden = judged === undefined;
    this.#suggest(judged?.format?.suggestion ?? null);
    if (judged === undefined) return;
    const line = (text: string, factor: string): HTMLElement =>
      make("li", {}, make("span", {}, text), make("span", { class: "factor" }, factor));
    const { multiplier, reasons, confidence } = judged;
    this.#reasons.replaceChildren(
      ...reasons.map((reason) => line(reason.detail, factorText(reason))),
      line(
        `So the evidence is ${percent(evidence)}; times the page's multiplier the confidence is ${percent(confidence)}.`,
        `× ${multiplier.toFixed(3)}`,
      ),
    );
    this.#why.firstElementChild!.textContent = `Why: evidence ${percent(evidence)}`;
  }

  #suggest(text: string | null): void {
    const same = text !== null && this.#suggested?.dataset["text"] === text;
    if (same) return;
    const focused = this.#suggested !== null && document.activeElement === this.#suggested;
    this.#suggested?.remove();
    this.#suggested = null;
    if (text === null) {
      if (focused) this.#value.focus();
      return;
    }
    const take = (): void => this.events.change({ text });
    this.#suggested = make(
      "button",
      { type: "button", class: "field-suggestion", "data-text": text, click: take },
      icon("edit"),
      `Take ${text}`,
    );
    this.#actions.prepend(this.#suggested);
  }
}
