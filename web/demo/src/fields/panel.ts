import type { Snippet } from "../code.js";
import { make } from "../dom.js";
import { wordsIn } from "../ocr/layout.js";
import type { Doc, Field, Range, State, Store } from "../store.js";
import { FieldRow } from "./field_row.js";
import { fieldsCode } from "./code.js";
import { fieldsOf } from "./find.js";
import { typeOf } from "./patterns.js";
import { asked, type FieldReport, type Judge, REGIMES, type Regime, regimeValue } from "./report.js";

const NAMES: Record<Regime, string> = {
  balance: "balance",
  exploration: "exploration",
  support: "support",
  none: "none: evidence alone",
};

class FieldsPanel {
  readonly #list = make("ol", { class: "fields", "aria-label": "Fields" });
  readonly #facts = make("p", { class: "facts", role: "status" });
  readonly #explained = make("p", { class: "hint" });
  readonly #regime = make(
    "select",
    { id: "regime" },
    ...REGIMES.map((each) => make("option", { value: each }, NAMES[each])),
  );
  readonly #only = make("input", { type: "checkbox", id: "only-review" });
  readonly #none = make(
    "p",
    { class: "hint" },
    "No field was found. Choose words in the image (click, then click with the shift key) and add one.",
  );
  readonly #back = make("button", { type: "button", class: "quiet", id: "undo-fields", hidden: true });
  #undo: (() => void) | undefined;
  #rows: FieldRow[] = [];
  #fields: readonly Field[] = [];
  #read: Pick<Doc, "text" | "words"> | undefined; // what the fields were found in
  #report: FieldReport | undefined;

  constructor(
    root: HTMLElement,
    private readonly store: Store,
    private readonly judge: Judge,
    private readonly say: (text: string) => void,
  ) {
    const add = make("button", { type: "button", id: "add-field", click: () => this.#add() }, "Add a field");
    const again = make(
      "button",
      { type: "button", class: "quiet", id: "find-fields", click: () => this.#find() },
      "Find them anew",
    );
    root.append(
      make("h2", {}, "Fields"),
      this.#facts,
      make(
        "div",
        { class: "row spread" },
        make("label", { class: "check" }, this.#only, "Only those to review"),
        make("label", { class: "check", for: "regime" }, "Regime", this.#regime),
      ),
      this.#explained,
      this.#none,
      this.#list,
      make("div", { class: "row" }, add, again, this.#back),
    );
    this.#back.addEventListener("click", () => {
      const undo = this.#undo;
      this.#forget();
      undo?.();
    });
    this.#regime.addEventListener("change", () => void this.#judge());
    this.#only.addEventListener("change", () => this.#filter());
    // The image asks for the field of a word.
    document.addEventListener("paritas:field", (event) => {
      this.#only.checked = false;
      this.#filter();
      store.settings({ panel: "fields" });
      this.#rows[(event as CustomEvent<number>).detail]?.focus();
    });
    store.on(["doc"], ({ doc }) => {
      // Fields of another text are no undo for those of this one.
      if (doc.text !== this.#read?.text || doc.words !== this.#read.words) this.#forget();
      this.#read = doc;
      this.#show(doc.fields);
    });
  }

  #show(fields: readonly Field[]): void {
    if (fields === this.#fields && this.#rows.length > 0) return;
    this.#fields = fields;
    while (this.#rows.length > fields.length) this.#rows.pop()?.element.remove();
    fields.forEach((field, i) => {
      const row = (this.#rows[i] ??= this.#row(i));
      row.show(field, this.#words(field));
    });
    this.#none.hidden = fields.length > 0;
    void this.#judge();
  }

  #row(i: number): FieldRow {
    const row: FieldRow = new FieldRow({
      change: (change) => this.#change(this.#rows.indexOf(row), change),
      remove: () => this.#remove(this.#rows.indexOf(row)),
      look: () => this.#look(this.#rows.indexOf(row)),
    });
    this.#rows[i] = row;
    this.#list.append(row.element);
    return row;
  }

  #words(field: Field): State["doc"]["words"] {
    const { words } = this.store.state.doc;
    return field.words.flatMap((at) => words[at] ?? []);
  }

  #set(fields: readonly Field[]): void {
    this.store.set({ doc: { ...this.store.state.doc, fields } });
  }

  #forget(): void {
    this.#undo = undefined;
    this.#back.hidden = true;
  }

  #change(i: number, change: Partial<Field>): void {
    // An undo from before this change would lose it.
    this.#forget();
    this.#set(this.#fields.map((field, at) => (at === i ? { ...field, ...change } : field)));
  }

  /** As #set, for what would cost work of the reader's: it can be had back. */
  #replace(fields: readonly Field[], what: string): void {
    const before = this.#fields;
    this.#set(fields);
    this.say(what);
    this.#undo = () => this.#set(before);
    this.#back.hidden = false;
    this.#back.textContent = `Undo: ${what}`;
  }

  /** A field of the words chosen in the image, or an empty one. */
  #add(): void {
    this.#only.checked = false;
    this.#forget();
    const { marks, doc } = this.store.state;
    const [span] = marks?.kind === "field" ? marks.spans : [];
    const chosen = span === undefined ? [] : wordsIn(doc.words, span.start, span.end);
    const first = chosen.length === 0 ? -1 : doc.words.indexOf(chosen[0]!);
    const taken = this.#fields.some(({ words }) => words.includes(first));
    const words = taken ? [] : chosen.map((_, i) => first + i);
    const text = words.map((at) => doc.words[at]?.text).join(" ");
    const name = `Field ${this.#fields.length + 1}`;
    this.#set([...this.#fields, { name, type: typeOf(text), text, words, original: text }]);
    this.#rows.at(-1)?.focus();
  }

  #remove(i: number): void {
    const gone = this.#fields[i];
    if (gone === undefined) return;
    // The row goes with its field: rows are bound to places, and the cursor should not land in another one's text.
    this.#rows.splice(i, 1)[0]?.element.remove();
    this.#replace(
      this.#fields.filter((_, at) => at !== i),
      `“${gone.name}” removed`,
    );
    const near = [...this.#rows.slice(i), ...this.#rows.slice(0, i).reverse()].find(({ element }) => !element.hidden);
    if (near === undefined) this.#back.focus();
    else near.focus();
  }

  #find(): void {
    const found = fieldsOf(this.store.state.doc);
    this.#replace(found, `${found.length} fields found anew`);
  }

  /** The words of the field, marked in the image and the text. */
  #look(i: number): void {
    const field = this.#fields[i];
    if (field === undefined) return;
    const spans: Range[] = [];
    let before = NaN;
    for (const at of [...field.words].sort((a, b) => a - b)) {
      const word = this.store.state.doc.words[at];
      if (word === undefined) continue;
      // Words that follow each other are one mark.
      const { start } = (at === before + 1 ? spans.pop() : undefined) ?? word;
      spans.push({ start, end: word.end });
      before = at;
    }
    const { marks } = this.store.state;
    const same =
      marks?.kind === "field" && marks.spans.length === spans.length && marks.spans[0]?.start === spans[0]?.start;
    if (!same) this.store.set({ marks: { kind: "field", passages: [], spans, show: spans[0] } });
  }

  async #judge(): Promise<void> {
    const { doc } = this.store.state;
    const regime = this.#regime.value as Regime;
    const fields = this.#fields;
    let report: FieldReport | undefined;
    if (fields.length > 0) {
      try {
        report = await this.judge(asked(fields, doc.words), regimeValue(regime));
        if (report === undefined || fields !== this.#fields) return; // a later question is on its way
      } catch (error) {
        this.#report = undefined;
        this.#explained.textContent = `The fields are not judged: ${(error as Error).message}`;
        this.#rows.forEach((row) => row.judge(undefined, false));
        return;
      }
    }
    this.#report = report;
    this.#tell(regime);
    this.#filter();
  }

  #isToReview(i: number): boolean {
    const name = this.#report?.fields[i]?.name;
    return name !== undefined && (this.#report?.summary.review.includes(name) ?? false);
  }

  #tell(regime: Regime): void {
    const report = this.#report;
    this.#rows.forEach((row, i) => row.judge(report?.fields[i], this.#isToReview(i)));
    if (report === undefined) {
      this.#facts.textContent = this.#explained.textContent = "";
      return;
    }
    const { extracted, review, expectedErrors, mean, multiplier } = report.summary;
    this.#facts.textContent =
      `${extracted} ${extracted === 1 ? "field" : "fields"}, ${review.length} to review · about ` +
      `${expectedErrors.toFixed(1)} wrong to expect · mean confidence ${(mean * 100).toFixed(1)} %`;
    this.#explained.textContent =
      regime === "none"
        ? "Without a regime the confidence is the evidence: a share of such fields that should be right."
        : `Williams multiplier ${multiplier.toFixed(3)}, from the number of fields and the regime alone: it scales every score of ` +
          "the page alike. What tells one field from another is its evidence, the bar.";
  }

  code(): Snippet {
    const { words } = this.store.state.doc;
    const fields = asked(this.#fields, words).map((field, i) => ({ ...field, name: this.#fields[i]!.name }));
    return fieldsCode(fields, regimeValue(this.#regime.value as Regime));
  }

  #filter(): void {
    this.#rows.forEach((row, i) => (row.element.hidden = this.#only.checked && !this.#isToReview(i)));
  }
}

/** Shows the fields of `state.doc`, and lets them be corrected; gives the code that judges them. */
export function mountFields(root: HTMLElement, store: Store, judge: Judge, say: (text: string) => void): () => Snippet {
  const panel = new FieldsPanel(root, store, judge, say);
  return () => panel.code();
}
