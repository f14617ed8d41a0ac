import { decodePicture } from "./pictures.js";
import { layOut } from "./layout.js";
import type { Recogniser } from "./recogniser.js";
import type { OnProgress, ReadText, Sheet } from "./types.js";

/** The text of a sheet: what is known of it, else what the engine reads. An empty page has no words. */
export async function readSheet(
  sheet: Sheet,
  recogniser: Recogniser,
  language: string,
  report: OnProgress,
  signal: AbortSignal,
): Promise<ReadText> {
  if (sheet.known !== null || sheet.picture === null) return sheet.known ?? { text: "", words: [] };
  report({ what: "Preparing the picture", share: null });
  const { grey, scale, blank } = await decodePicture(sheet.picture, null, signal);
  if (blank) return { text: "", words: [] };
  return layOut(await recogniser.recognise(grey, language, report, signal), scale);
}
