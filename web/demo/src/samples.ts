// What the page can show without a file of the reader's own.
import answer from "../../../demo/answer.txt?raw";
import source from "../../../demo/source.txt?raw";
import { EMPTY_DOC, type Doc } from "./store.js";

export const CONSTITUTION: Doc = { ...EMPTY_DOC, name: "Constitution, 1787 (excerpts)", text: source.trim() };

export const ANSWER = answer.trim();

/** Answers about CONSTITUTION that are streamed. */
export const STREAMS = {
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
} as const;
