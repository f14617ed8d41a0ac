"""Writes tests/vectors/secrets.json: the golden cases, those of each rule, and those of each piece of the meaning.

    .venv/bin/python tools/match/make_secret_vectors.py

What is expected is what the reference says, so the diff of the file is to be read: it shows what became of each case.
Texts stand in parts, so that scanners of repositories stay quiet. Secrets of rules are drawn from a hash of the name.
"""

import hashlib
import json
import re
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "lexicon"), str(Path(__file__).resolve().parent)]
import reference  # noqa: E402, F401  # makes the package importable before it is built
from paritas.errors import ParitasError  # noqa: E402
from paritas.reference import secret_tables as tables  # noqa: E402
from paritas.reference import secrets  # noqa: E402
from paritas.reference import secrets_shapes as shapes  # noqa: E402
from paritas.reference.secrets_values import BASE36, BASE62, BECH32, _digits, _polymod  # noqa: E402
from secret_cases import CASES  # noqa: E402


class Draw:
    """Members of classes, in an order that a seed decides."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def below(self, n: int) -> int:
        self.count += 1
        return int.from_bytes(hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()[:4], "little") % n

    def run(self, name: str, length: int) -> str:
        members = sorted(shapes.CLASSES[name])
        inner = [byte for byte in members if chr(byte).isalnum()] or members
        return "".join(chr(inner[self.below(len(inner))]) for _ in range(length))


def sample(pieces: list[shapes.Piece], draw: Draw, short: bool) -> str:
    """A text of this shape; short: the last run is one below its least, so the shape misses it by a character."""
    text = []
    runs = [piece for piece in pieces if isinstance(piece, shapes.Run) and piece.name != "="]
    for piece in pieces:
        if isinstance(piece, shapes.Literal):
            text.append(piece.text.decode())
        elif isinstance(piece, shapes.Run):
            cut = short and bool(runs) and piece is runs[-1]
            text.append(draw.run(piece.name, piece.low - cut))
        elif isinstance(piece, shapes.Choice):
            if not piece.optional or not runs:
                text.append(sample(piece.options[draw.below(len(piece.options))], draw, short and not runs))
    return "".join(text)


def checked(value: str, check: str) -> str:
    """The value with the checksum that its format asks for."""
    if check == "crc":
        head, _, body = value.rpartition("_")
        return f"{head}_{body[:30]}{_digits(zlib.crc32(body[:30].encode()), BASE62, 6)}"
    if check == "crc_gitlab":
        value += ".01"
        return f"{value}{_digits(zlib.crc32(value.encode()), BASE36, 7)}"
    if check == "crc_grafana":
        body = value.rpartition("_")[0]
        return f"{body}_{zlib.crc32(body.encode()).to_bytes(4, 'little').hex()}"
    if check == "bech32":
        prefix, data = (
            "age-secret-key-",
            [BECH32.index(ch) for ch in Draw(value).run("x", 52).replace("b", "q").replace("1", "p")],
        )
        expanded = [ord(ch) >> 5 for ch in prefix] + [0] + [ord(ch) & 31 for ch in prefix]
        sum_ = _polymod(expanded + data + [0] * 6) ^ 1
        data += [sum_ >> 5 * (5 - i) & 31 for i in range(6)]
        return (prefix + "1" + "".join(BECH32[symbol] for symbol in data)).upper()
    return value


def rule_cases() -> list[dict]:
    """For each name a text with one true line for each of its shapes, and a near miss behind each."""
    contexts = {
        name: names.split("|")[0] for name, names in (line.split("\t") for line in tables.CONTEXTS.splitlines())
    }
    lines: dict[str, list[str]] = {}
    missed: set[str] = set()
    for line in shapes._lines():
        name = shapes.all_rules()[line.rule].name
        before = f"{contexts[line.context]}_x: " if line.context else ""
        for attempt in range(200):
            draw = Draw(f"{name}/{len(lines.get(name, []))}/{attempt}")
            value = checked(sample(line.shape, draw, False), line.check)
            found = [m.secret_type for m in secrets.scan_secrets(before + value, rules=[name])]
            if found == [name]:
                break
        else:
            raise SystemExit(f"{name}: no sample of {line.shape} is found")
        miss = sample(line.shape, draw, True)
        lines.setdefault(name, []).append(before + value)
        if not secrets.scan_secrets(before + miss, rules=[name]):  # another shape of the name may fit what one misses
            lines[name].append(before + miss)
            missed.add(name)
    if set(lines) - missed:
        raise SystemExit(f"no near miss for {sorted(set(lines) - missed)}")
    return [
        {"id": f"rule-{name}", "why": "a text of the shape, then one that lacks a character", "text": "\n".join(texts)}
        for name, texts in lines.items()
    ]


def parts_of(text: str) -> list[str]:
    return re.findall(r"(?s).{1,9}", text)


def spans(text: str, start: int, end: int) -> dict:
    def units(offset: int) -> dict:
        head = text[:offset]
        return {
            "utf8": len(head.encode("utf-8", "replace")),
            "codepoint": offset,
            "utf16": len(head.encode("utf-16-le", "surrogatepass")) // 2,
        }

    first, last = units(start), units(end)
    return {unit: [first[unit], last[unit]] for unit in first}


def expected(text: str, options: dict, mask: dict) -> dict:
    try:
        findings = secrets.scan_secrets(text, **options)
        masked = secrets.mask_secrets(text, **mask, **options)
    except ParitasError as error:
        return {"error": {"code": error.code, "offset": error.offset}}
    fields = ("secret_type", "severity", "confidence", "line_number", "checksum", "placeholder")
    found = [{**{name: getattr(m, name) for name in fields}, "span": spans(text, m.start, m.end)} for m in findings]
    return {"value": {"findings": found, "masked": parts_of(masked)}}


def main() -> None:
    cases = []
    for case in [*CASES, *rule_cases()]:
        options, mask = case.get("options", {}), case.get("mask", {})
        expect = expected(case["text"], options, mask)
        wanted = case.get("find")
        found = [item["secret_type"] for item in expect["value"]["findings"]] if "value" in expect else None
        if wanted is not None and found != wanted:
            raise SystemExit(f"{case['id']}: {found} is found, not {wanted}")
        given = {"parts": parts_of(case["text"]), "options": options, "mask": mask}
        cases.append({"id": case["id"], "why": case["why"], "given": given, "expect": expect})
    rows = ",\n".join("    " + json.dumps(case, ensure_ascii=True) for case in cases)
    feature = (
        "scan_secrets, mask_secrets, has_secrets, get_secret_types, scan_secrets_summary, scan_secrets_batch, "
        "mask_secrets_batch, list_secret_patterns"
    )
    text = f'{{\n  "feature": "{feature}",\n  "cases": [\n{rows}\n  ]\n}}\n'
    (ROOT / "tests/vectors/secrets.json").write_text(text, "utf-8")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
