"""`paritas repair` in Python and in Node: the same texts, reports, files and bytes."""

import json

from commands import COMMANDS, agree, refuse

BROKEN = "Sure: {'a': True, \"é😀\": [1, 2,], // x\n 'n': NaN}\n"
MENDED = '{"a": true, "é😀": [1, 2],\n "n": null}\n'


def repair(*arguments, code=0, **options):
    return agree("repair", *arguments, code=code, **options)


def lay(tmp_path, files):
    """The same files for both commands, each in a folder of its own."""
    for name in COMMANDS:
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_bytes(text.encode())


def test_standard_input_is_mended():
    assert repair(stdin=BROKEN.encode()) == MENDED
    assert repair("-", stdin=BROKEN.encode()) == MENDED


def test_valid_json_comes_back_byte_for_byte():
    for text in ('{ "a" : 1.50,\r\n "a": [ ] }\n', '"é"\n', " 1 \n"):
        assert repair(stdin=text.encode()) == text
    assert repair(stdin=b"[1]") == "[1]\n"
    assert repair(stdin=b"\xef\xbb\xbf[1]") == "[1]\n"


def test_a_report_says_what_was_changed_and_where():
    out = repair("--report", stdin=BROKEN.encode())
    assert out == repair("--json", stdin=BROKEN.encode())
    (item,) = json.loads(out)["files"]
    assert item["path"] == "-" and item["text"] + "\n" == MENDED and item["ok"] and item["changed"]
    assert item["change_count"] == len(item["changes"]) and not item["truncated"] and not item["depth_limited"]
    said = {BROKEN[change["start"] : change["end"]] for change in item["changes"] if change["kind"] == "literal"}
    assert "True" in said


def test_no_value_is_a_finding():
    assert repair(stdin=b"", code=1) == "null\n"
    assert repair("--extract", stdin=b"nothing here", code=1) == "\n"


def test_files_come_one_after_the_other(tmp_path):
    lay(tmp_path, {"a.json": "[1,]", "b.json": '{"b": 2}\n'})
    assert repair("a.json", "b.json", apart=tmp_path) == '[1]\n{"b": 2}\n'
    found = json.loads(repair("--json", "a.json", "b.json", apart=tmp_path))
    assert [(item["path"], item["changed"]) for item in found["files"]] == [("a.json", True), ("b.json", False)]


def test_values_of_a_text(tmp_path):
    text = "See [1]: 😀 {\"a\":\n 1} and ['b', 2] or {broken"
    assert repair("--extract", stdin=text.encode()) == '{"a":  1}\n["b", 2]\n'
    (item,) = json.loads(repair("--extract", "--json", stdin=text.encode()))["files"]
    assert [text[value["start"] : value["end"]] for value in item["values"]] == ['{"a":\n 1}', "['b', 2]"]
    assert [value["repaired"] for value in item["values"]] == [False, True]


def test_partial_and_coerce():
    assert repair("--partial", stdin=b'{"a": "hel') == '{"a": "hel"}\n'
    assert repair("--partial", stdin=b'{"a": 12') == "{}\n"
    assert repair("--coerce", stdin=b'{"a": "12", "b": "007", "c": "True"}') == '{"a": 12, "b": "007", "c": true}\n'


def test_in_place_writes_what_changes(tmp_path):
    lay(tmp_path, {"a.json": BROKEN, "b.json": "[ 1 ]\r\n", "empty.json": ""})
    out = repair("--in-place", "a.json", "b.json", "empty.json", apart=tmp_path, code=1)
    assert out.startswith("a.json: ") and out.endswith(" changes\n1 of 3 files changed\n")
    for name in COMMANDS:
        assert (tmp_path / name / "a.json").read_bytes().decode() == MENDED.removesuffix("\n")
        assert (tmp_path / name / "b.json").read_bytes() == b"[ 1 ]\r\n"
        assert (tmp_path / name / "empty.json").read_bytes() == b""


def test_what_cannot_be():
    for arguments in (("--extract", "--coerce"), ("--extract", "--partial"), ("--extract", "--in-place", "x.json")):
        assert set(refuse("repair", *arguments)) == {"paritas: --extract takes no --partial, --coerce and --in-place\n"}
    assert set(refuse("repair", "--in-place")) == {"paritas: --in-place needs files, not standard input\n"}
    assert set(refuse("repair", "no-such-file.json")) == {"paritas: cannot read no-such-file.json\n"}
    refuse("repair", "--unknown")


def test_ill_formed_bytes_are_replacement_characters():
    assert repair(stdin=b'{"a": "\xff"}') == '{"a": "\ufffd"}\n'
