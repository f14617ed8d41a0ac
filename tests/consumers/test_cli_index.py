"""`paritas index` in Python and in Node: the same bytes on standard output and in the files, and nothing lost."""

import errno
import io
import json
import os
import pty
import signal
import subprocess
import time

import paritas
import pytest
from commands import COMMANDS, ROOT, agree, refuse
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas.cli_records import csv_rows
from paritas.results import Document

FOLDERS = tuple(COMMANDS)
LINES = [
    {"id": 7, "title": "Fox", "text": "a red fox \ud800", "year": 1999, "tags": ["a", 1.0, None, True], "note": None},
    {"_id": "7", "text": "blue whale", "year": "2020.5", "lang": "en"},
    {"id": 8.0, "text": "", "title": None, "year": 2**60, "lang": "𝔸"},
    {"id": 7, "title": "Fox", "text": "a red fox again", "year": -0.0, "2": "b", "10": "c"},
]
SELECT = ["--text", "title", "--text", "text", "--metadata", "tags", "--metadata", "note", "--metadata", "lang"]
SELECT += ["--metadata", "10", "--metadata", "2", "--number", "year"]


def documents(path, lines=LINES):
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    return path


def made(tmp_path, *arguments, action="build", **options):
    """What both print about an index, which must be the same file in both folders."""
    out = agree("index", action, "out.index", *arguments, "--json", apart=tmp_path, **options)
    ours, theirs = ((tmp_path / name / "out.index").read_bytes() for name in FOLDERS)
    assert ours == theirs
    assert {path.name for path in (tmp_path / "node").iterdir()} == {"out.index"}
    return json.loads(out), paritas.BM25.from_bytes(ours)


def test_jsonl_with_chosen_fields_gives_one_file_from_both(tmp_path):
    result, index = made(tmp_path, documents(tmp_path / "d.jsonl"), *SELECT)
    size = (tmp_path / "node" / "out.index").stat().st_size
    assert result == {"added": 3, "replaced": 1, "documents": 3, "bytes": size}
    assert index.ids() == ["7", 8, 7]
    assert index.get("7") == Document("7", 2, "blue whale", {"lang": "en", "year": 2020.5})
    assert index.get(8).metadata == {"lang": "𝔸", "year": float(2**60)}
    assert index.get(7).text == "Fox a red fox again"
    assert list(index.get(7).metadata.items()) == [("2", "b"), ("10", "c"), ("year", 0)]


def test_options_of_the_index_reach_it(tmp_path):
    words = tmp_path / "words"
    words.write_text(" the \r\n\nRED\n")
    line = [{"id": 1, "text": "the red Foxes naïve"}]
    options = ["--stemmer", "none", "--stopwords", words, "--variant", "okapi", "--k1", "2", "--b", "0", "--delta", "1"]
    _, index = made(tmp_path, documents(tmp_path / "d.jsonl", line), *options, "--keep-accents", "--no-text")
    expected = paritas.BM25(
        2.0, 0.0, 1.0, "okapi", stemmer="none", stopwords=["the", "RED"], fold_accents=False, store_text=False
    )
    expected.add_document(1, "the red Foxes naïve")
    assert index.to_bytes() == expected.to_bytes() and index.get(1).text is None
    _, index = made(tmp_path, tmp_path / "d.jsonl", "--stopwords", "english", "--cjk", "run")
    other = paritas.BM25(stopwords="english", cjk="run", store_text=True)
    other.add_document(1, "the red Foxes naïve")
    assert index.to_bytes() == other.to_bytes()


def test_csv_and_tsv(tmp_path):
    text = '\ufeffid,title,text,year\r\n1,"a ""quoted"", fox","two\nlines",1999\n\n2,,whale\r3,x,"",\n'
    (tmp_path / "d.csv").write_bytes(text.encode())
    (tmp_path / "d.tsv").write_text("_id\tbody\n1\tred, fox\n")
    fields = ["--text", "title", "--text", "text", "--number", "year", "--metadata", "title"]
    result, index = made(tmp_path, tmp_path / "d.csv", *fields)
    assert result["added"] == 3 and index.ids() == ["1", "2", "3"]
    assert index.get("1").text == 'a "quoted", fox two\nlines'
    assert index.get("1").metadata == {"title": 'a "quoted", fox', "year": 1999}
    assert index.get("2").metadata is None and index.get("2").text == " whale"
    result, index = made(tmp_path, tmp_path / "d.tsv", "--text", "body", action="add")
    assert result == {"added": 0, "replaced": 1, "documents": 3, "bytes": result["bytes"]}
    assert index.get("1").text == "red, fox" and index.ids() == ["2", "3", "1"]


def test_folders_files_lines_and_standard_input(tmp_path):
    folder = tmp_path / "texts"
    (folder / "ä" / "deep").mkdir(parents=True)
    for name, text in {
        "b.txt": "red fox\n\nblue",
        "ä/c.md": "\ufeffred whale",
        "ä/deep/d.txt": "",
        "e.rst": "no",
    }.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "loop").symlink_to(folder)
    (folder / "link.md").symlink_to(folder / "b.txt")
    _, index = made(tmp_path, folder)
    assert index.ids() == ["b.txt", "link.md", "ä/c.md", "ä/deep/d.txt"]
    assert index.get("ä/c.md").text == "red whale" and index.get("b.txt").text == "red fox\n\nblue"
    _, index = made(tmp_path, folder, "--format", "lines")
    assert index.ids() == ["b.txt:1", "b.txt:3", "link.md:1", "link.md:3", "ä/c.md:1"]
    _, index = made(tmp_path, folder / "b.txt")
    assert index.ids() == ["b.txt"]
    _, index = made(tmp_path, folder / "b.txt", "--format", "lines")
    assert index.ids() == [1, 3]
    result, index = made(
        tmp_path, folder / "b.txt", "--id", "n", "-", stdin=b'{"n": 1, "text": "\xff x"}', action="add"
    )
    assert result["added"] == result["replaced"] == 1 and index.get(1).text == "\ufffd x"


def test_pieces_of_a_large_file_join(tmp_path):
    """Lines, rows and characters that stand across the borders of what is read at once."""
    body = "薬は安全です 𝔸 " * 3_000
    lines = [{"id": at, "text": f"{at} {body[at:]}"} for at in range(60)]
    with open(tmp_path / "d.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\r\n" for line in lines)
    with open(tmp_path / "d.csv", "w", encoding="utf-8", newline="") as file:
        file.write("id,text\r\n")
        file.writelines(f'{line["id"]},"{line["text"]}\r\n"""\r\n' for line in lines)
    result, index = made(tmp_path, tmp_path / "d.jsonl")
    assert result["documents"] == 60 and index.get(59).text == lines[59]["text"]
    result, index = made(tmp_path, tmp_path / "d.csv")
    assert result["documents"] == 60 and index.get("59").text == lines[59]["text"] + '\r\n"'


SCALARS = st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
SCALARS |= st.integers(-(2**70), 2**70)
RECORDS = st.fixed_dictionaries(
    {"id": st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=3), "text": st.text(max_size=20)},
    optional={"m": SCALARS | st.lists(SCALARS, max_size=3), "n": st.integers() | st.floats(-1e300, 1e300)},
)


@settings(max_examples=2, deadline=None, database=None)
@given(st.lists(RECORDS, min_size=200, max_size=200))
def test_any_json_gives_one_file_from_both(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("any")
    path = documents(folder / "d.jsonl", records)
    _, index = made(folder, path, "--metadata", "m", "--number", "n")
    assert index.count() == len({record["id"] for record in records})


def test_search_prints_what_the_index_finds(tmp_path):
    _, index = made(tmp_path, documents(tmp_path / "d.jsonl"), *SELECT)
    for folder in FOLDERS:
        path = tmp_path / folder / "out.index"
        found = json.loads(agree("index", "search", path, "--json", "--explain", "-k", "1", "red again whale"))
        (key, score), *_ = index.query("red again whale")
        hit = found["hits"][0]
        assert (hit["id"], hit["score"], found["documents"]) == (key, score, 3)
        assert hit["text"] == index.get(key).text and hit["metadata"] == index.get(key).metadata
        explanation = index.explain("red again whale", key)
        assert hit["explanation"]["terms"] == [term._asdict() for term in explanation.terms]
        lines = agree("index", "search", path, "red again whale", "--explain").splitlines()
        assert lines[0].endswith("  7  Fox a red fox again") and lines[-1] == "2 of 3 documents"
        assert sum(" times here, in " in line for line in lines) == 3
        assert agree("index", "search", path, "nothing", code=1) == "0 of 3 documents\n"
        assert agree("index", "search", path, "red", "--min-score", "100", code=1) == "0 of 3 documents\n"
        facts = json.loads(agree("index", "info", path, "--json"))
        assert facts["documents"] == 3 and facts["bytes"] == path.stat().st_size
        assert facts["postings"] == index.stats().postings
        assert f"{facts['bytes']} bytes" in agree("index", "info", path)


def test_search_filters_and_marks(tmp_path):
    lines = [
        {"id": 1, "text": "𝔸 the Foxes, fox-like", "year": 2019, "tags": ["a"]},
        {"id": 2, "text": "far " * 40 + "a fox " + "away " * 40, "year": 2020, "tags": ["a", "b"]},
        {"id": 3, "text": "no fox here", "year": 2.0**60},
    ]
    made(tmp_path, documents(tmp_path / "d.jsonl", lines), "--metadata", "year", "--metadata", "tags")
    path = tmp_path / "node" / "out.index"
    for chosen, ids in (
        ('{"year": {"$gte": 2020}}', {2, 3}),
        ('{"year": 1152921504606846976}', {3}),
        ('{"tags": {"$contains": "a"}, "year": 2019.0}', {1}),
        ('{"$or": [{"tags": {"$exists": false}}, {"year": {"$lt": 2020}}]}', {1, 3}),
        ("{}", {1, 2, 3}),
    ):
        found = json.loads(agree("index", "search", path, "fox", "--filter", chosen, "--json"))
        assert {hit["id"] for hit in found["hits"]} == ids, chosen
    agree("index", "search", path, "fox", "--filter", '{"year": 1}', code=1)
    found = json.loads(agree("index", "search", path, "fox", "--highlight", "--json"))
    for hit in found["hits"]:
        marks = [hit["text"][span["start"] : span["end"]] for span in hit["spans"]]
        assert marks == (["Foxes", "fox"] if hit["id"] == 1 else ["fox"])
    out = agree("index", "search", path, "fox", "--highlight")
    assert "  𝔸 the [Foxes], [fox]-like\n" in out and "  no [fox] here\n" in out
    piece = out.splitlines()[2].split("  2  ")[1]
    assert len(piece) == 100 + len("\u2026[]\u2026") and piece.strip("\u2026") in lines[1]["text"].replace(
        "fox", "[fox]"
    )


def test_search_shows_no_control_characters(tmp_path):
    lines = [{"id": "\x1b[31m\u2028", "text": "red \x00\x1b fox"}]
    made(tmp_path, documents(tmp_path / "d.jsonl", lines))
    out = agree("index", "search", tmp_path / "node" / "out.index", "red", "--explain")
    assert not set(out) & set("\x00\x1b\u2028")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("d.jsonl", '{"id": 1, "text": "a"}\n\n{"text": "a"}', 'd.jsonl:3 needs "id", a text or a whole number'),
        ("d.jsonl", '{"id": true, "text": "a"}', 'd.jsonl:1 needs "id", a text or a whole number'),
        ("d.jsonl", '{"id": 9007199254740992, "text": "a"}', 'd.jsonl:1 needs "id", a text or a whole number'),
        ("d.jsonl", '{"id": 1, "text": 1}', 'd.jsonl:1 needs "text", a text'),
        ("d.jsonl", '{"id": 1}', 'd.jsonl:1 needs "text", a text'),
        ("d.jsonl", "[]", "d.jsonl:1 is no JSON object"),
        ("d.jsonl", "{", "d.jsonl:1 is not JSON"),
        ("d.jsonl", '{"id": 1, "text": "", "m": {}}', 'd.jsonl:1 has "m", which must be a text, number, truth value'),
        ("d.jsonl", '{"id": 1, "text": "", "m": [[]]}', 'd.jsonl:1 has "m", which must be a text, number, truth value'),
        ("d.jsonl", '{"id": 1, "text": "", "m": 1, "n": "x"}', 'd.jsonl:1 has "n", which must be a number'),
        ("d.jsonl", '{"id": 1, "text": "", "m": 1, "n": true}', 'd.jsonl:1 has "n", which must be a number'),
        ("d.csv", "a,text,m,n\n1,b", 'd.csv has no column "id": name another one with --id'),
        ("d.csv", "id,m,n\n1,b", 'd.csv has no column "text": name another one with --text'),
        ("d.csv", "id,text,m\n1,b", 'd.csv has no column "n": name another one with --number'),
        ("d.csv", "id,text,m,m,n\n1,b", 'd.csv has more than one column "m": name another one with --metadata'),
        ("d.csv", 'id,text,m,n\n1,"b\n\n', "d.csv:3 has a field whose quotes do not end"),
        ("d.csv", 'id,text,m,n\n1,"b"c\n', "d.csv:2 has a field whose quotes do not end"),
        ("d.csv", "id,text,m,n\n1,b,,,\n", "d.csv:2 has 5 cells under 4 columns"),
        ("d.csv", "id,text,m,n\n,b\n", 'd.csv:2 needs "id", a text or a whole number'),
        ("d.csv", "id,text,m,n\n1,b,,1e\n", 'd.csv:2 has "n", which must be a number'),
    ],
)
def test_what_is_wrong_with_a_record_is_named_with_its_place(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    messages = refuse(
        "index", "build", "out.index", tmp_path / name, "--metadata", "m", "--number", "n", apart=tmp_path
    )
    assert messages[0] == messages[1] and message in messages[0]
    assert all(list((tmp_path / folder).iterdir()) == [] for folder in FOLDERS)


def test_what_cannot_be_used_is_refused(tmp_path):
    path = documents(tmp_path / "d.jsonl")
    built = ["index", "build", tmp_path / "i"]
    for line in (
        ["index"],
        ["index", "nonsense"],
        ["index", "__proto__"],
        ["index", "build", path],
        [*built, path, "--format", "xml"],
        [*built, path, "--unknown"],
        [*built, path, "--k1", "x"],
        [*built, path, "--k1=-1"],
        [*built, path, "--stemmer", "french"],
        [*built, path, "--stopwords", tmp_path / "missing"],
        [*built, path, "--on-duplicate", "error"],
        [*built, tmp_path / "missing.jsonl"],
        [*built, tmp_path, "--format", "csv"],
        [*built, "-", "-"],
        ["index", "build", tmp_path, path],
        ["index", "build", path, path],
        ["index", "build", tmp_path / "missing" / "i", path],
        ["index", "add", tmp_path / "i", path],
        ["index", "add", path, path],
        ["index", "search", tmp_path / "i", "query"],
        ["index", "search", path, "query"],
        ["index", "info", tmp_path],
    ):
        refuse(*line)
    assert [entry.name for entry in tmp_path.iterdir()] == ["d.jsonl"]
    assert path.read_text().count("\n") == 5


def test_a_file_that_is_no_index_is_never_written_over(tmp_path):
    path = documents(tmp_path / "d.jsonl")
    messages = refuse("index", "build", path, path)
    assert messages[0] == messages[1] and "is there and is no index" in messages[0]
    made(tmp_path, path)
    made(tmp_path, path)  # an index may be built again


def test_a_file_with_a_flipped_byte_is_refused_or_the_same(tmp_path):
    made(tmp_path, documents(tmp_path / "d.jsonl"))
    data = (tmp_path / "node" / "out.index").read_bytes()
    damaged = tmp_path / "damaged"
    for at in (0, 4, 20, len(data) // 2, len(data) - 1):
        damaged.write_bytes(data[:at])
        refuse("index", "info", damaged)
    damaged.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    refuse("index", "search", damaged, "red")


def test_an_error_while_saving_leaves_the_old_file(tmp_path):
    """A limit on the size of files stands for the full disk: Linux tells the process as it does there."""
    made(tmp_path, documents(tmp_path / "d.jsonl"))
    big = documents(tmp_path / "big.jsonl", [{"id": at, "text": f"word{at} " * 50} for at in range(2_000)])
    for name, command in COMMANDS.items():
        index = tmp_path / name / "out.index"
        before = index.read_bytes()
        line = [
            "sh",
            "-c",
            'ulimit -f 16; trap "" XFSZ; exec "$@"',
            "sh",
            *command,
            "index",
            "add",
            str(index),
            str(big),
        ]
        result = subprocess.run(line, capture_output=True, cwd=ROOT)
        assert result.returncode == 2, result.stderr.decode()
        assert result.stderr.decode() == f"paritas: cannot write {index}\n"
        assert index.read_bytes() == before
        assert [path.name for path in index.parent.iterdir()] == ["out.index"]


def terminal(command):
    """The exit code of a command on a terminal, and all that it wrote there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT)
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 65_536):
            seen += piece
    except OSError as error:
        assert error.errno == errno.EIO  # Linux: the other end is closed
    os.close(ours)
    return process.wait(), seen


@pytest.mark.parametrize("name", FOLDERS)
def test_progress_shows_on_a_terminal_and_an_interrupt_leaves_the_old_file(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    index = folder / "out.index"
    small = documents(tmp_path / "small.jsonl", [{"id": at, "text": f"word{at}"} for at in range(3_000)])
    code, seen = terminal([*COMMANDS[name], "index", "build", str(index), str(small)])
    assert code == 0 and b"paritas: [" in seen and b" documents" in seen
    assert seen.endswith(b"in " + bytes(index) + b"\r\n") and b"\r\x1b[K3000 added" in seen
    before = index.read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)  # never ends: the command reads on until it is interrupted
    os.set_blocking(writer, False)
    line = [*COMMANDS[name], "index", "add", str(index), str(pipe), "--format", "jsonl"]
    written = small.read_bytes()[:60_000]
    os.write(writer, written)
    start = time.monotonic()
    process = subprocess.Popen(line, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    while time.monotonic() - start < 2.0 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    os.close(writer)
    assert process.returncode in (130, -signal.SIGINT) and out == err == b""
    assert index.read_bytes() == before and [path.name for path in folder.iterdir()] == ["out.index"]


def test_rows_of_csv_are_read_alike(tmp_path):
    """csv.reader(strict=True) on one side, our reader in pieces of every size on the other."""

    @settings(max_examples=400, deadline=None, database=None)
    @given(st.text(alphabet='ab,"\r\n\t é', max_size=24))
    def collect(text):
        texts.append(text)

    texts = ["", '"', '""', '"""', 'a"b', '"a\r\n\r"\n', ",", "\n\n,\n", '"a"\r', '"\n\n\n', '"\r', '"\r\n', '"a"b\n']
    collect()
    script = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ csvRows, QuoteError }} from "{(ROOT / "dist" / "cli_csv.js").as_uri()}";
      const cut = (text, size) => text.match(new RegExp(`[^]{{1,${{size}}}}`, "g")) ?? [];
      const rows = (pieces) => {{
        const out = [];
        try {{
          for (const {{ cells, line }} of csvRows(pieces, ",")) out.push([cells, line]);
        }} catch (error) {{
          if (!(error instanceof QuoteError)) throw error;
          out.push([null, error.line]);
        }}
        return out;
      }};
      const texts = JSON.parse(readFileSync(0, "utf8"));
      console.log(JSON.stringify(texts.map((text) => [1, 2, 3, 100].map((size) => rows(cut(text, size))))));
    """
    line = ["node", "--input-type=module", "-e", script]
    found = json.loads(subprocess.run(line, input=json.dumps(texts).encode(), capture_output=True, check=True).stdout)
    for text, sizes in zip(texts, found, strict=True):
        expected = [list(row) for row in csv_rows(io.StringIO(text, newline="\n"), ",")]
        assert sizes == [expected] * 4, repr(text)
