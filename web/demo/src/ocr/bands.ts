import { NO_CONFIDENCE } from "./types.js";

/** How sure an engine is of a word, in the steps that are told apart at a glance: by colour and by the line around it. */
export interface Band {
  readonly id: "sure" | "fair" | "doubtful" | "unknown";
  /** From this confidence on. */
  readonly from: number;
  readonly label: string;
}

export const BANDS: readonly Band[] = [
  { id: "sure", from: 90, label: "90 to 100 %" },
  { id: "fair", from: 70, label: "70 to 90 %" },
  { id: "doubtful", from: 0, label: "under 70 %" },
  { id: "unknown", from: NO_CONFIDENCE, label: "not read by an engine" },
];

export function band(confidence: number): Band {
  return BANDS.find(({ from }) => confidence >= from) ?? (BANDS[3] as Band);
}

/** “Lindqvist, 96 % sure” */
export function said(text: string, confidence: number): string {
  return confidence < 0 ? text : `${text}, ${Math.round(confidence)} % sure`;
}
