// With --import: writes the ids that each loader call saw, for tests/meta.
import { mkdirSync, writeFileSync } from "node:fs";

const folder = new URL("../../build/seen/node/", import.meta.url);
mkdirSync(folder, { recursive: true });
globalThis.paritasSaw = (stem, ids) => writeFileSync(new URL(`${stem}.json`, folder), JSON.stringify(ids));
