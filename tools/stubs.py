"""Writes python/paritas/_native.pyi from the built native module; --check only compares."""

import ast
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUB = ROOT / "python" / "paritas" / "_native.pyi"


BARE = {"dict": "dict[str, typing.Any]", "list": "list[typing.Any]", "tuple": "tuple[typing.Any, ...]"}


def typed(annotation: ast.expr | None) -> ast.expr | None:
    """The generator looks at no item of a container."""
    name = "" if annotation is None else ast.unparse(annotation)
    return ast.parse(BARE[name], mode="eval").body if name in BARE else annotation


def tidied(tree: ast.Module) -> ast.Module:
    """Docstrings are for help(); in a stub they would only be a second copy."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Expr(ast.Constant(...))]
        if isinstance(node, ast.AnnAssign):
            node.annotation = typed(node.annotation) or node.annotation
        if isinstance(node, ast.FunctionDef):
            node.returns = typed(node.returns)
            if node.args.kwarg is not None and node.args.kwarg.annotation is None:
                node.args.kwarg.annotation = ast.parse("typing.Any", mode="eval").body
    return tree


def generate() -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "pybind11_stubgen", "paritas._native", "-o", folder, "--exit-code"]
        subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=folder)
        text = (Path(folder) / "paritas" / "_native.pyi").read_text("utf-8")
    text = "# Written by tools/stubs.py from the built module.\n" + ast.unparse(tidied(ast.parse(text)))
    for command in (["check", "-q", "--fix", "--exit-zero"], ["format", "-q"]):
        run = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(STUB), "-"]
        text = subprocess.run(run, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return text


def main() -> int:
    text = generate()
    if "--check" not in sys.argv:
        STUB.write_text(text, "utf-8")
        return 0
    if STUB.exists() and STUB.read_text("utf-8") == text:
        return 0
    print(f"{STUB.relative_to(ROOT)} is stale: run .venv/bin/python tools/stubs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
