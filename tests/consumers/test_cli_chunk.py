"""`paritas chunk` in Python and in Node: the same files, chunks and bytes."""

import json

import pytest
from commands import COMMANDS, agree, refuse

MARKDOWN = "# Guide 𝔸\r\n\r\nIntro text. It has two sentences.\r\n\r\n## Install\n\n```sh\npip install x\n```\n"
CODE = "import os\n\n\ndef f(x):\n    return '{'\n\n\nclass A:\n    pass\n"


def lay(tmp_path, files):
    for name in COMMANDS:
        for file, text in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def records(tmp_path, *arguments, code=0):
    out = agree("chunk", *arguments, code=code, apart=tmp_path)
    return [json.loads(line) for line in out.splitlines() if line]


def test_each_file_is_cut_by_its_type(tmp_path):
    lay(tmp_path, {"a.md": MARKDOWN, "src/b.py": CODE, "c.txt": "One two. Three four. Five.", "Makefile": "a:\n\tb\n"})
    found = records(tmp_path, ".", "--size", "40")
    assert [(item["path"], item["kind"], item["headings"], item["text"]) for item in found] == [
        ("Makefile", "code", [], "a:\n\tb"),
        ("a.md", "text", [], "# Guide 𝔸\r\n\r\nIntro text."),
        ("a.md", "text", ["Guide 𝔸"], "It has two sentences."),
        ("a.md", "code", ["Guide 𝔸"], "## Install\n\n```sh\npip install x\n```"),
        ("c.txt", "text", [], "One two. Three four. Five."),
        ("src/b.py", "code", [], "import os\n\n\ndef f(x):\n    return '{'"),
        ("src/b.py", "code", [], "class A:\n    pass"),
    ]
    for item in found:
        text = (tmp_path / "python" / item["path"]).read_bytes().decode()
        assert text[item["start"] : item["end"]] == item["text"]
        assert text.count("\n", 0, item["start"]) + 1 == item["start_line"]
    assert len({item["id"] for item in found}) == len(found)


@pytest.mark.parametrize(
    "strategy", ["recursive", "character", "sentence", "paragraph", "token", "markdown", "code", "hierarchical"]
)
@pytest.mark.parametrize("length", ["chars", "bytes", "utf16", "words", "graphemes", "tokens"])
def test_every_strategy_and_unit(tmp_path, strategy, length):
    lay(tmp_path, {"a.md": MARKDOWN + "\n日本語のテキスト。👩‍👩‍👧\n" * 3})
    found = records(tmp_path, "a.md", "--strategy", strategy, "--length", length, "--size", "12", "--overlap", "3")
    assert found and all(item["length"] <= 12 or len(item["text"]) == 1 for item in found)


def test_standard_input_plain_and_json(tmp_path):
    text = "One two. Three four.\n\nFive.\n"
    plain = agree("chunk", "-", "--plain", "--size", "12", stdin=text.encode())
    assert plain.split("\n") == [
        "== -:1-1  text  8",
        "One two.",
        "",
        "== -:1-1  text  11",
        "Three four.",
        "",
        "== -:3-3  text  5",
        "Five.",
        "",
        "",
    ]
    whole = json.loads(agree("chunk", "-", "--json", stdin=text.encode()))
    assert (whole["files"], [item["text"] for item in whole["chunks"]]) == (1, [text.strip()])


def test_ill_formed_and_binary_files(tmp_path):
    lay(tmp_path, {"a.txt": b"\xef\xbb\xbfa \xff b.", "b.txt": b"a\0b", "c.txt": "x" * 3000, "d.txt": ""})
    found = records(tmp_path, ".", "--max-size", "2K")
    assert [(item["path"], item["text"]) for item in found] == [("a.txt", "a \ufffd b.")]


def test_gitignore_is_read(tmp_path):
    lay(tmp_path, {".gitignore": "no.txt\n", "no.txt": "No.", "yes.txt": "Yes.", "out.txt": "Out."})
    assert [item["path"] for item in records(tmp_path, ".", "--exclude", "out.txt", "--exclude", ".*")] == ["yes.txt"]
    assert len(records(tmp_path, ".", "--no-gitignore")) == 4


def test_no_chunk_is_exit_code_1(tmp_path):
    lay(tmp_path, {"a.txt": " \n"})
    assert agree("chunk", "a.txt", code=1, apart=tmp_path) == "\n"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nowhere.txt",),
        ("-", "--strategy", "magic"),
        ("-", "--length", "lines"),
        ("-", "--size", "0"),
        ("-", "--size", "x"),
        ("-", "--size", "5", "--overlap", "5"),
        ("-", "--max-size", "x"),
    ],
)
def test_what_is_unusable(arguments):
    messages = refuse("chunk", *arguments)
    if arguments and arguments[-1] != "x":
        assert messages[0] == messages[1]
