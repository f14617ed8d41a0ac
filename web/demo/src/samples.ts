// What the page can show without a file of the reader's own.
import answer from "../../../demo/answer.txt?raw";
import source from "../../../demo/source.txt?raw";
import drifting from "../samples/answer_drifting.txt?raw";
import faithful from "../samples/answer_faithful.txt?raw";
import article from "../samples/article.txt?raw";
import { samples } from "../samples/samples.json";
import { EMPTY_DOC, type Doc, type Store } from "./store.js";

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly doc: Doc;
  readonly answer: string;
  /** Answers that come word by word. */
  readonly streams: { readonly faithful: string; readonly drifting: string; readonly thinking: string };
}

export const CONSTITUTION: Sample = {
  id: "constitution",
  title: "The Constitution of 1787",
  about: "Seven paragraphs of text, and an answer that is half wrong.",
  doc: { ...EMPTY_DOC, name: "Constitution, 1787 (excerpts)", text: source.trim() },
  answer: answer.trim(),
  streams: {
    faithful:
      "The Senate is composed of two Senators from each State, chosen by the Legislature thereof, for six Years, and each " +
      "Senator has one Vote. The Vice President of the United States is President of the Senate, but has no Vote, unless " +
      "they are equally divided. Members of the House of Representatives are chosen every second Year by the People of the " +
      "several States.",
    drifting:
      "The Senate is composed of two Senators from each State, chosen for six Years, and each Senator has one Vote. The Vice " +
      "President of the United States is President of the Senate. Members of the House are chosen every second Year by the " +
      "People of the several States, which Thomas Jefferson praised as the oldest custom of Virginia, and the Treasury in " +
      "Philadelphia paid each of them 500 dollars a month.",
    thinking:
      "<think>The question is who sits in the Senate. Section 3 says two Senators from each State, chosen by the Legislature. " +
      "Was it Jefferson who wanted three? No, nothing here says so; leave him out. The term is six years, and each Senator has " +
      "one vote.</think>The Senate is composed of two Senators from each State, chosen by the Legislature thereof, for six Years. " +
      "<think>And who presides? The Vice President, but without a vote unless they are equally divided.</think>The Vice " +
      "President of the United States is President of the Senate, but has no Vote, unless they are equally divided.",
  },
};

/** A model that first looks for what the answer needs, as its own notes; none of it is said of the document. */
const thoughtful = (answer: string): string =>
  "<think>What does the article say of the mill, and what is only my guess? I will keep to the years and names that stand there. " +
  "A golden bell under the wheel would be a fine story, but nobody tells it.</think>" +
  answer;

const MILL: Sample = {
  id: "mill",
  title: "The Tide Mill at Sallow Creek",
  about: "An article as text, and an answer that drifts into invention.",
  doc: { ...EMPTY_DOC, name: "The Tide Mill at Sallow Creek", text: article.trim() },
  answer: drifting.trim(),
  streams: { faithful: faithful.trim(), drifting: drifting.trim(), thinking: thoughtful(faithful.trim()) },
};

export const TEXTS: readonly Sample[] = [CONSTITUTION, MILL];

/** What goes with a document, be it a text or its picture that was read. */
export function sampleOf({ name, text }: Doc): Sample | undefined {
  const pictured = samples.find(({ id }) => id === "article")?.title ?? "";
  return (
    TEXTS.find(({ doc }) => doc.text === text) ?? (pictured !== "" && name.startsWith(pictured) ? MILL : undefined)
  );
}

/** Takes a sample; an answer of the reader's own stays. */
export function takeSample(store: Store, sample: Sample): void {
  const { answer: said } = store.state;
  const ours = said.trim() === "" || TEXTS.some((each) => each.answer === said);
  store.replaceDoc(sample.doc);
  if (ours) store.set({ answer: sample.answer });
}
