/// <reference lib="esnext.disposable" preserve="true" />
import { ParitasError } from "./module.js";

// The net under forgotten handles: the collector does not see the memory of the module, so it may come late.
interface Owned {
  at: number;
  readonly free: (at: number) => void;
}
const forgotten = new FinalizationRegistry<Owned>(({ at, free }) => free(at));

/** Owns one object of the module: `dispose()` it, or declare it with `using`. A forgotten one is freed by the GC, late. */
export abstract class Handle {
  #owned: Owned;

  /** @internal `free` deletes the object at `at`. */
  protected constructor(at: number, free: (at: number) => void) {
    this.#owned = { at, free };
    forgotten.register(this, this.#owned, this);
  }

  /** @internal */
  protected get raw(): number {
    const { at } = this.#owned;
    if (at === 0) throw new ParitasError("closed", `${this.constructor.name} was used after dispose()`);
    return at;
  }

  /** Frees the memory; a second call does nothing. */
  dispose(): void {
    const { at, free } = this.#owned;
    if (at === 0) return;
    forgotten.unregister(this);
    this.#owned.at = 0;
    free(at);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

// Safari has no such symbol yet; what compilers make of `using` looks for this one then.
if ((Symbol as Partial<typeof Symbol>).dispose === undefined) {
  Object.defineProperty(Handle.prototype, Symbol.for("Symbol.dispose"), { value: Handle.prototype[Symbol.dispose] });
}
