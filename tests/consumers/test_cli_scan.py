"""`paritas scan` in Python and in Node: the same files, findings and bytes; .gitignore as git reads it; SARIF."""

import json
import os
import random
import re
import shutil
import subprocess

import pytest
from commands import COMMANDS, agree, both, refuse

TOKEN = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"
OTHER = "AKIA" + "IOSFODNN7ABCDEFG"
MASKED = "ghp_" + 32 * "*" + "Lq17"


def lay(tmp_path, files, repository=True):
    """The same files for both commands, each in a folder of its own."""
    for name in COMMANDS:
        folder = tmp_path / name
        folder.mkdir()
        if repository:
            subprocess.run(["git", "init", "-q", folder], check=True)
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def scan(tmp_path, *arguments, code=1, **options):
    return agree("scan", *arguments, code=code, apart=tmp_path, **options)


def paths(tmp_path, *arguments, code=1):
    found = json.loads(scan(tmp_path, "--json", *arguments, code=code))
    return [item["path"] for item in found["findings"]]


def test_lines_for_people(tmp_path):
    lay(tmp_path, {"b.py": f"x = 1\n\u00e9 = '{TOKEN}'\n", "a/c.txt": f"𝔸 {OTHER}\r\n", "none.md": "nothing\n"})
    assert scan(tmp_path, ".").split("\n") == [
        "a/c.txt:1:3  aws_access_key  high  high  AK****************FG",
        f"b.py:2:6  github_token  high  high  {MASKED}",
        "2 findings in 2 files; 3 files read",
        "",
    ]


def test_a_record_has_its_places_and_no_secret(tmp_path):
    lay(tmp_path, {"b.py": f"x = 1\n\u00e9 = '{TOKEN}'\n"})
    out = scan(tmp_path, "--json", "b.py")
    assert TOKEN not in out
    assert json.loads(out) == {
        "findings": [
            {
                "path": "b.py",
                "line": 2,
                "column": 6,
                "end_line": 2,
                "end_column": 46,
                "rule": "github_token",
                "severity": "high",
                "confidence": "high",
                "checksum": "valid",
                "masked": MASKED,
                "fingerprint": json.loads(out)["findings"][0]["fingerprint"],
            }
        ],
        "files": 1,
        "skipped": {"binary": 0, "too_large": 0, "no_file": 0, "unreadable": 0},
        "allowed": 0,
        "in_baseline": 0,
    }
    assert json.loads(scan(tmp_path, "--json", "--show", "b.py"))["findings"][0]["secret"] == TOKEN
    assert f"high  high  {TOKEN}\n" in scan(tmp_path, "--show", "b.py")


def test_gitignore_is_read_as_git_reads_it(tmp_path):
    ignored = [
        "build/x",
        "a/build/x",
        "root.txt",
        "q.log",
        "a/deep/q.log",
        "a/b/one.txt",
        "own.py",
        "a/# sharp",
        "tail ",
    ]
    kept = [
        *(
            "a/root.txt",
            "keep.log",
            "a/deep/keep.log",
            "b/one.txt",
            "a/c/one.txt",
            "buildx",
            "new\nline",
            "tail",
            "é ü",
        ),
        *("sub/x.py", "sub/own.py", "bracket/[x]", "bracket/x"),
    ]
    rules = {
        ".gitignore": "build/\n*.log\n!keep.log\n/root.txt\n\\# sharp\ntail\\ \n# comment\n\nsub/\\[x\\]\n!sub/\n",
        "a/.gitignore": "b/*.txt\n!/build\n",
        "sub/.gitignore": "",
        ".git/info/exclude": "own.py\n",
    }
    lay(tmp_path, {**dict.fromkeys([*ignored, *kept], f"t = {TOKEN}\n"), **rules})
    for name in COMMANDS:  # a repository in this one has rules of its own
        subprocess.run(["git", "init", "-q", tmp_path / name / "sub"], check=True)
    listed = subprocess.run(
        ["git", "-c", f"core.excludesFile={os.devnull}", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=tmp_path / "python",
        capture_output=True,
        check=True,
    ).stdout.decode()
    git = [name for name in listed.split("\0") if name and not name.endswith((".gitignore", "/"))]
    assert paths(tmp_path, ".") == sorted([*git, "sub/own.py", "sub/x.py"], key=str.encode)
    assert {*git, "sub/own.py", "sub/x.py"} == {*kept, "a/build/x"}
    everything = sorted({*ignored, *kept}, key=str.encode)
    assert paths(tmp_path, "--no-gitignore", ".") == everything


def test_what_is_named_is_scanned_though_it_is_ignored(tmp_path):
    lay(tmp_path, {".gitignore": "build/\n*.log\n", "build/in/x.py": TOKEN, "build/y.log": TOKEN, "z.log": TOKEN})
    assert paths(tmp_path, ".", code=0) == []
    assert paths(tmp_path, "z.log", "./build", ".") == ["build/in/x.py", "build/y.log", "z.log"]
    assert paths(tmp_path, "build/in/") == ["build/in/x.py"]


def test_what_is_tracked_is_scanned_though_it_is_ignored(tmp_path):
    lay(
        tmp_path,
        {".gitignore": "*.env\nbuild/\n", "a/x.env": TOKEN, "build/x.py": TOKEN, "y.env": TOKEN, "gone.py": TOKEN},
    )
    for name in COMMANDS:
        subprocess.run(["git", "-C", tmp_path / name, "add", "-f", "a/x.env", "build/x.py", "gone.py"], check=True)
        (tmp_path / name / "gone.py").unlink()
    assert paths(tmp_path, ".") == ["a/x.env", "build/x.py"]
    assert paths(tmp_path, "a") == ["a/x.env"]
    assert paths(tmp_path, "--exclude", "*.env", ".") == ["build/x.py"]


def test_a_folder_within_a_repository_has_the_rules_above_it(tmp_path):
    lay(tmp_path, {".gitignore": "*.log\n", "a/b/x.py": TOKEN, "a/b/y.log": TOKEN, "a/z.py": TOKEN})
    assert paths(tmp_path, "a/b") == ["a/b/x.py"]
    assert paths(tmp_path, "a/b", "a", "a/b/x.py") == ["a/b/x.py", "a/z.py"]


def test_a_linked_work_tree_has_the_rules_of_its_repository(tmp_path):
    lay(tmp_path, {"x.py": TOKEN})
    for name in COMMANDS:
        git = ["git", "-C", tmp_path / name, "-c", "user.name=n", "-c", "user.email=e@example.org"]
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "m"], check=True)
        subprocess.run([*git, "worktree", "add", "-q", "linked"], check=True)
        (tmp_path / name / ".git/info/exclude").write_text("own.py\n")
        for file in ("own.py", "other.py"):
            (tmp_path / name / "linked" / file).write_text(TOKEN)
    assert paths(tmp_path, "linked") == ["linked/other.py"]


def test_gitignore_files_are_read_without_a_repository(tmp_path):
    lay(tmp_path, {".gitignore": "*.log\n", "x.py": TOKEN, "y.log": TOKEN}, repository=False)
    assert paths(tmp_path, ".") == ["x.py"]


def test_patterns_of_ones_own(tmp_path):
    lay(tmp_path, {"a/x.py": TOKEN, "a/x.js": TOKEN, "b/x.py": TOKEN, ".gitignore": "*.js\n"})
    assert paths(tmp_path, "--exclude", "a/", ".") == ["b/x.py"]
    assert paths(tmp_path, "--exclude", "b/", "--exclude", "*.py", ".", code=0) == []
    assert paths(tmp_path, "--no-gitignore", "--exclude", "*.py", ".") == ["a/x.js"]


def test_nothing_of_a_repository_is_run(tmp_path):
    lay(tmp_path, {"x.py": TOKEN})
    for name in COMMANDS:
        ran = tmp_path / name / "ran"
        hook = tmp_path / name / "hook.sh"
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
        hook.chmod(0o755)
        subprocess.run(["git", "-C", tmp_path / name, "config", "core.fsmonitor", hook], check=True)
    assert paths(tmp_path, ".") == ["x.py"]
    assert not any((tmp_path / name / "ran").exists() for name in COMMANDS)


def test_links_lead_nowhere(tmp_path):
    lay(tmp_path, {"a/x.py": TOKEN})
    for name in COMMANDS:
        os.symlink("..", tmp_path / name / "a/loop")
        os.symlink("x.py", tmp_path / name / "a/link.py")
        os.symlink("gone", tmp_path / name / "a/broken")
        os.symlink("a", tmp_path / name / "folder")
    for how in ([], ["--no-gitignore"]):
        found = json.loads(scan(tmp_path, "--json", *how, "."))
        assert [item["path"] for item in found["findings"]] == ["a/x.py"]
        assert found["skipped"]["no_file"] == 4
    assert paths(tmp_path, "folder") == ["folder/x.py"]
    assert paths(tmp_path, "a/link.py") == ["a/link.py"]


def test_bytes_that_are_no_text(tmp_path):
    lay(
        tmp_path,
        {
            "binary": b"\0" + TOKEN.encode(),
            "late": b"x" * 8192 + b"\n\0 " + TOKEN.encode(),
            "ill": b"\xff\xc3 = \x80" + b'"' + TOKEN.encode() + b'"',
            "bom": b"\xef\xbb\xbf" + TOKEN.encode(),
            "empty": b"",
            "large": b"x" * 20000 + b" " + TOKEN.encode(),
        },
    )
    found = json.loads(scan(tmp_path, "--json", "--max-size", "16K", "."))
    assert [(item["path"], item["line"], item["column"]) for item in found["findings"]] == [
        ("bom", 1, 1),
        ("ill", 1, 8),
        ("late", 2, 3),
    ]
    assert (found["files"], found["skipped"]["binary"], found["skipped"]["too_large"]) == (4, 1, 1)
    assert scan(tmp_path, "--max-size", "0", ".", code=0).endswith("1 files read, skipped: 5 too large\n")


def test_standard_input(tmp_path):
    lay(tmp_path, {})
    assert scan(tmp_path, "-", stdin=f"a\n {TOKEN}".encode()).startswith("-:2:2  github_token")
    assert scan(tmp_path, "-", code=0) == "0 findings in 0 files; 1 files read\n"


def test_a_name_of_odd_bytes(tmp_path):
    lay(tmp_path, {})
    for name in COMMANDS:
        for odd in (b"\xff.py", b"\xc3\xa9.py", b"a\x1b[31m.py", b"-x"):
            with open(os.path.join(os.fsencode(tmp_path / name), odd), "w") as file:
                file.write(TOKEN)
    out = scan(tmp_path, ".")
    assert [line.partition(":")[0] for line in out.split("\n")[:4]] == ["-x", "a [31m.py", "é.py", "\ufffd.py"]


@pytest.mark.parametrize(
    ("level", "code"), [("low", 1), ("medium", 1), ("high", 1), ("critical", 0)], ids=lambda value: str(value)
)
def test_the_exit_code_goes_by_severity(tmp_path, level, code):
    lay(tmp_path, {"x.py": TOKEN})
    assert "1 findings" in scan(tmp_path, "--fail-on", level, ".", code=code)


def test_findings_that_are_not_sure_are_left_out(tmp_path):
    lay(tmp_path, {"x.py": "password = 'hunter2222'\n"})
    assert "generic_password  high  low  **********" in scan(tmp_path, ".")
    assert scan(tmp_path, "--min-confidence", "medium", ".", code=0).startswith("0 findings")


def test_comments_that_allow(tmp_path):
    lay(
        tmp_path,
        {
            "x.py": f"{TOKEN} # paritas:allow\n"
            f"{TOKEN} # paritas:allow(jwt_token, github_token)\n"
            f"{TOKEN} # paritas:allow(jwt_token)\n"
            f"{TOKEN} # paritas:allow-next\n"
            f"{TOKEN}\n"
            f"{TOKEN} # paritas:allowed\n"
            f"# paritas:allow-next(github_token) twice paritas:allow-next(x)\n"
            f"{TOKEN}\n"
            f"{TOKEN} # paritas:allow()\n"
            "# paritas:allow\n"
            f"{TOKEN}"
        },
    )
    found = json.loads(scan(tmp_path, "--json", "."))
    assert [item["line"] for item in found["findings"]] == [3, 4, 6, 9, 11]
    assert found["allowed"] == 4


def test_a_baseline_knows_findings_wherever_they_move(tmp_path):
    lay(tmp_path, {"x.py": f"{TOKEN}\n", "y.py": f"{TOKEN}\n"})
    assert "2 findings" in scan(tmp_path, "--write-baseline", "known.json", ".", code=0)
    ours, theirs = ((tmp_path / name / "known.json").read_bytes() for name in COMMANDS)
    assert ours == theirs and TOKEN.encode() not in ours
    for name in COMMANDS:
        (tmp_path / name / "x.py").write_text(f"moved\n\n  {TOKEN}\n")
    assert scan(tmp_path, "--baseline", "known.json", ".", code=0).endswith("; 2 in baseline\n")
    for name in COMMANDS:  # once more, and a new one that looks the same masked
        (tmp_path / name / "x.py").write_text(f"{TOKEN}\n{TOKEN}\n")
        (tmp_path / name / "y.py").write_text("password = 'otherpass99'\n")
    assert paths(tmp_path, "--baseline", "known.json", ".") == ["x.py", "y.py"]


def test_a_fingerprint_tells_a_secret_from_the_next(tmp_path):
    lay(tmp_path, {"x.py": "password = 'hunter2222'\n"})
    before = json.loads(scan(tmp_path, "--json", "."))["findings"][0]
    for name in COMMANDS:
        (tmp_path / name / "x.py").write_text("password = 'hunter3333'\n")
    after = json.loads(scan(tmp_path, "--json", "."))["findings"][0]
    assert before["masked"] == after["masked"]
    assert before["fingerprint"] != after["fingerprint"]


def test_sarif_has_what_its_schema_requires(tmp_path):
    pem = "-----BEGIN RSA PRIVATE KEY-----\n" + ("MIIEpAIBAAKCAQEA" * 4 + "\n") * 3 + "-----END RSA PRIVATE KEY-----\n"
    lay(tmp_path, {"a b/é:x.py": f"{TOKEN}\n{OTHER}", "c:d": TOKEN, "key.pem": "\n" + pem})
    out = scan(tmp_path, "--sarif", ".")
    assert TOKEN not in out and OTHER not in out and "MIIEpAIBAAKCAQEA" not in out
    log = json.loads(out)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "paritas" and re.fullmatch(r"\d+\.\d+\.\d+", driver["version"])
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted(set(rules))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] in (
            "error",
            "warning",
            "note",
        )
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
    assert all(item["executionSuccessful"] is True for item in run["invocations"])
    seen = set()
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        assert 1 <= region["startLine"] <= region["endLine"] and region["startColumn"] >= 1 and region["endColumn"] >= 1
        seen.add((place["artifactLocation"]["uri"], region["startLine"], region["endLine"], result["ruleId"]))
        assert re.fullmatch(r"[0-9a-f]{32}", result["partialFingerprints"]["paritasSecret/v1"])
    assert seen == {
        ("a%20b/%C3%A9%3Ax.py", 1, 1, "github_token"),
        ("a%20b/%C3%A9%3Ax.py", 2, 2, "aws_access_key"),
        ("./c%3Ad", 1, 1, "github_token"),
        ("key.pem", 2, 6, "private_key"),
    }
    assert scan(tmp_path, "--sarif", "--exclude", "*", ".", code=0)


def test_many_files_and_long_lines_take_their_time_and_no_more(tmp_path):
    draw = random.Random(1)
    files = {
        f"{draw.randrange(20)}/{number}.txt": f"{number}\n{TOKEN if number % 7 == 0 else ''}" for number in range(300)
    }
    lay(tmp_path, {**files, "long.txt": f"{TOKEN} " * 20000})
    found = json.loads(scan(tmp_path, "--json", "--threads", "3", "."))
    assert len(found["findings"]) == 20000 + 43
    assert len({item["fingerprint"] for item in found["findings"]}) == 20000 + 43


def test_what_cannot_be_used_is_named(tmp_path):
    lay(tmp_path, {"x.py": TOKEN, "no.json": "{}", "bad.json": "{"})
    for arguments, message in [
        (["nowhere"], "cannot read nowhere"),
        (["--fail-on", "some", "x.py"], "--fail-on must be low, medium, high or critical"),
        (
            ["--max-size", "10T", "x.py"],
            "--max-size must be a number of bytes, with K, M or G behind it or not, not 10T",
        ),
        (["--json", "--sarif", "x.py"], "--json and --sarif cannot both be"),
        (["--baseline", "gone", "x.py"], "cannot read gone"),
        (["--baseline", "bad.json", "x.py"], "bad.json is not JSON"),
        (["--baseline", "no.json", "x.py"], 'no.json is no baseline: it needs "fingerprints", a list of texts'),
        (["--write-baseline", "gone/x", "x.py"], "cannot write gone/x"),
        (["--min-confidence", "some", "x.py"], "min_confidence must be low, medium or high"),
        ([], "the following arguments are required: PATH"),
    ]:
        ours, theirs = refuse("scan", *arguments, apart=tmp_path)
        assert ours.startswith(f"paritas: {message}") and theirs.startswith(f"paritas: {message}"), (ours, theirs)


def test_a_missing_git_is_named(tmp_path, monkeypatch):
    lay(tmp_path, {"x.py": TOKEN})
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "node").symlink_to(shutil.which("node"))
    monkeypatch.setenv("PATH", str(programs))
    for said in refuse("scan", ".", apart=tmp_path):
        assert said == "paritas: git is needed to read .gitignore files: install it, or pass --no-gitignore\n"
    assert paths(tmp_path, "--no-gitignore", ".") == ["x.py"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_scanned(tmp_path):
    lay(tmp_path, {"b.py": TOKEN})
    unreadable = "/proc/self/mem"  # nothing lies at its beginning, for root either, who reads what chmod forbids
    for code, out, err in both("scan", "--json", unreadable, "b.py", apart=tmp_path):
        assert (code, err) == (2, b"paritas: cannot read /proc/self/mem\n")
        assert json.loads(out)["skipped"]["unreadable"] == 1 and len(json.loads(out)["findings"]) == 1
