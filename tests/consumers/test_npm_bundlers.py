"""Applications that bundle the npm package: in a page and in its worker, under a strict policy."""

import json

import pytest
from conftest import ROOT, fresh, installed, run

CASES = 500
PAGE = '<!doctype html><meta charset="utf-8"><title>app</title><script type="module" src="./app.js"></script>'
APP = """
import { init, selfcheck } from "paritas";
import { startWorker, transfer } from "paritas/worker";

async function main() {
  await init();
  const paritas = await startWorker();
  const index = await new paritas.BM25({ storeText: true });
  await index.addDocuments(["a", "b"], ["the red fox", "the blue cat"]);
  const again = await paritas.BM25.fromBytes(transfer(await index.toBytes()));
  const [hit] = await again.query("cat", 1);
  const wrong = await again.query("cat", -1).catch((error) => [error.code, error instanceof paritas.ParitasError]);
  const digests = [selfcheck(CASES), await paritas.selfcheck(CASES)];
  const pending = paritas.selfcheck(1e6);
  paritas.terminate();
  const ended = await pending.catch(({ code }) => code);
  globalThis.answer = () => ({ digests, id: hit.id, wrong, ended });
}
main().catch((error) => {
  globalThis.answer = () => String(error.stack);
});
""".replace("CASES", str(CASES))
ROOM = """
import { init, verify } from "paritas/verify";
init().then(() => {
  globalThis.answer = () => verify("Two cats sat.", "Two cats sat.").approved;
});
"""
# The same, with syntax that engines of today do not all have: esbuild lowers it.
USING = """
import { BM25, init } from "paritas/search";
import { startWorker } from "paritas/worker";
async function main() {
  await init();
  let kept;
  {
    using index = new BM25();
    index.addDocument("a", "red fox");
    kept = index;
  }
  const seen = [];
  try { kept.count(); } catch ({ code }) { seen.push(code); }
  let paritas, remote;
  {
    await using started = await startWorker();
    paritas = started;
    {
      await using index = await new paritas.BM25();
      remote = index;
      seen.push(await index.count());
    }
    await remote.count().catch(({ message }) => seen.push(message));
  }
  await paritas.norm([1]).catch(({ code }) => seen.push(code));
  globalThis.answer = () => seen;
}
main().catch((error) => { globalThis.answer = () => String(error.stack); });
"""
USED = ["closed", 0, "BM25 was used after dispose()", "closed"]


@pytest.fixture(scope="module")
def project(tarball):
    return installed("bundlers", tarball)


@pytest.fixture(scope="module")
def digest():
    script = f'import("paritas").then(async (m) => {{ await m.init(); console.log(m.selfcheck({CASES})); }})'
    return run("node", "-e", script, cwd=ROOT).strip()


def built(project, bundler, app, name):
    out = fresh(f"{name}-{bundler}")
    (project / "index.html").write_text(PAGE)
    (project / "app.js").write_text(app)
    node_path = {"NODE_PATH": str(ROOT / "node_modules")}
    run("node", ROOT / "tests/consumers/bundle.mjs", bundler, project, out, cwd=ROOT, env=node_path)
    return out


def page(folder):
    return json.loads(run("node", ROOT / "tests/consumers/page.mjs", folder, cwd=ROOT))


@pytest.mark.parametrize("bundler", ["vite", "webpack", "esbuild"])
def test_a_bundled_page_and_its_worker_use_it(project, bundler, digest):
    assert page(built(project, bundler, APP, "app")) == {
        "digests": [digest, digest],
        "id": "b",
        "wrong": ["invalid_argument", True],
        "ended": "closed",
    }


@pytest.mark.parametrize("bundler", ["vite", "webpack"])
def test_a_room_brings_its_own_modules_alone(project, bundler):
    out = built(project, bundler, ROOM, "room")
    sizes = {(ROOT / "dist" / f"paritas{part}.wasm").stat().st_size for part in ("", "-verify")}
    assert {file.stat().st_size for file in out.rglob("*.wasm")} == sizes
    scripts = "".join(file.read_text("utf-8") for file in out.rglob("*.js"))
    assert "verifyText" in scripts
    assert "bm25Query" not in scripts, "the code of search is in a bundle of verification"
    assert page(out) is True


def test_using_disposes_of_handles_and_of_the_worker(project):
    assert page(built(project, "esbuild", USING, "using")) == USED


def test_the_development_server_of_vite_serves_it(project, digest):
    (project / "index.html").write_text(PAGE)
    (project / "app.js").write_text(APP)
    answer = json.loads(run("node", ROOT / "tests/consumers/vite_dev.mjs", project, cwd=ROOT))
    assert answer["digests"] == [digest] * 2, answer
