import { make, svg } from "../dom.js";
import type { Box, Page, Range, Word } from "../store.js";
import { band, said } from "./bands.js";
import { wordsIn } from "./layout.js";

const AT_ONCE = 500; // boxes drawn in one go: some 10 ms

/** One page of the image view: its picture, a box for each word, and what is marked. Drawn only while it is near. */
export class PageView {
  readonly element: HTMLElement;
  readonly #canvas = make("canvas", { "aria-hidden": "true" });
  readonly #marks = svg("g", { class: "marks", "aria-hidden": "true" });
  readonly #words: SVGGElement;
  #boxes: SVGRectElement[] = [];
  #drawn = 0;
  #wanted = 0;
  #near = false;

  /**
   * @param words those of this page, in reading order
   * @param first the place of the first of them among the words of the document
   */
  constructor(
    readonly page: Page,
    readonly words: readonly Word[],
    readonly first: number,
    readonly number: number,
    of: number,
  ) {
    const label = `Page ${number}${of > 1 ? ` of ${of}` : ""}: ${words.length} words`;
    this.#words = svg("g", { class: "words", role: "group", "aria-label": `${label}, in reading order` });
    const drawing = svg("svg", { viewBox: `0 0 ${page.width} ${page.height}` }, this.#marks, this.#words);
    this.element = make("div", { class: "sheet", role: "group", "aria-label": label }, this.#canvas, drawing);
    this.element.style.aspectRatio = `${page.width} / ${page.height}`;
  }

  /** Draws what is near the window, and lets go of what is far: a decoded picture holds 4 bytes a pixel. */
  set near(near: boolean) {
    if (near === this.#near) return;
    this.#near = near;
    if (near) {
      this.#draw();
      void this.sharpen();
    } else {
      this.#canvas.width = this.#canvas.height = 0;
      this.#drawn = 0;
    }
  }

  /** Draws the boxes of words up to a place, and the others while nothing else is to do. */
  #draw(least = 0): void {
    const from = this.#boxes.length;
    if (from >= this.words.length) return;
    const fresh = this.words.slice(from, Math.max(least, from + AT_ONCE)).map(({ text, confidence, box }, i) =>
      svg("rect", {
        x: box.x0,
        y: box.y0,
        width: box.x1 - box.x0,
        height: box.y1 - box.y0,
        class: `word ${band(confidence).id}`,
        role: "img",
        "aria-label": said(text, confidence),
        "data-word": this.first + from + i,
        tabindex: -1,
      }),
    );
    this.#boxes.push(...fresh);
    this.#words.append(...fresh);
    if (this.#boxes.length < this.words.length && this.#near) setTimeout(() => this.#draw(), 0);
  }

  /** Decodes the picture for the size it is shown at: sharper than a canvas made smaller, and less memory. */
  async sharpen(): Promise<void> {
    if (!this.#near) return;
    const shown = Math.round(this.element.clientWidth * Math.min(devicePixelRatio, 2));
    const width = Math.min(this.page.width, shown);
    if (width === 0 || width === this.#drawn || width === this.#wanted) return;
    this.#wanted = width;
    try {
      const whole = width === this.page.width;
      const options: ImageBitmapOptions = whole ? {} : { resizeWidth: width, resizeQuality: "high" };
      const bitmap = await createImageBitmap(this.page.image, options);
      if (this.#wanted === width && this.#near) {
        [this.#canvas.width, this.#canvas.height] = [bitmap.width, bitmap.height];
        this.#canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
        this.#drawn = width;
      } else bitmap.close();
    } catch {
      this.element.classList.add("unseen-picture"); // the words remain; the style says so
    } finally {
      if (this.#wanted === width) this.#wanted = 0;
    }
  }

  /** The box of a word of the document, drawn if it was not. */
  box(word: number): SVGRectElement | undefined {
    this.#draw(word - this.first + 1);
    return this.#boxes[word - this.first];
  }

  /** Shows what is marked: one shape for the words of a span that stand in a line. */
  mark(kind: string, passages: readonly Range[], spans: readonly Range[]): void {
    const shapes = (ranges: readonly Range[], name: string): SVGRectElement[] =>
      ranges
        .flatMap(({ start, end }) => lines(wordsIn(this.words, start, end)))
        .map((box) => shape(box, `${name} ${kind}`));
    this.#marks.replaceChildren(...shapes(passages, "passage"), ...shapes(spans, "span"));
  }
}

function shape({ x0, y0, x1, y1 }: Box, name: string): SVGRectElement {
  const edge = (y1 - y0) * 0.12;
  const place = { x: x0 - edge, y: y0 - edge, width: x1 - x0 + 2 * edge, height: y1 - y0 + 2 * edge };
  return svg("rect", { ...place, class: name });
}

/** The box around each line's share of some words. */
export function lines(words: readonly Word[]): Box[] {
  const found = new Map<number, Box>();
  for (const { line, box } of words) {
    const so = found.get(line) ?? box;
    found.set(line, {
      x0: Math.min(so.x0, box.x0),
      y0: Math.min(so.y0, box.y0),
      x1: Math.max(so.x1, box.x1),
      y1: Math.max(so.y1, box.y1),
    });
  }
  return [...found.values()];
}
