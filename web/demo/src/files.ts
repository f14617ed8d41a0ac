// Files that are opened or dropped: an index goes to the search, anything else becomes the document.
import { readFile } from "./intake.js";
import type { Store } from "./store.js";

const INDEX = "PBM1"; // how the file of an index begins

export async function isIndex(file: Blob): Promise<boolean> {
  return (await file.slice(0, INDEX.length).text()) === INDEX;
}

type Watcher = (share: number | undefined, text: string) => void;

export class Intake {
  #watchers: Watcher[] = [];
  #turn = 0;
  /** What an index is given to. */
  onIndex: (file: File) => Promise<void> = async () => undefined;

  constructor(
    private readonly store: Store,
    private readonly say: (text: string) => void,
  ) {}

  onProgress(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  #tell(share: number | undefined, text: string): void {
    for (const watcher of this.#watchers) watcher(share, text);
  }

  /** A later file wins over one that is still being read. */
  async take(file: File): Promise<void> {
    const turn = ++this.#turn;
    const current = (): boolean => turn === this.#turn;
    try {
      if (await isIndex(file)) return await this.onIndex(file);
      const doc = await readFile(file, (text, share) => current() && this.#tell(share, text));
      if (!current()) return;
      this.store.replaceDoc(doc);
      this.say(`${file.name} is open`);
    } catch (error) {
      if (current()) this.store.notice((error as Error).message, true);
    } finally {
      if (current()) this.#tell(undefined, "");
    }
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
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined) return;
    event.preventDefault();
    void intake.take(file);
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
