"""Which files of folders a command reads: the same, in the same order, as web/src/cli_files.ts lists.

What a .gitignore means is git's to say, so git is asked, with a repository and a configuration of our own: nothing in
the folder that is scanned is run, and what the user's git ignores elsewhere changes nothing.
"""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from typing import NamedTuple

from paritas.cli_input import InputError

_DROPPED = ("GIT_", "LC_", "LANG")  # of the environment: a hook's index, a language


class File(NamedTuple):
    shown: bytes  # with "/", as the output names it
    path: bytes
    given: bool  # by its own name, and not by that of its folder


class Rules(NamedTuple):
    gitignore: bool
    exclude: list[str]  # patterns of .gitignore


def find_files(names: list[str], rules: Rules) -> list[File]:
    """The files of all arguments, each once, sorted by the bytes of what is shown; "-" is standard input."""
    found: dict[bytes, File] = {}
    for name in names:
        path = os.fsencode(name)
        if name != "-" and os.path.isdir(path):
            for part in _folder(path, rules):
                file = File(_join(_plain(path), part), _join(path, part), False)
                found.setdefault(file.shown, file)
        else:
            if name != "-" and not os.path.exists(path):
                raise InputError(f"cannot read {name}")
            shown = path if name == "-" else _plain(path)
            found[shown] = File(shown, path, True)
    return [found[shown] for shown in sorted(found)]


def _plain(path: bytes) -> bytes:
    """Without what says nothing: "./a/" is a, "." nothing."""
    while path.startswith(b"./"):
        path = path[2:].lstrip(b"/")
    kept = path.rstrip(b"/") or path[:1]
    return b"" if kept == b"." else kept


def _join(folder: bytes, name: bytes) -> bytes:
    return name if not folder else folder + name if folder.endswith(b"/") else folder + b"/" + name


def _folder(folder: bytes, rules: Rules) -> list[bytes]:
    """The files below a folder, by their names from there."""
    if rules.gitignore or rules.exclude:
        return _by_git(os.path.realpath(folder), rules)
    out: list[bytes] = []
    folders = [b""]
    while folders:
        inside = folders.pop()
        try:
            entries = list(os.scandir(_join(folder, inside) if inside else folder))
        except OSError:
            raise InputError(f"cannot read {_join(folder, inside).decode('utf-8', 'replace')}") from None
        for entry in entries:
            if entry.name == b".git":
                continue
            part = _join(inside, entry.name)
            (folders if entry.is_dir(follow_symlinks=False) else out).append(part)
    return out


def _by_git(folder: bytes, rules: Rules) -> list[bytes]:
    top = _top(folder) if rules.gitignore else folder
    prefix = b"" if top == folder else os.path.relpath(folder, top).replace(os.fsencode(os.sep), b"/")
    with tempfile.TemporaryDirectory() as own:
        git = _Git(os.fsencode(own), top)
        git.run("init", "-q", "--template=")
        if rules.gitignore:
            git.exclude(os.path.join(_repository(top)[1], b"info", b"exclude"))
            if prefix and git.ignores(prefix):  # asked for by name: what is in it counts, with its own rules alone
                return _by_git_from(own, folder, rules)
        return git.files(prefix, rules)


def _by_git_from(own: str, folder: bytes, rules: Rules) -> list[bytes]:
    return _Git(os.fsencode(own), folder).files(b"", rules)


class _Git:
    """git on a work tree, with a repository of our own that is empty."""

    def __init__(self, own: bytes, top: bytes) -> None:
        self._own, self._top = own, top
        self._folder = os.path.join(own, b".git")
        self._env = {key: value for key, value in os.environ.items() if not key.startswith(_DROPPED)}
        self._env |= {"LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}

    def run(self, *arguments: str | bytes, **env: str) -> subprocess.CompletedProcess[bytes]:
        line = [b"git", *(item if isinstance(item, bytes) else os.fsencode(item) for item in arguments)]
        env = self._env | env
        try:
            return subprocess.run(line, cwd=self._own, env=env, stdin=subprocess.DEVNULL, capture_output=True)
        except FileNotFoundError:
            raise InputError("git is needed to read .gitignore files: install it, or pass --no-gitignore") from None

    def _ask(self, *arguments: str | bytes, **env: str) -> subprocess.CompletedProcess[bytes]:
        places = [b"--git-dir=" + self._folder, b"--work-tree=" + self._top, b"-C", self._top]
        options = ["-c", f"core.excludesFile={os.devnull}", "-c", "core.quotePath=false"]
        return self.run(*places, *options, *arguments, **env)

    def exclude(self, file: bytes) -> None:
        """Takes over the rules of a repository that are not in its tree."""
        try:
            with open(file, "rb") as source:
                patterns = source.read()
        except OSError:
            return
        os.makedirs(os.path.join(self._folder, b"info"), exist_ok=True)
        with open(os.path.join(self._folder, b"info", b"exclude"), "wb") as copy:
            copy.write(patterns)

    def ignores(self, path: bytes) -> bool:
        return self._ask("check-ignore", "-q", "--no-index", "--", b"./" + path).returncode == 0

    def files(self, prefix: bytes, rules: Rules) -> list[bytes]:
        """What no rule names, and what the repository of the work tree has all the same."""
        how = ["--exclude-standard"] if rules.gitignore else []
        patterns = [f"--exclude={pattern}" for pattern in rules.exclude]
        below: list[str | bytes] = ["--", prefix] if prefix else ["--"]
        told = self._ask("--literal-pathspecs", "ls-files", "-z", "--others", *how, *patterns, *below)
        if told.returncode != 0 or told.stderr:
            message = (told.stderr or b"git failed").decode("utf-8", "replace").split("\n")[0]
            raise InputError(f"cannot list {self._top.decode('utf-8', 'replace')}: {message}")
        names = set(told.stdout.split(b"\0")[:-1])
        if rules.gitignore:
            names |= self._tracked(below) - (self._tracked(["--ignored", *patterns, *below]) if patterns else set())
        out = []
        for name in names:
            part = name[len(prefix) + 1 :] if prefix else name
            if not name.endswith(b"/"):
                out.append(part)
                continue
            inner = _by_git(
                os.path.join(self._top, name[:-1]), rules
            )  # a repository in this one, with rules of its own
            out += [part + file for file in inner]
        return out

    def _tracked(self, which: list[str | bytes]) -> set[bytes]:
        """The files in the index of the work tree's repository; none where it cannot be read."""
        index = os.path.join(_repository(self._top)[0], b"index")
        if not os.path.isfile(index):
            return set()
        told = self._ask("--literal-pathspecs", "ls-files", "-z", "--cached", *which, GIT_INDEX_FILE=os.fsdecode(index))
        names = told.stdout.split(b"\0")[:-1] if told.returncode == 0 else []
        return {name for name in names if is_file(os.path.join(self._top, name))}


def _top(folder: bytes) -> bytes:
    """The work tree that a folder is in, or the folder itself."""
    at = folder
    while not os.path.exists(os.path.join(at, b".git")):
        above = os.path.dirname(at)
        if above == at:
            return folder
        at = above
    return at


def _repository(top: bytes) -> tuple[bytes, bytes]:
    """Where the index of a work tree is, and where its rules are: apart for a linked one, whose .git is a file."""
    place = os.path.join(top, b".git")
    if not os.path.isfile(place):
        return place, place
    place = os.path.join(top, _line(place).removeprefix(b"gitdir: "))
    common = os.path.join(place, b"commondir")
    return place, os.path.join(place, _line(common)) if os.path.isfile(common) else place


def _line(file: bytes) -> bytes:
    with open(file, "rb") as source:
        return source.read(65536).strip()


def is_file(path: bytes) -> bool:
    """A file and no link, which could lead out of the folder or around in it."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
