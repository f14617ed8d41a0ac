// The digest of this browser beside that of the native build.
import { make } from "../dom.js";
import { digestHere } from "../engine.js";

const CASES = 10_000;

/** Computes it once the page has nothing better to do. */
export function mountSameBits(root: HTMLElement): void {
  const built = __NATIVE__?.cases === CASES ? __NATIVE__.digest : undefined;
  const here = make("output", { id: "digest" }, "…");
  const native = make("output", { id: "digest-native" }, built ?? "not built");
  const word = make("strong", { id: "digest-word" }, "comparing");
  root.append(
    make(
      "span",
      {
        class: "bits-title",
        title: `Every feature ran on ${CASES.toLocaleString("en")} random and hostile inputs; all bytes of all results make the digest.`,
      },
      "Same bits",
    ),
    make("span", { class: "bits-pair" }, make("span", { class: "bits-of" }, "this browser "), here),
    word,
    make("span", { class: "bits-pair" }, make("span", { class: "bits-of" }, "native build "), native),
  );
  const run = async (): Promise<void> => {
    try {
      const digest = await digestHere(CASES);
      here.textContent = digest;
      word.textContent = built === undefined ? "nothing to compare with" : built === digest ? "equal" : "different";
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
