/// <reference lib="esnext.disposable" preserve="true" />
import { ParitasError } from "./module.js";
import type { RawHandle } from "./raw.js";

/** Owns one object of the module: `dispose()` it, or declare it with `using`. A forgotten one is freed by the GC, late. */
export abstract class Handle<Raw extends RawHandle> {
  #raw: Raw | undefined;

  protected constructor(raw: Raw) {
    this.#raw = raw;
  }

  protected get raw(): Raw {
    if (this.#raw === undefined) throw new ParitasError("closed", `${this.constructor.name} was used after dispose()`);
    return this.#raw;
  }

  /** Frees the memory; a second call does nothing. */
  dispose(): void {
    this.#raw?.delete();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
