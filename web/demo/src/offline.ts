// The page without a network: its service worker, and what happens when there is a newer page.
import { at, make } from "./dom.js";
import type { Store } from "./store.js";

export function offline(store: Store): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  // The first one controls nothing yet when it is installed; each further one finds another in its place.
  const isNewer = (): boolean => serviceWorker.controller !== null;
  let asked = false;
  serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const offer = (waiting: ServiceWorker): void => {
    if (document.getElementById("update") !== null) return;
    const button = make("button", { id: "update", type: "button", class: "quiet" }, "A newer page is ready: reload");
    button.addEventListener("click", () => {
      asked = true;
      waiting.postMessage("update");
    });
    at("saved").after(button);
  };
  serviceWorker.register("sw.js").then(
    (registration) => {
      if (registration.waiting !== null && isNewer()) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const found = registration.installing;
        found?.addEventListener("statechange", () => found.state === "installed" && isNewer() && offer(found));
      });
    },
    () => {
      // Without it the page works as long as its server does.
    },
  );
  addEventListener("offline", () => store.notice("There is no network: all goes on, nothing here needs one."));
}
