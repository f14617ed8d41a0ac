import { make } from "../dom.js";
import type { Intake } from "../files.js";

/** What is being read, how far it is, and a way out. */
export function readingBar(intake: Intake): HTMLElement {
  const progress = make("progress", { id: "progress", max: 1, "aria-label": "Reading the file" });
  const what = make("span", { id: "reading-what" });
  const stop = make("button", { id: "reading-stop", type: "button", click: () => intake.stop() }, "Stop");
  const bar = make("div", { class: "reading", hidden: true }, what, progress, stop);
  let before: string | undefined;
  intake.onProgress((share, text) => {
    const focused = document.activeElement === stop;
    bar.hidden = share === undefined;
    if (share === undefined) {
      before = undefined;
      if (focused) document.getElementById("file")?.focus();
      return;
    }
    if (share === null) progress.removeAttribute("value");
    else progress.value = share;
    what.textContent = share === null ? `${text}…` : `${text} · ${Math.round(share * 100)} %`;
    // A reader is told of each step once, not of each percent.
    if (text !== before) intake.tell(text);
    before = text;
  });
  return bar;
}
