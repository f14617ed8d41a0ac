"""Writes the tables of the search for secrets from secret_rules.txt and secret_words.txt beside this file.

    .venv/bin/python tools/match/make_secret_rules.py [--check]

core/src/match/secret_rules.cpp and python/paritas/reference/secret_tables.py hold the same texts: compiled when they
are first asked for, they cost neither relocations nor start-up time. --check compares and writes nothing.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORE = ROOT / "core/src/match/secret_rules.cpp"
REFERENCE = ROOT / "python/paritas/reference/secret_tables.py"
KINDS = ("provider", "hash", "pem", "jwt", "url", "header", "assignment")
NAMED = ("password", "secret", "api_key", "basic")


def rules() -> tuple[list[str], list[str]]:
    """The lines with a shape and those without, checked as far as a line alone can be wrong."""
    shapes: list[str] = []
    in_code: list[str] = []
    seen: dict[str, list[str]] = {}
    last = ""
    for number, line in enumerate((HERE / "secret_rules.txt").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 6 or fields[1] not in ("C", "H", "M", "L") or fields[3] not in KINDS or not fields[5]:
            raise SystemExit(f"secret_rules.txt:{number}: six fields are needed, separated by TAB: {line!r}")
        name = fields[0]
        if name in seen and (name != last or seen[name] != fields[1:4] + fields[5:]):
            raise SystemExit(
                f"secret_rules.txt:{number}: lines of one name stand together and differ in the shape alone"
            )
        seen[name] = fields[1:4] + fields[5:]
        last = name
        (shapes if fields[4] else in_code).append(line)
    return shapes, in_code


def lists() -> dict[str, list[str]]:
    """The lists of secret_words.txt."""
    found: dict[str, list[str]] = {}
    for line in (HERE / "secret_words.txt").read_text("utf-8").splitlines():
        if line.endswith(":"):
            found[line[:-1]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]] += line.split()
    return found


def texts() -> dict[str, str]:
    """What both tables hold: the name of a text, and the text."""
    shapes, in_code = rules()
    words = lists()
    contexts = {item.partition("|")[0]: item.partition("|")[2] for item in words["contexts"]}
    used = dict.fromkeys(part[1:] for line in shapes for part in line.split("\t")[4].split() if part[0] == "@")
    named = [(item.replace("|", " "), kind) for kind in NAMED for item in words[f"{kind} names"]]
    endings = [f"{item}:{kind}" for kind in NAMED for item in words.get(f"{kind} endings", [])]
    return {
        "rules": "".join(f"{line}\n" for line in shapes),
        "code_rules": "".join(f"{line}\n" for line in in_code),
        "contexts": "".join(f"{name}\t{contexts.get(name, name)}\n" for name in used),
        "placeholder_words": "|".join(sorted(dict.fromkeys(words["placeholder words"]), key=lambda word: -len(word))),
        "sample_keys": "|".join(words["sample keys"]),
        "url_schemes": "|".join(words["url schemes"]),
        "key_names": "|".join(f"{name}:{kind}" for name, kind in named),
        "key_endings": "|".join(endings),
        "dropped_words": "|".join(words["dropped words"]),
        "call_names": "|".join(item.replace("|", ":") for item in words["calls"]),
    }


def quoted(text: str) -> list[str]:
    """Lines of C++ whose strings are the text; ?? would be read as a trigraph by old compilers, so it is parted."""
    pieces = text.splitlines(keepends=True)
    if "\n" not in text:
        pieces = [text[at : at + 100] for at in range(0, len(text), 100)]
    plain = [piece.replace("\\", "\\\\").replace('"', '\\"').replace("??", '?""?') for piece in pieces]
    return ['    "{}"'.format(piece.replace("\t", "\\t").replace("\n", "\\n")) for piece in plain]


def main() -> int:
    made = texts()
    core = (
        "// Written by tools/match/make_secret_rules.py from secret_rules.txt and secret_words.txt beside it.\n"
        '#include "match/secret_rules.hpp"\n\n#include <string_view>\n\nnamespace paritas::secrets {\n\n'
        "// clang-format off\n"
    )
    reference = (
        '"""Written by tools/match/make_secret_rules.py from secret_rules.txt and secret_words.txt beside it."""\n\n'
    )
    for name, text in made.items():
        camel = "k" + "".join(part.capitalize() for part in name.split("_"))
        core += f"extern const std::string_view {camel} =\n" + "\n".join(quoted(text)) + ";\n\n"
        reference += f"{name.upper()} = (\n" + "\n".join(repr_lines(text)) + "\n)\n"
    core += "// clang-format on\n\n}  // namespace paritas::secrets\n"
    stale = False
    for path, content in ((CORE, core), (REFERENCE, reference)):
        if not path.exists() or path.read_text("utf-8") != content:
            stale = True
            print(f"{path.relative_to(ROOT)} {'differs' if '--check' in sys.argv else 'written'}")
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


def repr_lines(text: str) -> list[str]:
    """Lines of Python whose strings are the text."""
    pieces = text.splitlines(keepends=True)
    if "\n" not in text:
        pieces = [text[at : at + 100] for at in range(0, len(text), 100)]
    return [
        "    " + '"{}"'.format(p.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n"))
        for p in pieces
    ]


if __name__ == "__main__":
    raise SystemExit(main())
