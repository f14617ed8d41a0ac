// The digest of this browser beside that of the native build.
import { make } from "../dom.js";
import { digestHere } from "../engine.js";

const CASES = 10_000;

/** Computes it once the page has nothing better to do. */
export function mountSameBits(root: HTMLElement): void {
  const built = __NATIVE__?.cases === CASES ? __NATIVE__.digest : undefined;
  const here = make("output", { id: "digest", title: "This browser" }, "…");
  const native = make("output", { id: "digest-native", title: "The native build" }, built ?? "");
  const word = make("span", { id: "digest-word" }, "is being computed");
  root.title = `Every feature ran on ${CASES.toLocaleString("en")} random and hostile inputs; all bytes of all results make the digest.`;
  root.append(make("span", { class: "bits-title" }, "Same bits?"), here, word, native);
  const run = async (): Promise<void> => {
    try {
      const digest = await digestHere(CASES);
      here.textContent = digest;
      word.textContent =
        built === undefined
          ? "here; the native build is not built"
          : built === digest
            ? "here, equal to the native build"
            : "here, different from the native build";
      root.dataset["equal"] = built === undefined ? "unknown" : String(built === digest);
    } catch (error) {
      here.textContent = "not computed";
      word.textContent = (error as Error).message;
    }
  };
  const idle = (call: () => void): void => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(call, { timeout: 3000 });
    else setTimeout(call, 1000);
  };
  setTimeout(() => idle(() => void run()), 400);
}
