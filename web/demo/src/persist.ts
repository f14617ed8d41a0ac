// Keeps what was typed on this device: texts and settings in localStorage, the document with its images in IndexedDB.
import { DEFAULT_SETTINGS, EMPTY_DOC, type Doc, type Settings, type State, type Store } from "./store.js";

const KEY = "paritas.workbench";
const LAST = "paritas.workbench.last"; // the text of a page that was left before the database had it
const DATABASE = "paritas";
const WAIT = 250; // ms from the first unsaved change, so that steady typing is saved too

interface Small {
  query: string;
  answer: string;
  settings: Settings;
}

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= open();
  opened.catch(() => (opened = undefined));
  return opened;
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

/** Saves a moment after a change and when the page is left; says once when that fails. */
export function keep(store: Store, said: (text: string, bad: boolean) => void): void {
  let failed = false;
  const report = (error: unknown): void => {
    if (failed) return; // said once is enough
    failed = true;
    const full = error instanceof DOMException && /quota/i.test(error.name + error.message);
    said(
      full
        ? "Not saved: the storage of this browser is full. All is still here while the page stays open."
        : "Not saved: this browser keeps nothing for this page. All is still here while the page stays open.",
      true,
    );
  };
  const later = (save: () => Promise<void> | void, wait: string): { soon: () => void; now: () => boolean } => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const now = (): boolean => {
      if (timer === undefined) return false;
      clearTimeout(timer);
      timer = undefined;
      Promise.resolve()
        .then(save)
        .then(() => {
          failed = false;
          said("Saved on this device", false);
        }, report);
      return true;
    };
    return {
      soon: () => {
        if (!failed && wait !== "") said(wait, false);
        timer ??= setTimeout(now, WAIT);
      },
      now,
    };
  };
  const small = later(() => {
    const { query, answer, settings } = store.state;
    localStorage.setItem(KEY, JSON.stringify({ query, answer, settings } satisfies Small));
  }, "");
  const doc = later(async () => {
    const { doc } = store.state;
    await kept("readwrite", (place) => place.put(doc, "doc"));
    if (doc === store.state.doc) localStorage.removeItem(LAST);
  }, "Saving…");
  store.on(["query", "answer", "settings"], (state, before) => state !== before && small.soon());
  store.on(["doc"], (state, before) => state !== before && doc.soon());
  const flush = (): void => {
    small.now();
    const { pages, name, text } = store.state.doc;
    // The database answers later than a page may live, so what was typed last goes where writing does not wait.
    if (!doc.now() || pages.length > 0) return;
    try {
      localStorage.setItem(LAST, JSON.stringify({ name, text }));
    } catch {
      // The database has it, or will say so.
    }
  };
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
}
