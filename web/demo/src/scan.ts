// Where a scan is shown: its image with the words, and the fields that were found.
import type { Store } from "./store.js";

/** Shows the pages of `state.doc` and their words, once there are some. */
export function mountImage(_root: HTMLElement, _store: Store): void {}

/** Shows the fields of `state.doc`, and lets them be corrected. */
export function mountFields(_root: HTMLElement, _store: Store): void {}
