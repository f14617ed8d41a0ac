"""The recipes of docs/javascript.md: what prints is run, what has a file name is built and opened in a page."""

import json
import os
import re
import shutil

import pytest
from conftest import ROOT, fresh, installed, run

FENCE = re.compile(r"^```(\w+)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.M | re.S)
BLOCKS = [match.groups() for match in FENCE.finditer((ROOT / "docs/javascript.md").read_text("utf-8"))]
FILES = {source.split("\n")[0][3:]: source for _, source, _ in BLOCKS if re.match(r"// [\w.]+\n", source)}
RUN = [(source, expected) for language, source, expected in BLOCKS if language == "js" and expected is not None]
OPTIONS = (
    "--ignoreConfig --strict --skipLibCheck --module esnext --moduleResolution bundler --target es2022 --jsx react-jsx"
)
LIB = "--lib es2023,dom,dom.iterable,dom.asynciterable,esnext.disposable --types react,react-dom".split()
APP = """
import { createRoot } from "react-dom/client";
import { effectScope } from "vue";
import { Search } from "./Search";
import { useParitas } from "./paritas_vue";
import { paritas as store } from "./paritas_svelte";
import { best, later } from "./memory";

const until = async (ready: () => unknown) => {
  while (!ready()) await new Promise((done) => setTimeout(done, 10));
};
const texts = ["The red fox sleeps.", "The blue cat hunts."];
async function react() {
  createRoot(document.getElementById("app")!).render(<Search texts={texts} />);
  await until(() => document.querySelector("input:not([disabled])"));
  const input = document.querySelector("input")!;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, "cats");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => document.querySelector("li"));
  return document.querySelector("ol")!.textContent;
}
async function vue() {
  const scope = effectScope();
  const { paritas, error } = scope.run(useParitas)!;
  await until(() => paritas.value);
  const { approved } = await paritas.value!.verify("It has 3 wheels.", "It has two wheels.");
  scope.stop();
  await until(() => error.value);
  return [approved, (error.value as { code?: string }).code];
}
async function svelte() {
  let found: string | undefined;
  const stop = store.subscribe((paritas) => void paritas?.stem("foxes").then((stem) => (found = stem)));
  await until(() => found);
  stop();
  return found;
}
async function main() {
  const memory = [best(texts, "fox"), await later(texts, "cat")];
  return { react: await react(), vue: await vue(), svelte: await svelte(), memory };
}
main().then(
  (answer) => Object.assign(globalThis, { answer: () => answer }),
  (error: Error) => Object.assign(globalThis, { answer: () => String(error.stack) }),
);
"""
HTML = '<!doctype html><meta charset="utf-8"><title>recipes</title><div id="app"></div>'
PEERS = "react react-dom @types/react @types/react-dom csstype vue @vue svelte esbuild @esbuild scheduler".split()


@pytest.fixture(scope="module")
def project(tarball):
    folder = installed("recipes", tarball)
    for name in PEERS:
        (folder / "node_modules" / name).parent.mkdir(exist_ok=True)
        os.symlink(ROOT / "node_modules" / name, folder / "node_modules" / name)
    for name, source in FILES.items():
        (folder / name).write_text(source, "utf-8")
    return folder


def page(folder):
    return json.loads(run("node", ROOT / "tests/consumers/page.mjs", folder, cwd=ROOT))


def test_every_recipe_is_tried():
    named = {
        "Search.tsx",
        "build.mjs",
        "memory.ts",
        "page.js",
        "paritas_svelte.ts",
        "paritas_vue.ts",
        "sw.js",
        "useParitas.ts",
    }
    assert FILES.keys() == named
    others = [source for language, source, expected in BLOCKS if language != "text" and expected is None]
    assert [source for source in others if source not in FILES.values() and "<script" not in source] == []
    assert len(RUN) >= 7


@pytest.mark.parametrize("number", range(len(RUN)))
def test_a_recipe_prints_what_it_says(project, number):
    source, expected = RUN[number]
    (project / "block.mjs").write_text(source, "utf-8")
    assert run("node", "block.mjs", cwd=project) == expected


def test_the_recipes_for_frameworks_compile_and_work(project):
    (project / "app.tsx").write_text(APP, "utf-8")
    tsc = ROOT / "node_modules/.bin/tsc"
    files = [name for name in FILES if name.endswith((".ts", ".tsx"))]
    run(tsc, *OPTIONS.split(), *LIB, "--noEmit", *files, "app.tsx", cwd=project)
    (project / "index.html").write_text(HTML + '<script type="module" src="./app.tsx"></script>')
    out = fresh("recipes-vite")
    run("node", ROOT / "tests/consumers/bundle.mjs", "vite", project, out, cwd=ROOT)
    assert page(out) == {
        "react": "The blue cat hunts.",
        "vue": [False, "closed"],
        "svelte": "fox",
        "memory": [0, 1],
    }


def test_the_page_with_a_script_tag(project):
    folder = fresh("script-tag")
    (html,) = [source for language, source, _ in BLOCKS if language == "html"]
    shutil.copytree(project / "node_modules/paritas/dist", folder / "paritas")
    (folder / "page.js").write_text(FILES["page.js"] + "globalThis.answer = () => document.body.textContent.trim();")
    (folder / "index.html").write_text(html)
    assert page(folder) == "approved: false, checked: true"


def test_the_script_for_esbuild_and_the_service_worker(project):
    (project / "app.js").write_text(
        'import { startWorker } from "paritas/worker";\n'
        "async function main() {\n"
        '  await navigator.serviceWorker.register("./sw.js");\n'
        "  await navigator.serviceWorker.ready;\n"
        "  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 10));\n"
        "  const first = await startWorker();\n"
        "  first.terminate();\n"
        "  const again = await startWorker();\n"
        "  const [name] = await caches.keys();\n"
        "  const kept = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname).sort();\n"
        "  const sum = await again.williamsSpaceBound(16);\n"
        "  globalThis.answer = () => ({ name, kept, sum });\n"
        "}\n"
        "main().catch((error) => (globalThis.answer = () => String(error.stack)));\n"
    )
    run("node", "build.mjs", cwd=project)
    out = project / "public"
    (out / "sw.js").write_text(FILES["sw.js"])
    (out / "index.html").write_text(HTML + '<script type="module" src="./app.js"></script>')
    parts = ("chunk", "guard", "match", "ocr", "repair", "search", "verify")
    modules = [*(f"/paritas-{part}.wasm" for part in parts), "/paritas.wasm"]
    assert page(out) == {"name": "paritas 0.1.0", "kept": sorted([*modules, "/worker_entry.js"]), "sum": 16}
