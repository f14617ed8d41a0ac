"""Writes the names that formats know, for C++ and for the reference, from names.json.

    python tools/ocr/make_tables.py                    writes the tables
    python tools/ocr/make_tables.py --check            only compares
    python tools/ocr/make_tables.py --read FOLDER      writes names.json anew from an installed pycountry

pycountry is Debian's iso-codes as a package: ISO 3166-1 and ISO 4217. names.json says which version it was. A country
is known by its English name, and by the common and the official one where ISO has another. Months are those of CLDR.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tools/ocr/names.json"
sys.path.insert(0, str(ROOT / "tools/lexicon"))  # the reference, which may not be built yet

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
SHORT = {"mrt": 3}  # the one usual short form that no name begins with


def read(folder: str) -> None:
    """Copies what is needed out of pycountry's databases."""
    databases = Path(folder) / "pycountry/databases"
    (about,) = Path(folder).glob("pycountry-*.dist-info")
    countries = [
        {
            "codes": entry["alpha_2"] + entry["alpha_3"] + entry["numeric"],
            "names": list(
                dict.fromkeys(entry[key] for key in ("name", "common_name", "official_name") if key in entry)
            ),
        }
        for entry in json.loads((databases / "iso3166-1.json").read_text("utf-8"))["3166-1"]
    ]
    currencies = [entry["alpha_3"] for entry in json.loads((databases / "iso4217.json").read_text("utf-8"))["4217"]]
    document = {
        "source": about.name.removesuffix(".dist-info").replace("-", " "),
        "countries": sorted(countries, key=lambda country: country["codes"]),
        "currencies": sorted(currencies),
        "months": MONTHS,
    }
    SOURCE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


def tables() -> tuple[str, list[tuple[str, list[str]]], str, list[list[str]]]:
    """Source, countries with their folded names, currencies, and the folded names of each month."""
    import reference  # noqa: F401
    from paritas.reference.unicode import fold

    document = json.loads(SOURCE.read_text("utf-8"))
    countries = [
        (country["codes"], list(dict.fromkeys(fold(name) for name in country["names"])))
        for country in document["countries"]
    ]
    months: list[list[str]] = [[] for _ in range(12)]
    for names in document["months"].values():
        for month, name in enumerate(names.split()):
            if fold(name) not in months[month]:
                months[month].append(fold(name))
    for name, month in SHORT.items():
        months[month - 1].append(name)
    every = [name for _, names in countries for name in names]
    assert len(countries) == 249 and len(every) == len(set(every)), "a name of two countries"
    return document["source"], countries, "".join(document["currencies"]), months


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def literal(data: bytes) -> str:
    """A C++ literal; three octal digits end by themselves, where hexadecimal ones would go on."""
    return "".join(chr(b) if 0x20 <= b < 0x7F and b not in b'"\\?' else f"\\{b:03o}" for b in data)


def cpp() -> str:
    source, countries, currencies, months = tables()
    out = [f"// Written by tools/ocr/make_tables.py from {source}.", "#pragma once", "#include <string_view>", ""]
    out += [
        "namespace paritas::format::tables {",
        "",
        "// clang-format off",
        "using namespace std::string_view_literals;",
    ]
    out += ["/// Alpha-2, alpha-3 and numeric code of every country."]
    out += ["inline constexpr std::string_view kCountries ="]
    out += [f'    "{line}"' for line in pieces("".join(codes for codes, _ in countries), 112)]
    out[-1] += ";"
    out += ["/// In the same order: how many names a country has, then each one folded, after its length."]
    out += ["inline constexpr std::string_view kNames ="]
    for _, names in countries:
        line = bytes([len(names)]) + b"".join(bytes([len(name.encode())]) + name.encode() for name in names)
        out.append(f'    "{literal(line)}"')
    out[-1] += "sv;"
    out += ["/// Alpha-3 codes of currencies.", "inline constexpr std::string_view kCurrencies ="]
    out += [f'    "{line}"' for line in pieces(currencies, 111)]
    out[-1] += ";"
    out += ["/// Folded names of each month, each after a space."]
    out += ["inline constexpr std::string_view kMonths[12] = {"]
    out += [f'    "{"".join(" " + name for name in names)}",' for names in months]
    out += ["};", "// clang-format on", "", "}  // namespace paritas::format::tables", ""]
    return "\n".join(out)


def python() -> str:
    source, countries, currencies, months = tables()
    out = [f'"""Written by tools/ocr/make_tables.py from {source}."""', "", "# fmt: off"]
    out += ["# Alpha-2, alpha-3 and numeric code of every country, and its names folded.", "COUNTRIES = ("]
    out += [f"    ({', '.join(json.dumps(item, ensure_ascii=False) for item in [codes, *names])}),"
            for codes, names in countries]  # fmt: skip
    out += [")", "CURRENCIES = ("]
    out += [f'    "{line}"' for line in pieces(currencies, 99)]
    out += [")", "# Folded names of each month.", "MONTHS = ("]
    out += [f"    ({', '.join(json.dumps(name) for name in names)})," for names in months]
    return "\n".join([*out, ")", ""])


def main() -> int:
    if "--read" in sys.argv:
        read(sys.argv[sys.argv.index("--read") + 1])
    stale = []
    for path, text in {
        "core/src/ocr/format_tables.hpp": cpp(),
        "python/paritas/reference/format_tables.py": python(),
    }.items():
        file = ROOT / path
        if "--check" not in sys.argv:
            file.write_text(text, "utf-8")
        elif not file.exists() or file.read_text("utf-8") != text:
            stale.append(path)
    for path in stale:
        print(f"{path} is stale: run tools/ocr/make_tables.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
