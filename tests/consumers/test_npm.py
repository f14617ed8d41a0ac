"""The npm package in an empty project: Node, TypeScript, a page under a strict policy, a bundle."""

import json
import os
import shutil

import paritas
import pytest
from conftest import ROOT, fresh, run

VERSION = (ROOT / "VERSION").read_text("utf-8").strip()
CASES = 2_000
BIN = ROOT / "node_modules" / ".bin"
PAGE = '<!doctype html><meta charset="utf-8"><title>consumer</title><script type="module" src="/{script}"></script>'
USE = """
import { init, selfcheck, trendDrop, version } from "FROM";
await init();
globalThis.answer = () => [selfcheck(CASES), trendDrop([0.8, 0.2]), version];
""".replace("CASES", str(CASES))
EXPECTED = [paritas.selfcheck(CASES), paritas.trend_drop([0.8, 0.2]), VERSION]


@pytest.fixture(scope="module")
def project(tarball):
    folder = fresh("npm")
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    # A cache of its own: npm would else serve an older tarball of the same name and version.
    run("npm", "install", "--offline", "--no-audit", "--no-fund", "--cache", folder / "cache", tarball, cwd=folder)
    return folder


def test_the_package_has_what_it_promises(project):
    package = project / "node_modules" / "paritas"
    manifest = json.loads((package / "package.json").read_text("utf-8"))
    assert manifest["version"] == VERSION
    assert manifest["sideEffects"] == ["./dist/worker_entry.js", "./dist/cli.js"]
    assert not {"devDependencies", "scripts", "dependencies"} & manifest.keys()
    assert sorted(path.name for path in package.iterdir()) == ["LICENSE", "README.md", "dist", "package.json"]
    run(BIN / "publint", "--strict", package, cwd=ROOT)


def test_node_uses_it(project):
    script = USE.replace("FROM", "paritas") + "console.log(JSON.stringify(answer()));"
    (project / "use.mjs").write_text(script)
    assert json.loads(run("node", "use.mjs", cwd=project)) == EXPECTED


def test_npx_runs_the_command(project):
    out = run("npx", "--no-install", "paritas", "selfcheck", "--cases", CASES, cwd=project)
    assert out.strip() == EXPECTED[0]


@pytest.mark.parametrize("resolution", ["nodenext", "bundler"])
def test_typescript_finds_the_types(project, resolution):
    (project / "use.ts").write_text(
        'import { init, trendDrop, type InitOptions } from "paritas";\n'
        "const options: InitOptions = {};\nawait init(options);\nexport const fall: number = trendDrop([1, 0]);\n"
        "// @ts-expect-error a text is no series\ntrendDrop(5);\n"
    )
    module = "nodenext" if resolution == "nodenext" else "esnext"
    options = ["--module", module, "--moduleResolution", resolution, "--target", "es2022", "--lib", "es2022,dom"]
    run(BIN / "tsc", "--ignoreConfig", "--strict", "--noEmit", "--types", "", *options, "use.ts", cwd=project)


def page(folder):
    return json.loads(run("node", ROOT / "tests/consumers/page.mjs", folder, cwd=ROOT))


def test_a_page_with_a_strict_policy_uses_it(project):
    folder = fresh("page")
    shutil.copytree(project / "node_modules" / "paritas" / "dist", folder / "paritas")
    (folder / "index.html").write_text(PAGE.format(script="use.js"))
    (folder / "use.js").write_text(USE.replace("FROM", "./paritas/index.js"))
    assert page(folder) == EXPECTED


def test_a_bundle_uses_it(project):
    folder = fresh("bundle")
    (project / "bundle.js").write_text(USE.replace("FROM", "paritas"))
    options = ["--bundle", "--format=esm", "--platform=browser", "--target=es2022", "--minify", "--log-level=warning"]
    result = run(
        BIN / "esbuild", "bundle.js", *options, f"--outfile={folder / 'bundle.js'}", cwd=project, env=dict(os.environ)
    )
    assert result == ""
    for module in (project / "node_modules/paritas/dist").glob("*.wasm"):
        shutil.copy(module, folder)
    (folder / "index.html").write_text(PAGE.format(script="bundle.js"))
    assert page(folder) == EXPECTED
