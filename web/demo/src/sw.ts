// The service worker: the page works without a network once it has been seen. Nothing here ever leaves its own origin.
export {};

declare const self: {
  readonly location: Location;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: never) => void): void;
};
interface Waits {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetch extends Waits {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

// Written by vite.config.ts.
const FILES = "__FILES__" as unknown as readonly string[];
const LATER = "__LATER__" as unknown as readonly string[]; // files and folders that may be asked for when they are used
const PAGE = "__PAGE__" as string; // the name of their cache: another one for other files
const USED = "paritas-used"; // fetched when first used: OCR, rarer letters

self.addEventListener("install", (event: Waits) => {
  const fill = async (): Promise<void> => {
    const cache = await caches.open(PAGE);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event: Waits) => {
  const clean = async (): Promise<void> => {
    for (const name of await caches.keys()) {
      if (name.startsWith("paritas-page-") && name !== PAGE) await caches.delete(name);
    }
    const used = await caches.open(USED);
    for (const request of await used.keys()) {
      const path = request.url.slice(self.registration.scope.length);
      if (!LATER.some((start) => path.startsWith(start))) await used.delete(request); // of an older page
    }
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

// The page asks for it when the reader wants the new version.
self.addEventListener("message", ({ data }: MessageEvent) => {
  if (data === "update") void self.skipWaiting();
});

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(PAGE);
  const wanted = request.mode === "navigate" ? self.registration.scope : request.url;
  const found = await cache.match(wanted, { ignoreSearch: true });
  if (found !== undefined) return found;
  const used = await caches.open(USED);
  const kept = await used.match(request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200 && fresh.type === "basic") {
    // A full storage must not cost the answer.
    await used.put(request, fresh.clone()).catch(() => undefined);
  }
  return fresh;
}

self.addEventListener("fetch", (event: Fetch) => {
  const { origin } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === self.location.origin) event.respondWith(answer(event.request));
});
