#!/usr/bin/env python3
"""Writes the constants of tools/verify/model.json for the core and for the reference; --check compares only."""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = ROOT / "core" / "src" / "verify" / "model_table.hpp"
MODULE = ROOT / "python" / "paritas" / "reference" / "model_table.py"


def header(model: dict) -> str:
    names = "".join(f"  {row['name']},\n" for row in model["features"])
    rows = "".join(
        f"    {{{row['mean']!r}, {row['deviation']!r}, {row['weight']!r}}},  // {row['name']}\n"
        for row in model["features"]
    )
    return f"""// Written by tools/verify/make_model.py from tools/verify/model.json.
#pragma once
#include <cstdint>

namespace paritas {{

/// What the model looks at, in the order in which it adds.
enum class Feature : std::uint8_t {{
{names}}};

struct FeatureConstants {{
  double mean, deviation, weight;
}};

inline constexpr std::size_t kFeatures = {len(model["features"])};
inline constexpr FeatureConstants kFeatureTable[kFeatures] = {{
{rows}}};
inline constexpr double kConstant = {model["constant"]!r}, kClip = {model["clip"]!r};
inline constexpr double kPlattSlope = {model["platt"][0]!r}, kPlattShift = {model["platt"][1]!r};

}}  // namespace paritas
"""


def module(model: dict) -> str:
    rows = "".join(
        f'    ("{row["name"]}", {row["mean"]!r}, {row["deviation"]!r}, {row["weight"]!r}),\n'
        for row in model["features"]
    )
    return f'''"""Written by tools/verify/make_model.py from tools/verify/model.json."""

# name, mean, deviation, weight
FEATURES = (
{rows})
CONSTANT = {model["constant"]!r}
CLIP = {model["clip"]!r}
PLATT_SLOPE, PLATT_SHIFT = {model["platt"][0]!r}, {model["platt"][1]!r}
'''


def formatted(path: pathlib.Path, text: str) -> str:
    tool = ["clang-format", "--assume-filename", str(path)] if path.suffix == ".hpp" else None
    if tool is None:
        tool = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(path), "-"]
    return subprocess.run(tool, input=text, text=True, capture_output=True, check=True).stdout


def main() -> int:
    model = json.loads((ROOT / "tools" / "verify" / "model.json").read_text("utf-8"))
    stale = []
    for path, text in ((HEADER, header(model)), (MODULE, module(model))):
        text = formatted(path, text)
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    verb = "differ" if "--check" in sys.argv else "written"
    print("model: " + (f"{', '.join(stale)} {verb}" if stale else "current"))
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
