import { languages } from "virtual:reading-assets";
import { make } from "../dom.js";
import type { Intake } from "../files.js";
import type { Store } from "../store.js";

const OTHER = "other";

/** “English” for “eng”; the code itself where the browser does not know it. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

/** In which language pictures are read: those whose data is here, and what to do about any other. */
export function languageSelect(store: Store, intake: Intake): HTMLElement {
  const select = make(
    "select",
    { id: "language", "aria-label": "Language of pictures" },
    ...languages.map(({ code }) => make("option", { value: code }, languageName(code))),
    make("option", { value: OTHER }, "Another…"),
  );
  select.addEventListener("change", () => {
    if (select.value === OTHER) {
      select.value = store.state.settings.language;
      const here = languages.map(({ code }) => languageName(code)).join(", ");
      store.notice(
        `Only ${here} can be read here. Each language needs its data in the page: after “npm install ` +
          "@tesseract.js-data/deu” (German, say) and “make page”, this list has it. Text in other languages that is pasted, " +
          "or stands in a PDF, is searched and verified all the same.",
      );
      return;
    }
    store.settings({ language: select.value });
    const name = languageName(select.value);
    store.notice(`Pictures are read as ${name} from now on.`, false, {
      label: `Read this one as ${name}`,
      run: () => void intake.again(),
    });
  });
  store.on(["settings"], ({ settings: { language } }) => {
    // What was chosen with another build of the page may be gone.
    const known = languages.some(({ code }) => code === language);
    if (known) select.value = language;
    else if (languages[0] !== undefined) store.settings({ language: languages[0].code });
  });
  return select;
}
