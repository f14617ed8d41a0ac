"""Consumers: the packages as a stranger gets them, in folders of their own under build/consumers."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "consumers"


def run(*command, cwd=FOLDER, env=None, code=0, stderr=False, **options):
    """The output of a command (or its messages), which must end with this code; a message of its own shows the rest."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PARITAS"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | (env or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        **options,
    )
    assert result.returncode == code, f"{command} ended with {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stderr if stderr else result.stdout


def fresh(name: str) -> Path:
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class Environment:
    """A clean virtual environment."""

    def __init__(self, name: str) -> None:
        self.folder = fresh(name)
        run(sys.executable, "-m", "venv", self.folder / "venv")
        self.python = self.folder / "venv" / "bin" / "python"
        self.paritas = self.folder / "venv" / "bin" / "paritas"

    def pip(self, *arguments, env=None) -> str:
        command = [self.python, "-m", "pip", "--disable-pip-version-check", "install", "--no-index", *arguments]
        return run(*command, cwd=self.folder, env=env)

    def say(self, expression: str, env=None) -> str:
        script = f"import paritas; print({expression})"
        return run(self.python, "-c", script, cwd=self.folder, env=env).strip()


@pytest.fixture(scope="session")
def environment():
    return Environment


@pytest.fixture(scope="session")
def build_wheel():
    """Builds a wheel into a folder of its own, with the tools of this environment instead of downloads."""

    def build(name: str, **env: str) -> Path:
        folder = fresh(name)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder, env=env)
        (wheel,) = folder.glob("*.whl")
        return wheel

    return build


@pytest.fixture(scope="session")
def build_tools():
    """PYTHONPATH of the build backend, for an installation that must not download it."""
    return {"PYTHONPATH": sysconfig.get_path("purelib"), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.fixture(scope="session")
def tarball() -> Path:
    return Path(run("node", ROOT / "web/pack.mjs", cwd=ROOT).strip().splitlines()[-1])


def installed(name: str, tarball: Path) -> Path:
    """An empty project with the packed package."""
    folder = fresh(name)
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    # A cache of its own: npm would else serve an older tarball of the same name and version.
    run("npm", "install", "--offline", "--no-audit", "--no-fund", "--cache", folder / "cache", tarball, cwd=folder)
    return folder
