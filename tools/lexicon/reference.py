"""The reference's modules for the generators, read without the package: it may not be built yet."""

import pathlib
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
for _name, _folder in (("paritas", ""), ("paritas.reference", "reference")):
    _module = types.ModuleType(_name)
    _module.__path__ = [str(ROOT / "python" / "paritas" / _folder)]
    sys.modules.setdefault(_name, _module)

from paritas.reference import lexicon  # noqa: E402
from paritas.reference.stem_light import BASES, stem  # noqa: E402

opposed: dict[str, list[str]] = {}
opposed_back: dict[str, list[str]] = {}
for _word, _base in lexicon.OPPOSED_PREFIXES.items():
    opposed.setdefault(stem(_word), []).append(stem(_base))
    opposed_back.setdefault(stem(_base), []).append(stem(_word))

__all__ = ["BASES", "lexicon", "opposed", "opposed_back", "stem"]
