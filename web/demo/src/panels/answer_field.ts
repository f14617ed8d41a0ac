// A text field whose text is underlined where something is known of it: the marks lie in a copy behind the letters.
import { directionOf, make } from "../dom.js";

export interface Underline {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly chosen: boolean;
}

export class AnswerField {
  readonly root: HTMLElement;
  readonly input: HTMLTextAreaElement;
  #copy: HTMLElement;

  constructor(id: string, label: string, placeholder: string) {
    this.input = make("textarea", { id, rows: 5, spellcheck: "false", placeholder });
    this.#copy = make("div", { class: "copy", "aria-hidden": "true" });
    this.root = make(
      "div",
      { class: "answer-field" },
      make("label", { for: id }, label),
      make("div", { class: "stack" }, this.#copy, this.input),
    );
  }

  /** The copy grows the field; without marks while the text is newer than they are. */
  show(underlines: readonly Underline[]): void {
    const text = this.input.value;
    this.input.dir = this.#copy.dir = directionOf(text);
    const children: (Node | string)[] = [];
    let from = 0;
    for (const { start, end, kind, chosen } of underlines) {
      if (start < from || end > text.length) continue;
      const mark = make("span", { class: `said said-${kind}${chosen ? " chosen" : ""}` }, text.slice(start, end));
      children.push(text.slice(from, start), mark);
      from = end;
    }
    this.#copy.replaceChildren(...children, `${text.slice(from)}\n`);
  }
}
