"""How many of the true examples scan_secrets finds, and what it finds where nothing is.

    PARITAS_DATA=../shared/data .venv/bin/python bench/secrets/quality.py [--group 0|1] [--list]
        [--code FOLDER ...] [--text FOLDER ...] [--most MB] [--peers]

--group: half of the kinds (by the first bit of the SHA-256 of their name), for rules written
without sight of the other.
--list: every example that is missed, every negative with a finding.
--code, --text: folders of source code, of other texts.
--peers: detect-secrets, and credsweeper where it is installed (it brings a neural network), in the same run.
The backend is what PARITAS_BACKEND says.
"""

import argparse
import base64
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PARITAS_DATA", ROOT.parent / "shared" / "data"))
CODE = ".py .js .mjs .cjs .ts .h .hpp .c .cpp .go .rs .java .rb .php .sh .pl .pm"
TEXT = ".md .json .yml .yaml .txt .html .xml .po .css .conf .ini .cfg .toml .rst .csv"


def examples(group):
    with (DATA / "secrets/examples.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            half = hashlib.sha256(row["kind"].encode()).digest()[0] & 1
            if group is None or half == group:
                yield row, base64.b64decode(row["text_b64"]).decode("utf-8", "replace")


def counted(row):
    """Whether a kind is a credential at all; the others are account numbers, public keys and names of buckets."""
    return bool({"secret", "hashed"} & set(row["categories"]))


def report(name, find, args):
    true, all_true, negative = [0, 0], [0, 0], [0, 0]
    missed, alarms = [], []
    for row, text in examples(args.group):
        types = find(text)
        if row["secret"]:
            all_true[0] += bool(types)
            all_true[1] += 1
            if counted(row):
                true[0] += bool(types)
                true[1] += 1
                if not types:
                    missed.append((row["kind"], text))
        else:
            negative[0] += bool(types)
            negative[1] += 1
            if types:
                alarms.append((row["kind"], types, text))
    print(f"{name}: recall {true[0]}/{true[1]} = {true[0] / true[1]:.3f} of secrets and hashes, ", end="")
    print(f"{all_true[0]}/{all_true[1]} of all; findings in {negative[0]} of {negative[1]} negatives")
    if args.list:
        for kind, text in missed:
            print(f"  missed [{kind}] {text[:300]!r}")
        for kind, types, text in alarms:
            print(f"  alarm  [{kind}] {types} {text[:300]!r}")


def clean_texts(find):
    speeches = (DATA / "text/english_speeches.txt").read_text("utf-8")
    found = find(speeches)
    with (DATA / "text/udhr.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            found += find(json.loads(line)["text"])
    print(f"findings in the speeches and the UDHR: {found or 'none'}")


def code(folders, scan, most, suffixes):
    """Files in an order that their names decide, so that a part of a folder is a fair one."""
    for folder in folders:
        size, total, by_type, start = 0, 0, Counter(), time.perf_counter()
        paths = [path for path in Path(folder).rglob("*") if path.suffix in suffixes]
        for path in sorted(paths, key=lambda path: hashlib.sha256(str(path.relative_to(folder)).encode()).digest()):
            if not path.is_file() or path.is_symlink() or path.stat().st_size > 1_000_000:
                continue
            if size >= most * 1e6:
                break
            text = path.read_text("utf-8", "replace")
            size += len(text)
            for match in scan(text):
                total += 1
                by_type[match.secret_type] += 1
                line = text.split("\n")[match.line_number - 1].strip()
                at = max(0, line.find(match.matched_text.split("\n")[0]) - 60)
                print(f"  {match.secret_type} {path}:{match.line_number}: {line[at : at + 160]}")
        seconds = time.perf_counter() - start
        rate = total / max(size, 1) * 1e6
        print(f"{folder}: {size / 1e6:.1f} MB, {total} findings = {rate:.2f} per MB, {seconds:.1f} s, {dict(by_type)}")


def detect_secrets():
    """As its command does: its plugins and filters over a file."""
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings

    def find(text):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            secrets = SecretsCollection()
            with default_settings():
                secrets.scan_file(file.name)
            return sorted({secret.type for _, secret in secrets})

    return find


def credsweeper():
    """With its model, at the threshold it comes with."""
    from credsweeper import CredSweeper
    from credsweeper.file_handler.text_content_provider import TextContentProvider

    sweeper = CredSweeper()

    def find(text):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            sweeper.credential_manager.candidates.clear()
            sweeper.scan([TextContentProvider((file.name, None))], None)
            sweeper.post_processing(None)
            return sorted({item.rule_name for item in sweeper.credential_manager.get_credentials()})

    return find


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", type=int, choices=(0, 1))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--code", nargs="+", default=[])
    parser.add_argument("--text", nargs="+", default=[])
    parser.add_argument("--most", type=float, default=1e9, help="MB of each folder")
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    try:
        import paritas

        api = paritas if hasattr(paritas, "get_secret_types") else None
    except ImportError:
        api = None
    if api is None:  # not built: the reference alone
        for name in [name for name in sys.modules if name.partition(".")[0] == "paritas"]:
            del sys.modules[name]
        sys.path[:0] = [str(ROOT / "tools/lexicon")]
        import reference  # noqa: F401

        api = importlib.import_module("paritas.reference.secrets")
    report("paritas", api.get_secret_types, args)
    clean_texts(api.get_secret_types)
    if args.peers:
        report("detect-secrets", detect_secrets(), args)
        if importlib.util.find_spec("credsweeper"):
            report("credsweeper", credsweeper(), args)
    code(args.code, api.scan_secrets, args.most, CODE.split())
    code(args.text, api.scan_secrets, args.most, TEXT.split())


if __name__ == "__main__":
    main()
