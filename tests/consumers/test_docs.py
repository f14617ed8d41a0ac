"""What pages of docs/ show is what happens: their blocks run from top to bottom, and print what stands under them."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys

import pytest
from commands import ROOT

FENCE = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n?```text\n(.*?)^```\n)?", re.M | re.S)


def blocks(page):
    return [match.groups() for match in FENCE.finditer((ROOT / "docs" / page).read_text("utf-8"))]


class Session:
    """A folder in which blocks run one after the other; those of Python share their names."""

    def __init__(self, folder):
        self.folder, self.names = folder, {"__name__": "docs"}
        for name in ("documents.jsonl", "form.json"):
            shutil.copy(ROOT / "demo" / name, folder)

    def python(self, source):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(source, "docs", "exec"), self.names)
        return out.getvalue()

    def run(self, *command):
        path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
        return subprocess.run(
            command, cwd=self.folder, env=os.environ | {"PATH": path}, capture_output=True, check=True, text=True
        ).stdout

    def js(self, source):
        (self.folder / "block.mjs").write_text(source, "utf-8")
        return self.run("node", "block.mjs")

    def sh(self, source):
        return self.run("bash", "-euc", source)


@pytest.mark.parametrize("page", ["ocr.md", "search.md"])
def test_the_blocks_of_a_page_print_what_it_says(page, monkeypatch):
    folder = ROOT / "build" / "docs" / page  # under package.json, so that Node finds "paritas"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    session = Session(folder)
    found = blocks(page)
    assert {language for language, _, _ in found} == {"python", "js", "sh"}
    for language, source, expected in found:
        printed = getattr(session, language)(source)
        # As in doctest, "..." stands for what is another number on another day: sizes, times.
        form = ".*".join(re.escape(piece) for piece in (expected or "").split("..."))
        assert re.fullmatch(form, printed), f"{language}\n{source}\nprinted\n{printed}"
