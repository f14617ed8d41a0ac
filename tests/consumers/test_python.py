"""The Python packages in clean environments: the wheel, the wheel without a compiler, the editable install."""

import zipfile
from pathlib import Path

import paritas
import pytest
from conftest import ROOT, run

VERSION = (ROOT / "VERSION").read_text("utf-8").strip()
CASES = 2_000
NO_COMPILER = {"CC": "/bin/false", "CXX": "/bin/false"}


def check(installed, backend: str) -> None:
    """The package is whole, has no need of NumPy, and answers as the build tree does."""
    assert installed.say("paritas.__version__, paritas.backend()") == f"{VERSION} {backend}"
    assert installed.say(f"paritas.selfcheck({CASES})") == paritas.selfcheck(CASES)
    assert installed.say("paritas.trend_drop([0.8, 0.2])") == "0.6000000000000001"
    assert run(installed.paritas, "selfcheck", "--cases", CASES).strip() == paritas.selfcheck(CASES)
    folder = Path(installed.say("paritas.__file__")).parent
    assert installed.folder in folder.parents or ROOT / "python" in folder.parents


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_in_a_clean_environment(environment, build_wheel):
    wheel = build_wheel("wheel-native")
    installed = environment("native")
    installed.pip(wheel)
    check(installed, "native")
    assert installed.say("paritas.backend()", env={"PARITAS_BACKEND": "python"}) == "python"
    files = names(wheel)
    assert {"paritas/py.typed", "paritas/_native.pyi", "paritas/_version.py"} <= files
    assert any(name.startswith("paritas/_native.cpython") for name in files)
    assert all(name.startswith(("paritas/", "paritas-")) for name in files)


@pytest.mark.parametrize("wish", [{"PARITAS_PURE": "1"}, {}], ids=["wished", "no-compiler"])
def test_pure_wheel_where_nothing_compiles(environment, build_wheel, wish):
    wheel = build_wheel("wheel-pure-" + "-".join(wish), **NO_COMPILER, **wish)
    assert wheel.name == f"paritas-{VERSION}-py3-none-any.whl"
    installed = environment("pure-" + "-".join(wish))
    installed.pip(wheel)
    check(installed, "python")
    run(installed.python, "-c", "import paritas", env={"PARITAS_BACKEND": "native"}, code=1)


def test_editable_install(environment, build_tools):
    installed = environment("editable")
    installed.pip("--no-build-isolation", "-e", ROOT, env=build_tools)
    check(installed, "native")
    source = Path(installed.say("__import__('paritas.results').results.__file__"))
    assert source == ROOT / "python/paritas/results.py", "an edited source must be what runs"
