"""Committed files that a script writes say what the script would write today."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {path: path.read_text("utf-8") for path in sorted((ROOT / "tools").rglob("*.py"))}
# What is trained on data from elsewhere is checked where the data is.
SCRIPTS = [path for path, text in TEXTS.items() if "--check" in text and "PARITAS_DATA" not in text]


def test_there_are_scripts():
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_are_current(script):
    run = subprocess.run([sys.executable, str(script), "--check"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
