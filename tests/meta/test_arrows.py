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
    r"\b(printf|fprintf|abort|exit|rand|srand|getenv|time)\s*\(": "no printing, no stop, no environment",
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
