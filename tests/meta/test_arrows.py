"""The arrows of the house point one way: what the core may not name, and which room may include which."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A room may include only itself and the rooms before it.
ROOMS = [
    *("base", "text", "match", "vectors", "ocr", "retrieve", "verify"),
    *("stream", "repair", "chunk", "selfcheck"),
]
FORBIDDEN = {
    r"emscripten": "the core knows no target",
    r"pybind11|Python\.h": "the core knows no target",
    r"#include <(iostream|cstdio|regex|random|chrono|locale)>": "no printing, no clock, no locale",
    r"\bthrow\b": "the core returns Result",
    r"\b(printf|fprintf|abort|exit|rand|srand|getenv|std::time)\s*\(": "no printing, no stop, no environment",
    r"\bstd::(log|log2|log10|log1p|exp|exp2|pow|cbrt|sin|cos|tan|tanh|tgamma|fma)\b": (
        "its last bit differs between machines; base/maths.hpp has ours"
    ),
    r"\bstd::(bit_cast|ranges|format|jthread|random_device|mt19937)\b": "does not compile or differs somewhere",
    r"\bMulAdd\b|ffast-math": "rounds once where other machines round twice",
}
SOURCES = sorted(path for suffix in ("hpp", "cpp") for path in (ROOT / "core").rglob(f"*.{suffix}"))


def code(path: Path) -> str:
    """Without comments and the insides of strings; includes stay."""
    text = path.read_text("utf-8")
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"'(\\.|[{}\"])'", "' '", text)
    return re.sub(r"(?m)^(?!\s*#include)(.*)$", lambda line: re.sub(r'"(\\.|[^"\\])*"', '""', line[0]), text)


def breaches(text: str, own: str) -> list[str]:
    found = [f"{match[0].strip()}: {why}" for pattern, why in FORBIDDEN.items() for match in re.finditer(pattern, text)]
    for included in re.findall(r'#include "(?:paritas/)?(\w+)/', text):
        if included not in ROOMS:
            found.append(f"{included} is no room; add it to ROOMS where it belongs")
        elif ROOMS.index(included) > ROOMS.index(own):
            found.append(f"room {own} may not include room {included}")
    return found


def test_there_is_a_core_to_look_at():
    assert len(SOURCES) > 10


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "core")))
def test_the_core_knows_nobody(path):
    parts = path.relative_to(ROOT / "core").parts
    own = parts[2] if parts[0] == "include" else parts[1]
    assert breaches(code(path), own) == []


def test_a_breach_is_seen():
    assert len(breaches('#include <iostream>\n#include "paritas/verify/signals.hpp"\nthrow std::log(2);', "text")) == 4
    assert breaches('#include "paritas/base/result.hpp"\nreturn stream_log(x);', "text") == []


BRACES = r"namespace\s+([\w:]*)\s*\{|(?<![<,])(?<![<,] )(?:struct|class|enum class)\s+(\w+)\b(?!::)[^;{}()]*\{|\{|\}"


def types(path: Path) -> list[tuple[str, str]]:
    """(namespace, name) of every type that the linker sees: outside of functions, classes and unnamed namespaces."""
    found: list[tuple[str, str]] = []
    scope: list[str | None] = []  # a name for each open namespace, None for any other brace
    for match in re.finditer(BRACES, code(path)):
        if match[0] == "}":
            scope.pop()
            continue
        if match[2] and all(scope):  # an unnamed namespace has the empty name
            found.append(("::".join(name for name in scope if name), match[2]))
        scope.append(match[1] if match[0].startswith("namespace") else None)
    return found


def test_every_type_has_a_name_of_its_own():
    """Two classes paritas::Term in two files are one to the linker, which keeps one of their destructors."""
    seen: dict[tuple[str, str], Path] = {}
    for path in SOURCES:
        for name in types(path):
            assert name not in seen, f"{'::'.join(name)} stands in {seen[name]} and in {path}"
            seen[name] = path
    assert ("paritas", "Signals") in seen and ("paritas", "Span") in seen
