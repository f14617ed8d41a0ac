"""Both commands, `paritas` (Python) and `npx paritas` (Node), side by side."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "python": [sys.executable, "-m", "paritas.cli"],
    "node": ["node", str(ROOT / "dist" / "cli.js")],
}


def both(*arguments, stdin=b"", locale="C", apart=None):
    """(exit code, stdout, stderr) of both commands, in a locale that knows no UTF-8.

    apart: a folder in which each has one of its own to work in, called by its name.
    """
    env = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    env |= {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    results = []
    for name, command in COMMANDS.items():
        folder = ROOT if apart is None else apart / name
        folder.mkdir(exist_ok=True)
        line = [*command, *[os.fsencode(argument) for argument in arguments]]
        result = subprocess.run(line, input=stdin, capture_output=True, cwd=folder, env=env)
        assert b"Traceback" not in result.stderr and b"node:internal" not in result.stderr, result.stderr.decode()
        results.append((result.returncode, result.stdout, result.stderr))
    return results


def agree(*arguments, code=0, **options):
    """The stdout that both commands print, who must also end with this code."""
    python, node = both(*arguments, **options)
    assert python[0] == node[0] == code, (python, node)
    assert python[2] == node[2] == b""
    assert python[1] == node[1]
    return python[1].decode()


def refuse(*arguments, **options):
    """The message on stderr: one line, nothing on stdout, exit code 2."""
    messages = []
    for code, out, err in both(*arguments, **options):
        text = err.decode()
        assert (code, out) == (2, b""), (code, out, text)
        assert text.startswith("paritas: ") and text.endswith("\n") and text.count("\n") == 1
        messages.append(text)
    return messages
