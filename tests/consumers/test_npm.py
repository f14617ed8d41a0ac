"""The npm package in an empty project: Node, TypeScript, a page under a strict policy, a bundle."""

import json
import os
import shutil

import paritas
import pytest
from conftest import ROOT, fresh, installed, run

VERSION = (ROOT / "VERSION").read_text("utf-8").strip()
CASES = 2_000
BIN = ROOT / "node_modules" / ".bin"
PAGE = '<!doctype html><meta charset="utf-8"><title>consumer</title><script type="module" src="/{script}"></script>'
ROOMS = ["chunk", "guard", "match", "ocr", "repair", "search", "stream", "text", "vectors", "verify"]
USE = """
import { init, selfcheck, trendDrop, version } from "FROM";
await init();
globalThis.answer = () => [selfcheck(CASES), trendDrop([0.8, 0.2]), version];
""".replace("CASES", str(CASES))
ENGINE = """
import { init, selfcheck } from "paritas";
import { startWorker } from "paritas/worker";
await init();
const paritas = await startWorker();
const answer = [selfcheck(CASES), await paritas.selfcheck(CASES)];
paritas.terminate();
console.log(JSON.stringify([...answer, await paritas.norm([1]).catch(({ code }) => code)]));
""".replace("CASES", str(CASES))
EXPECTED = [paritas.selfcheck(CASES), paritas.trend_drop([0.8, 0.2]), VERSION]
MODULES = [
    f"paritas{part}.wasm"
    for part in ("", "-chunk", "-guard", "-match", "-ocr", "-regex", "-repair", "-search", "-verify")
]


@pytest.fixture(scope="module")
def project(tarball):
    return installed("npm", tarball)


def test_the_package_has_what_it_promises(project):
    package = project / "node_modules" / "paritas"
    manifest = json.loads((package / "package.json").read_text("utf-8"))
    assert manifest["version"] == VERSION
    # The scripts that do something when they are loaded; a bundler may leave out all else that nobody uses.
    assert manifest["sideEffects"] == ["./dist/worker_entry.js", "./dist/cli.js"]
    assert not {"devDependencies", "scripts", "dependencies"} & manifest.keys()
    sources = [file.stem for file in (ROOT / "web/src").glob("*.ts") if not file.name.endswith(".d.ts")]
    built = [f"{stem}{end}" for stem in sources for end in (".js", ".js.map", ".d.ts")]
    expected = [f"dist/{name}" for name in [*built, *MODULES, "version.js", "version.d.ts"]]
    expected += ["LICENSE", "README.md", "docs/javascript.md", "package.json"]
    files = [str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(expected)


def test_publint_and_attw_find_nothing(project, tarball):
    run(BIN / "publint", "--strict", project / "node_modules" / "paritas", cwd=ROOT)
    # The package has ES modules alone; a WASM module has no types.
    run(BIN / "attw", tarball, "--profile", "esm-only", "--exclude-entrypoints", *MODULES, cwd=ROOT)


def test_every_entry_leads_to_a_file(project):
    package = project / "node_modules" / "paritas"
    exports = json.loads((package / "package.json").read_text("utf-8"))["exports"]
    for name, target in exports.items():
        for file in [target] if isinstance(target, str) else target.values():
            assert (package / file).is_file(), name
    script = "".join(f"import * as _{i} from 'paritas/{name}';\n" for i, name in enumerate(ROOMS))
    script += f"console.log([{', '.join(f'typeof _{i}.init' for i, _ in enumerate(ROOMS))}].join());"
    (project / "rooms.mjs").write_text(script)
    assert run("node", "rooms.mjs", cwd=project).strip() == ",".join(["function"] * len(ROOMS))


def test_source_maps_resolve(project):
    package = project / "node_modules" / "paritas"
    for file in sorted((package / "dist").glob("*.js")):
        if file.name == "version.js":  # written by CMake
            continue
        assert f"//# sourceMappingURL={file.name}.map" in file.read_text("utf-8"), file.name
        content = json.loads(file.with_name(f"{file.name}.map").read_text("utf-8"))
        (source,) = content["sourcesContent"]
        assert source == (ROOT / "web/src" / f"{file.stem}.ts").read_text("utf-8")
    (project / "trace.mjs").write_text('import { norm } from "paritas";\nnorm([1]);\n')
    error = run("node", "--enable-source-maps", "trace.mjs", cwd=project, code=1, stderr=True)
    assert "module.ts:" in error


def test_node_uses_it(project):
    script = USE.replace("FROM", "paritas") + "console.log(JSON.stringify(answer()));"
    (project / "use.mjs").write_text(script)
    assert json.loads(run("node", "use.mjs", cwd=project)) == EXPECTED


def test_common_js_uses_it(project):
    answer = "init().then(() => console.log(JSON.stringify(trendDrop([0.8, 0.2]))));"
    (project / "use.cjs").write_text('import("paritas").then(({ init, trendDrop }) => ' + answer[:-1] + ");")
    assert json.loads(run("node", "use.cjs", cwd=project)) == EXPECTED[1]
    (project / "require.cjs").write_text(
        # Node 20.19, 22.12 and later
        "if (!process.features.require_module) { console.log(0.6000000000000001); return; }\n"
        'const { init, trendDrop } = require("paritas");\n' + answer
    )
    assert json.loads(run("node", "--no-warnings", "require.cjs", cwd=project)) == EXPECTED[1]


def test_deno_and_bun_use_it_and_its_worker(project):
    (project / "engine.mjs").write_text(ENGINE)
    expected = [EXPECTED[0], EXPECTED[0], "closed"]
    assert json.loads(run(BIN / "deno", "run", "--allow-read", "engine.mjs", cwd=project)) == expected
    assert json.loads(run(BIN / "bun", "engine.mjs", cwd=project)) == expected


def test_npx_runs_the_command(project):
    out = run("npx", "--no-install", "paritas", "selfcheck", "--cases", CASES, cwd=project)
    assert out.strip() == EXPECTED[0]


@pytest.mark.parametrize("resolution", ["nodenext", "bundler"])
def test_typescript_finds_the_types(project, resolution):
    shutil.copy(ROOT / "tests/consumers/use.ts", project)
    module = "nodenext" if resolution == "nodenext" else "esnext"
    options = ["--module", module, "--moduleResolution", resolution, "--target", "es2022"]
    options += [
        "--lib",
        "es2022,dom,dom.iterable,dom.asynciterable,esnext.disposable",
        "--strict",
        "--skipLibCheck",
        "false",
    ]
    run(BIN / "tsc", "--ignoreConfig", "--noEmit", "--types", "", *options, "use.ts", cwd=project)


def page(folder):
    return json.loads(run("node", ROOT / "tests/consumers/page.mjs", folder, cwd=ROOT))


def test_a_page_with_a_strict_policy_uses_it(project):
    folder = fresh("page")
    shutil.copytree(project / "node_modules" / "paritas" / "dist", folder / "paritas")
    (folder / "index.html").write_text(PAGE.format(script="use.js"))
    (folder / "use.js").write_text(USE.replace("FROM", "./paritas/index.js"))
    assert page(folder) == EXPECTED


def test_a_page_without_the_right_policy_says_what_to_add(project):
    folder = fresh("policy")
    shutil.copytree(project / "node_modules" / "paritas" / "dist", folder / "paritas")
    # A second policy, which is as strict but for one word of the first.
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    (folder / "index.html").write_text(PAGE.format(script="use.js").replace("<title>", policy + "<title>"))
    (folder / "use.js").write_text(
        'import { init } from "./paritas/index.js";\n'
        "const error = await init().catch((error) => error);\n"
        "globalThis.answer = () => [error.code, error.message];"
    )
    code, message = page(folder)
    assert code == "unsupported"
    assert "add 'wasm-unsafe-eval' to its script-src" in message


def test_a_page_without_the_files_names_them(project):
    folder = fresh("missing")
    shutil.copytree(project / "node_modules" / "paritas" / "dist", folder / "paritas")
    (folder / "paritas" / "paritas-search.wasm").unlink()
    (folder / "index.html").write_text(PAGE.format(script="use.js"))
    (folder / "use.js").write_text(
        'import { init } from "./paritas/index.js";\n'
        "const error = await init().catch((error) => error);\n"
        "globalThis.answer = () => [error.code, error.message];"
    )
    code, message = json.loads(run("node", ROOT / "tests/consumers/page.mjs", folder, "404", cwd=ROOT))
    assert code == "not_found"
    assert "/paritas/paritas-search.wasm answered 404" in message


def test_workers_of_a_page_and_how_they_end(project):
    dist = project / "node_modules" / "paritas" / "dist"
    ended = ["closed", "the worker died (it ended, or the browser ended it)", "closed", "closed"]
    assert json.loads(run("node", ROOT / "tests/consumers/worker_page.mjs", dist, cwd=ROOT)) == {
        "close": ended,  # no event tells of these two
        "terminate": ended,
        "throw": ["closed", "the worker died (Uncaught Error", "closed", "closed"],
        "nowhere": ["closed", True],
        "again": 16,
        "shown": "so far so bad",
        "cdn": 16,
    }


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
