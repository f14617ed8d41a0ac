"""`paritas dedup` in Python and in Node: the same blocks, documents and bytes."""

import json

from commands import COMMANDS, agree, refuse

P = "This is a paragraph that is surely long enough to count here."
A = "the quick brown fox jumps over the lazy dog near the river bank"
B = A.replace("bank", "shore")


def lay(tmp_path, files):
    """The same files for both commands, each in a folder of its own."""
    for name in COMMANDS:
        for file, text in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def dedup(tmp_path, *arguments, code=1, **options):
    return agree("dedup", *arguments, code=code, apart=tmp_path, **options)


def written(tmp_path, name):
    texts = {(tmp_path / command / name).read_bytes() for command in COMMANDS}
    assert len(texts) == 1
    return texts.pop().decode()


def test_blocks_of_files(tmp_path):
    lay(tmp_path, {"a.md": f"# é𝔸\r\n\r\n{P}\r\n\r\nx\r\n\r\n{P.upper()}\r\n", "b/c.txt": f"{P}\n", "d.bin": b"\0"})
    assert dedup(tmp_path, ".").split("\n") == [
        f"a.md:7  repeats line 3  {P.upper()}",
        "1 duplicates of 5 blocks, in 1 of 2 files",
        "",
    ]
    found = json.loads(dedup(tmp_path, "--json", "."))
    assert found["duplicates"][0]["first_line"] == 3 and found["skipped"]["binary"] == 1
    assert dedup(tmp_path, "b", code=0) == "0 duplicates of 1 blocks, in 0 of 1 files\n"


def test_what_stays_of_a_file(tmp_path):
    lay(tmp_path, {"a.md": f"{P}\n\n{P}.\n\nend"})
    dedup(tmp_path, "a.md", "--output", "out.md", code=0)
    assert written(tmp_path, "out.md") == f"{P}\n\nend"
    dedup(tmp_path, "-", "--output", "two.md", code=0, stdin=f"a\n\nA\n\nb {P}".encode())
    assert written(tmp_path, "two.md") == f"a\n\nA\n\nb {P}"
    dedup(tmp_path, "-", "--min-block-length", "1", "--output", "two.md", code=0, stdin=b"a\n\nA\n\nb")
    assert written(tmp_path, "two.md") == "a\n\nb"


def test_equal_records(tmp_path):
    records = [{"t": "One  two."}, {"t": "three"}, {"t": "one two", "n": 1}]
    lay(tmp_path, {"a.jsonl": "\n".join(map(json.dumps, records)) + "\n\n"})
    out = dedup(tmp_path, "a.jsonl", "--field", "t", "--output", "kept.jsonl", code=0)
    assert out == "a.jsonl:3  1  like a.jsonl:1\n1 duplicates of 3 documents, 2 stay\n"
    assert [json.loads(line) for line in written(tmp_path, "kept.jsonl").splitlines()] == records[:2]


def test_near_records_and_files(tmp_path):
    texts = [A, "something else altogether, of other words", B, "", "."]
    lay(tmp_path, {"a.jsonl": "".join(json.dumps({"text": text}) + "\r\n" for text in texts)})
    found = json.loads(dedup(tmp_path, "a.jsonl", "--near", "--json"))
    assert found["duplicates"] == [
        {"id": "a.jsonl:3", "first": "a.jsonl:1", "similarity": 0.8203125},
        {"id": "a.jsonl:5", "first": "a.jsonl:4", "similarity": 1},
    ]
    assert found["documents"] == 5 and found["kept"] == 3
    lay(tmp_path, {"f/a.txt": A, "f/b.txt": B, "f/c.txt": "none of it is alike"})
    out = dedup(tmp_path, "f", "--near", "--threshold", "0.7", "--output", "kept", code=0)
    assert out.startswith("f/b.txt  0.8203125  like f/a.txt\n")
    assert written(tmp_path, "kept") == "f/a.txt\nf/c.txt\n"
    assert "like" in dedup(tmp_path, "f", "--near", "--method", "simhash", "--threshold", "0.85", "-k", "3")


def test_refusals(tmp_path):
    lay(tmp_path, {"a.md": P, "b.md": P, "a.jsonl": '{"text": 1}\n', "b.jsonl": "{\n"})
    for arguments, message in [
        (["a.md", "--threshold", "0.5"], "need --near"),
        (["a.md", "a.jsonl"], "looked at apart"),
        (["a.md", "b.md", "--output", "x"], "one file, not 2"),
        (["a.jsonl"], 'a.jsonl:1 needs "text", a text'),
        (["b.jsonl"], "b.jsonl:1 is not JSON"),
        (["a.md", "--near", "--threshold", "2"], "threshold must be from 0 to 1"),
        (["a.md", "--near", "--method", "md5"], 'method must be "minhash" or "simhash"'),
        (["a.md", "--min-block-length=-1"], "min_block_length must be at least 0, not -1"),
        (["a.md", "--output", "no/such/folder"], "cannot write no/such/folder"),
        (["missing"], "cannot read missing"),
    ]:
        python, node = refuse("dedup", *arguments, apart=tmp_path)
        assert message in python and python == node
