// Keeps what was typed on this device: texts and settings in localStorage, the document with its images in IndexedDB.
import { DEFAULT_SETTINGS, EMPTY_DOC, type Doc, type Settings, type State, type Store } from "./store.js";

const KEY = "paritas.workbench";
const LAST = "paritas.workbench.last"; // the text of a page that was left before the database had it
const DATABASE = "paritas";
const WAIT = 250; // ms from the first unsaved change, so that steady typing is saved too
const PATIENCE = 2000; // ms for the database to open

interface Small {
  query: string;
  answer: string;
  settings: Settings;
}

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= Promise.race([open(), tooLate()]);
  opened.catch(() => (opened = undefined));
  return opened;
}

/** A database that hangs, as browsers' sometimes do, must not keep the page from its reader. */
function tooLate(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("the database does not answer")), PATIENCE));
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another tab holds an older database"));
  });
}

async function kept<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction("kept", mode);
  return new Promise((resolve, reject) => {
    const request = use(transaction.objectStore("kept"));
    transaction.commit?.(); // at once: a page that is left while it waits for an answer would lose what it wrote
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}

/** What was kept; nothing where the browser keeps nothing or it cannot be read. */
export async function restored(): Promise<Partial<State>> {
  const found: { -readonly [key in keyof State]?: State[key] } = {};
  try {
    const small = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Small>;
    if (typeof small.query === "string") found.query = small.query;
    if (typeof small.answer === "string") found.answer = small.answer;
    found.settings = { ...DEFAULT_SETTINGS, ...small.settings };
  } catch {
    // A page that cannot remember still works.
  }
  try {
    const doc = (await kept("readonly", (store) => store.get("doc"))) as Partial<Doc> | undefined;
    if (typeof doc?.text === "string") found.doc = { ...EMPTY_DOC, ...doc };
    const last = JSON.parse(localStorage.getItem(LAST) ?? "null") as { name: string; text: string } | null;
    if (typeof last?.text === "string") found.doc = { ...EMPTY_DOC, ...last };
  } catch {
    // The same.
  }
  return found;
}

/** What is saved a moment later: when it is due, whether it is on its way, and whether that failed. */
class Saving {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = 0;
  failed = false;

  constructor(
    private readonly save: () => Promise<void> | void,
    private readonly over: (error?: unknown) => void,
  ) {}

  /** Not all of it is known to be kept. */
  get open(): boolean {
    return this.#timer !== undefined || this.#running > 0;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => void this.now(), WAIT);
  }

  async now(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running += 1;
    let problem: unknown;
    try {
      await this.save();
      this.failed = false;
    } catch (error) {
      problem = this.failed ? undefined : error; // said once is enough
      this.failed = true;
    }
    this.#running -= 1;
    this.over(problem);
  }
}

/** Saves a moment after a change and when the page is left; says once when that fails. */
export function keep(store: Store, said: (text: string, bad: boolean) => void): void {
  const over = (error?: unknown): void => {
    if (error === undefined) {
      if (![small, doc].some(({ open, failed }) => open || failed)) said("Saved on this device", false);
      return;
    }
    const full = error instanceof DOMException && /quota/i.test(error.name + error.message);
    said(
      full
        ? "Not saved: the storage of this browser is full. All is still here while the page stays open."
        : "Not saved: this browser keeps nothing for this page. All is still here while the page stays open.",
      true,
    );
  };
  const small = new Saving(() => {
    const { query, answer, settings } = store.state;
    localStorage.setItem(KEY, JSON.stringify({ query, answer, settings } satisfies Small));
  }, over);
  const doc = new Saving(async () => {
    const { doc: written } = store.state;
    await kept("readwrite", (place) => place.put(written, "doc"));
    if (written === store.state.doc) localStorage.removeItem(LAST);
  }, over);
  store.on(["query", "answer", "settings"], (state, before) => state !== before && small.soon());
  store.on(["doc"], (state, before) => {
    if (state === before) return;
    doc.soon();
    if (!doc.failed) said("Saving…", false);
  });
  const flush = (): void => {
    void small.now();
    const { open } = doc;
    void doc.now();
    const { pages, name, text } = store.state.doc;
    // The database answers later than a page may live, so what was typed last goes where writing does not wait.
    if (!open || pages.length > 0) return;
    try {
      localStorage.setItem(LAST, JSON.stringify({ name, text }));
    } catch {
      // The database has it, or will say so.
    }
  };
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
}
