// The scores of a stream as lines: each token's, and the mean of the window.
import { svg } from "../dom.js";
import type { Step } from "../engine.worker.js";

const WIDE = 600;
const HIGH = 140;
const LEFT = 30;
const BELOW = 12;

export class Chart {
  readonly root: SVGSVGElement;
  #scores = svg("path", { class: "line-score" });
  #means = svg("path", { class: "line-mean" });
  #limits = svg("g", { class: "limits" });
  #halt = svg("g", { class: "halt-mark" });

  constructor() {
    this.root = svg("svg", {
      id: "chart",
      class: "chart",
      viewBox: `0 0 ${WIDE} ${HIGH}`,
      role: "img",
      "aria-label": "No scores yet",
    });
    const grid = [0, 0.25, 0.5, 0.75, 1].map((value) =>
      svg(
        "g",
        { class: "grid" },
        svg("path", { d: `M${LEFT} ${this.#y(value)}H${WIDE}` }),
        svg(
          "text",
          { x: LEFT - 6, y: this.#y(value) + 4, "text-anchor": "end" },
          value === 0.25 || value === 0.75 ? "" : value.toFixed(1),
        ),
      ),
    );
    this.root.append(...grid, this.#limits, this.#means, this.#scores, this.#halt);
  }

  #y = (value: number): number => 8 + (1 - value) * (HIGH - 8 - BELOW);

  show(steps: readonly Step[], expected: number, hardLimit: number, softLimit: number): void {
    const most = Math.max(expected, steps.length, 2) - 1;
    const x = (i: number): number => LEFT + ((WIDE - LEFT - 4) * i) / most;
    const line = (values: readonly number[]): string =>
      values.map((value, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(1)} ${this.#y(value).toFixed(1)}`).join("");
    this.#scores.setAttribute("d", line(steps.map(({ score }) => score)));
    this.#means.setAttribute("d", line(steps.map(({ windowMean }) => windowMean)));
    this.#limits.replaceChildren(
      svg("path", { class: "limit-hard", d: `M${LEFT} ${this.#y(hardLimit)}H${WIDE}` }),
      svg("path", { class: "limit-soft", d: `M${LEFT} ${this.#y(softLimit)}H${WIDE}` }),
    );
    const halted = steps.findIndex((step) => step.halted);
    this.#halt.replaceChildren(
      ...(halted < 0
        ? []
        : [
            svg("path", { d: `M${x(halted).toFixed(1)} 4V${HIGH - BELOW}` }),
            svg("circle", { cx: x(halted).toFixed(1), cy: this.#y(steps[halted]!.score).toFixed(1), r: 4 }),
          ]),
    );
  }

  /** The same in words, when there is time to read them. */
  describe(text: string): void {
    this.root.setAttribute("aria-label", text);
  }
}
