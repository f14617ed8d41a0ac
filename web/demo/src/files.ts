// Files that are opened, dropped or pasted: an index goes to the search, anything else becomes the document.
import { readFiles } from "./intake.js";
import { droppedFiles } from "./ocr/intake.js";
import { type Allowed, ReadProblem, Stopped } from "./ocr/types.js";
import { turned } from "./ocr/turn.js";
import type { Store } from "./store.js";

/** What is being done and its share, 0 to 1, null while nothing can be counted; undefined when it is over. */
export type Watcher = (share: number | null | undefined, text: string) => void;

export class Intake {
  #watchers: Watcher[] = [];
  #running: AbortController | undefined;
  /** What an index is given to. */
  onIndex: (file: File) => Promise<void> = async () => undefined;

  constructor(
    private readonly store: Store,
    private readonly say: (text: string) => void,
  ) {}

  onProgress(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** For whoever listens and does not look. */
  tell(text: string): void {
    this.say(text);
  }

  #tell(share: number | null | undefined, text: string): void {
    for (const watcher of this.#watchers) watcher(share, text);
  }

  /** Ends what is being read; the document stays as it is. */
  stop(): void {
    this.#running?.abort();
  }

  /** Files are the pages of one document. Later ones win over those still being read; the document changes only at the end. */
  async take(files: readonly File[], allowed: Allowed = {}, name?: string): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const { language } = this.store.state.settings;
    try {
      this.#tell(null, "Opening");
      // On a phone the bar that tells how far it is stands in the panel of the document.
      document.dispatchEvent(new CustomEvent("paritas:show-document"));
      const report = ({ what, share }: { what: string; share: number | null }): void => {
        if (!signal.aborted) this.#tell(share, what);
      };
      const read = await readFiles(files, { allowed, language, report, signal });
      if (signal.aborted) return;
      if (read.kind === "index") return await this.onIndex(read.file);
      const { notes } = read;
      const doc = name === undefined ? read.doc : { ...read.doc, name };
      this.store.replaceDoc(doc, notes);
      if (doc.pages.length > 0)
        this.store.settings({ view: "image", ...(doc.fields.length > 2 ? { panel: "fields" } : {}) });
      this.say(`${doc.name} is open: ${doc.words.length} words, ${doc.fields.length} fields`);
    } catch (error) {
      if (signal.aborted || error instanceof Stopped) return;
      this.fail(error as Error, files);
    } finally {
      if (this.#running === running) {
        this.#running = undefined;
        this.#tell(undefined, "");
      }
    }
  }

  /** Reads the pictures of the document once more, one of them turned to the right if wanted. */
  async again(turn?: number): Promise<void> {
    const { name, pages } = this.store.state.doc;
    const file = async (image: Blob, i: number): Promise<File> => {
      const picture = i === turn ? await turned(image) : image;
      return new File([picture], name, { type: picture.type });
    };
    try {
      await this.take(await Promise.all(pages.map(({ image }, i) => file(image, i))), {}, name);
    } catch (error) {
      this.fail(error as Error, []);
    }
  }

  /** Says what is wrong, and offers what can be done about it. */
  fail(error: Error, files: readonly File[]): void {
    const { remedy = null } = error instanceof ReadProblem ? error : {};
    const again = ["not_loaded", "engine_stopped", "pdf"].includes((error as Partial<ReadProblem>).code ?? "");
    const action =
      remedy !== null
        ? { label: remedy.label, run: () => void this.take(files, remedy.allowed) }
        : again
          ? { label: "Try again", run: () => void this.take(files) }
          : undefined;
    this.store.notice(error.message, true, action);
  }
}

/** Files may be dropped anywhere on the page. */
export function acceptDrops(intake: Intake, veil: HTMLElement): void {
  let depth = 0;
  const files = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (on: boolean): void => {
    veil.hidden = !on;
  };
  addEventListener("dragenter", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth += 1;
    over(true);
  });
  addEventListener("dragover", (event) => files(event) && event.preventDefault());
  addEventListener("dragleave", (event) => {
    if (files(event) && --depth <= 0) over(false);
  });
  addEventListener("drop", (event) => {
    depth = 0;
    over(false);
    if (!files(event) || event.dataTransfer === null) return;
    event.preventDefault();
    try {
      void intake.take(droppedFiles(event.dataTransfer));
    } catch (error) {
      intake.fail(error as Error, []);
    }
  });
  // A picture in the clipboard; text goes where the cursor is.
  addEventListener("paste", ({ clipboardData }) => {
    const pasted = [...(clipboardData?.files ?? [])];
    if (pasted.length > 0 && clipboardData?.getData("text/plain") === "") void intake.take(pasted);
  });
}

/** Gives a file to the reader. */
export function saveAs(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const type = typeof content === "string" ? "text/plain;charset=utf-8" : "application/octet-stream";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
