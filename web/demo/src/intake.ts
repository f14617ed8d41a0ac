// Makes a document of a file.
import { EMPTY_DOC, type Doc } from "./store.js";

/** What an intake says of its progress: a sentence, and how much of it is done, 0 to 1. */
export type Progress = (text: string, share: number) => void;

/** @throws Error whose message says what to do */
export async function readFile(file: File, progress: Progress): Promise<Doc> {
  progress(`Reading ${file.name}`, 0);
  const bytes = await file.arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  if (text.includes("\0")) throw new Error(`${file.name} is no text. Open a text file.`);
  return { ...EMPTY_DOC, name: file.name, text };
}
