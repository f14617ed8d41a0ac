"""Writes the pieces of random texts for C++ and Python from pieces.json; --check only compares."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "tools/selfcheck/pieces.json"


def lists() -> dict[str, list[bytes]]:
    """Every list by name, its pieces as bytes: UTF-8, or what the hexadecimal digits say, which is no UTF-8."""
    document = json.loads((ROOT / SOURCE).read_text("utf-8"))
    ill_formed = [bytes.fromhex(piece) for piece in document.pop("hexadecimal")]
    return {name: [piece.encode() for piece in pieces] for name, pieces in document.items()} | {
        "ill_formed": ill_formed
    }


def literal(piece: bytes) -> str:
    """A C++ or Python literal; three octal digits end by themselves, where hexadecimal ones would go on."""
    return "".join(chr(b) if 0x20 <= b < 0x7F and b not in b'"\\?' else f"\\{b:03o}" for b in piece)


def constant(name: str) -> str:
    return "k" + "".join(word.capitalize() for word in name.split("_"))


def cpp() -> str:
    out = [f"// Written by tools/selfcheck/pieces.py from {SOURCE}.", "#pragma once", "#include <cstdint>"]
    out += ["#include <string_view>", "", "namespace paritas::pieces {", ""]
    out += ["/// A list of pieces in one run of bytes, each after its length: half the size of an array of views."]
    out += ["struct List {", "  std::uint32_t count;", "  std::string_view bytes;", "};", ""]
    out += ["// clang-format off", "using namespace std::string_view_literals;"]
    for name, pieces in lists().items():
        out.append(f"inline constexpr List {constant(name)}{{{len(pieces)},")
        out += [f'    "{literal(bytes([len(piece)]) + piece)}"' for piece in pieces]
        out[-1] += "sv};"
    out += ["// clang-format on", "", "}  // namespace paritas::pieces", ""]
    return "\n".join(out)


def python() -> str:
    out = [f'"""Written by tools/selfcheck/pieces.py from {SOURCE}."""', "", "# fmt: off"]
    for name, pieces in lists().items():
        out.append(f"{name.upper()} = (")
        out += [f'    b"{literal(piece)}",' for piece in pieces]
        out.append(")")
    return "\n".join([*out, ""])


def main() -> int:
    stale = []
    for path, text in {
        "core/src/selfcheck/pieces.hpp": cpp(),
        "python/paritas/reference/selfcheck_pieces.py": python(),
    }.items():
        file = ROOT / path
        if "--check" not in sys.argv:
            file.write_text(text, "utf-8")
        elif not file.exists() or file.read_text("utf-8") != text:
            stale.append(path)
    for path in stale:
        print(f"{path} is stale: run python tools/selfcheck/pieces.py", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
