"""Both commands, `paritas` (Python) and `npx paritas` (Node): the same bytes, the same exit codes, no traceback."""

import json
import math
import subprocess

import paritas
import pytest
from commands import COMMANDS, ROOT, agree, both, refuse
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas.cli_output import json_text, number_text

DEMO = ROOT / "demo"
HOSTILE = (
    "Ça costs 5 €\u2028 in \x1b[31mred\x00. 薬は安全です。𝔸𝕓 Bob isn’t in Paris\r\n\r\n- Nō \ufeff 🇫🇷 5 kg! \u0301x"
)


JOBS = {
    "verify": (["verify", "--response", "demo/answer.txt", "--source", "demo/source.txt"], 1),
    "signals": (["signals", "--response", "demo/answer.txt", "--source", "demo/source.txt"], 1),
    "search": (["search", "--documents", "demo/documents.jsonl", "-k", "3", "trial by jury"], 0),
    "ocr": (["ocr", "demo/form.json", "--memory", "512", "--item-memory", "2.5", "--regime", "support"], 1),
    "selfcheck": (["selfcheck", "--cases", "1000"], 0),
}


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("job", JOBS)
def test_the_demo_prints_the_same_bytes(job, form):
    arguments, code = JOBS[job]
    out = agree(*arguments, *form, code=code)
    assert out.endswith("\n")
    if form:
        assert json.loads(out)


def test_verify_says_what_is_wrong_with_the_answer():
    arguments, code = JOBS["verify"]
    document = json.loads(agree(*arguments, "--json", code=code))
    answer, source = (DEMO / "answer.txt").read_text("utf-8"), (DEMO / "source.txt").read_text("utf-8")
    result = paritas.verify(answer, source).to_dict()
    assert json.loads(json_text(result)) == document
    assert not document["approved"]
    assert [claim["verdict"] for claim in document["claims"]][:3] == ["supported", "contradicted", "contradicted"]
    lines = agree(*arguments, code=code)
    assert '   ! The claim says "8 years", the source says "six Years".' in lines.splitlines()
    assert "\x1b" not in lines


def test_verify_colors_what_the_reasons_point_at():
    lines = agree(*JOBS["verify"][0], "--color", "always", code=1)
    assert "They are chosen for \x1b[1;31m8 years\x1b[0m." in lines


@pytest.mark.parametrize(("least", "code"), [("0.01", 0), ("0.5", 1), ("1", 1), ("0", 0)])
def test_verify_fails_under_a_score(least, code):
    agree(*JOBS["verify"][0], "--fail-under", least, code=code)


def test_verify_reads_several_sources_and_standard_input(tmp_path):
    (tmp_path / "a.txt").write_text("𝔸 The plan costs $49 per month.", "utf-8")
    (tmp_path / "b.txt").write_text("Refunds are accepted within 30 days.", "utf-8")
    sources = ["--source", str(tmp_path / "a.txt"), "--source", str(tmp_path / "b.txt")]
    answer = "Refunds are accepted within 30 days. 𝔸 The plan costs $99 per month.".encode()
    arguments = ["verify", "--response", "-", *sources]
    assert f"   {tmp_path / 'b.txt'}: Refunds are" in agree(*arguments, stdin=answer, code=1)
    document = json.loads(agree(*arguments, "--json", "--atomic", stdin=answer, code=1))
    assert [claim["passage"] for claim in document["claims"]] == [1, 0]
    assert document["reasons"][0]["source_span"] == [17, 30]
    hostile = ["verify", "--response", "-", "--source", str(tmp_path / "a.txt"), "--json"]
    assert json.loads(agree(*hostile, stdin=HOSTILE.encode(), code=1))["claims"]
    assert json.loads(agree(*hostile, stdin=b"", code=1))["status"] == "no_claims"


@pytest.mark.parametrize(
    "more", [["--fail-under", "1.5"], ["--fail-under", "nan"], ["--color", "red"], ["--source", "-", "--source", "-"]]
)
def test_verify_refuses(more):
    refuse(*JOBS["verify"][0], *more)


def test_signals_finds_what_is_wrong_with_the_answer():
    document = json.loads(agree(*JOBS["signals"][0], "--json", code=1))
    answer, source = (DEMO / "answer.txt").read_text("utf-8"), (DEMO / "source.txt").read_text("utf-8")
    assert [item["finding"] for item in document["sentences"]] == [False, True, True, False, True]
    for item in document["sentences"]:
        assert answer[item["start"] : item["end"]] == item["text"]
        found = paritas.signals(item["text"], source)
        assert item["traceability"] == found.traceability and item["entity_overlap"] == found.entity_overlap
        for match in item["numbers"]:
            assert answer[match["claim"]["start"] : match["claim"]["end"]] == match["claim"]["text"]
            if match["source"]:
                assert source[match["source"]["start"] : match["source"]["end"]] == match["source"]["text"]


def test_signals_without_findings_ends_with_0(tmp_path):
    (tmp_path / "a").write_text("Bob lives in Paris.")
    assert "1 sentences, 0 with findings" in agree("signals", "--response", tmp_path / "a", "--source", tmp_path / "a")


def test_standard_input_and_hostile_text(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(HOSTILE.encode() + b"\xff\xe2\x82 Zurich \xf0\x9f")
    text = agree("signals", "--response", "-", "--source", source, stdin=HOSTILE.replace("5", "7").encode(), code=1)
    assert not set(text) & set("\x00\x1b\u2028")
    for form in ([], ["--json"]):
        agree("signals", "--response", "-", "--source", source, *form, stdin=b"", code=0)
        agree("signals", "--response", source, "--source", "-", *form, stdin=HOSTILE.encode(), code=1)
        agree("search", "--documents", "-", "Zurich", *form, stdin=source.read_bytes(), code=0)


def test_search_reads_lines_folders_and_json(tmp_path):
    for name, text in {"b.txt": "red fox\r\n\r\n \t\nblue whale", "ä.txt": "red whale\n", "c.md": "red"}.items():
        (tmp_path / name).write_bytes(text.encode())
    lines = [
        {"id": 7, "text": "red \ud800 fox"},
        {"_id": "7", "text": "red"},
        {"id": 7.0, "text": "red again"},
        {"id": "\U0001d538", "text": "\U0001d538 red"},
    ]
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    hits = json.loads(agree("search", "--documents", tmp_path, "red", "--json"))["hits"]
    assert {hit["id"] for hit in hits} == {"b.txt:1", "ä.txt:1"}
    found = json.loads(agree("search", "--documents", tmp_path / "d.jsonl", "red", "--json"))
    assert {hit["id"] for hit in found["hits"]} == {7, "7", "\U0001d538"} and found["documents"] == 3
    assert agree("search", "--documents", tmp_path / "d.jsonl", "nothing", code=1) == "0 of 3 documents\n"
    assert agree("search", "--documents", tmp_path / "b.txt", "-k", "1", "whale").endswith("1 of 2 documents\n")


def test_search_with_a_query_in_another_script(tmp_path):
    (tmp_path / "a").write_text("薬は安全です。\n𝔸 café", "utf-8")
    assert len(json.loads(agree("search", "--documents", tmp_path / "a", "cafe\u0301 薬は", "--json"))["hits"]) == 2


def test_ocr_counts_fields_or_takes_their_number():
    assert json.loads(agree("ocr", "--fields", "100", "--json"))["multiplier"] == 0.86738729601535292
    for count in ("0", "1", "-5", "999999999999999"):
        agree("ocr", f"--fields={count}", "--memory", "1e3", "--json")


def test_ocr_scores_a_form_of_names_and_confidences(tmp_path):
    form = tmp_path / "form.json"
    form.write_text('[{"name": "a", "value": "x", "confidence": 0.97}, {"name": "b", "value": ""}]')
    scored = json.loads(agree("ocr", form, "--json"))
    assert scored["scored"][0]["scored"] == 0.97 * paritas.confidence_multiplier(scored["fields"])
    assert scored["scored"][-1] == {"field": "b", "confidence": None, "scored": None}
    assert "report" not in scored
    assert f"a: 0.97 -> {number_text(scored['scored'][0]['scored'])}" in agree("ocr", form)


def test_ocr_says_how_far_a_form_can_be_trusted_and_why():
    form = json.loads((DEMO / "form.json").read_text("utf-8"))
    report = json.loads(agree("ocr", "demo/form.json", "--json", code=1))["report"]
    assert json.loads(json_text(paritas.field_confidence(form).summary._asdict())) == report["summary"]
    assert report["summary"]["review"] == ["tax", "street", "due"] and report["summary"]["missing"] == 1
    out = agree("ocr", "demo/form.json", code=1)
    assert (
        "! tax: evidence " in out and 'amount_form: It has not the form of an amount. "228.86" would be right.' in out
    )
    assert "date_calendar: There is no such day in the calendar." in out and "  remarks: missing\n" in out
    agree("ocr", "demo/form.json", "--review-below", "0.01", code=0)
    assert json.loads(agree("ocr", "demo/form.json", "--review-below", "1", "--json", code=1))["report"] != report


def test_ocr_takes_the_confidence_of_fields_where_no_words_are_given(tmp_path):
    form = tmp_path / "form.json"
    form.write_text(
        '[{"name": "\\ud800", "text": "03/04/2024", "type": "date", "confidence": 0.5}, {"name": "b", "type": "iban"}]'
    )
    found = json.loads(agree("ocr", form, "--json", code=0))["report"]["fields"]
    assert (found[0]["engine"], found[0]["format"]["reason"], found[1]["evidence"]) == (0.5, "date_ambiguous", 0)
    found = json.loads(agree("ocr", form, "--day-first", "--json", code=0))["report"]["fields"]
    assert found[0]["format"]["normalized"] == "2024-04-03"
    messages = refuse("ocr", form, "--regime", "any")
    assert messages[0] == messages[1] == "paritas: regime must be one of support, exploration, balance, or none\n"


PAGE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + "".join(
    f"{level}\t1\t1\t1\t1\t1\t0\t0\t9\t9\t{confidence}\t{text}\n"
    for level, confidence, text in [
        (1, -1, ""),
        (5, 96.06, "𝔸nna"),
        (5, 91, "he1lo"),
        (5, "-1", "~|x"),
        (5, 30, "\x1b[31m"),
    ]
)


def test_ocr_reads_the_words_of_a_page(tmp_path):
    page = tmp_path / "page.tsv"
    page.write_text(PAGE, "utf-8")
    found = json.loads(agree("ocr", page, "--json"))
    assert (found["words"], found["tokens"]) == (4, 4)
    assert {"text": "he1lo", "start": 5, "end": 10, "quality": 0.4, "rules": ["digit_in_word"]} in found["spans"]
    out = agree("ocr", "-", stdin=PAGE.encode())
    assert out == agree("ocr", page) and "\x1b" not in out and "4 words, text quality " in out
    page.write_text(PAGE + "five\t1\n", "utf-8")
    messages = refuse("ocr", page)
    assert messages[0] == messages[1] == "paritas: line 7: the level of a row must be a whole number from 1 to 5\n"


def test_selfcheck_can_be_expected():
    digest = agree("selfcheck", "--cases", "500").strip()
    assert digest == paritas.selfcheck(500)
    agree("selfcheck", "--cases", "500", "--expect", digest)
    agree("selfcheck", "--cases", "500", "--expect", digest[::-1], code=1)


def test_version_and_help():
    assert agree("--version").strip() == paritas.__version__
    for code, out, err in both("--help"):
        assert (code, err) == (0, b"")
        for command in JOBS:
            assert command.encode() in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["__proto__"],
        ["signals"],
        ["signals", "--response", "-", "--source", "-"],
        ["signals", "--response", "missing", "--source", "demo/source.txt"],
        ["signals", "--response", "demo", "--source", "demo/source.txt"],
        ["signals", "--resp", "demo/answer.txt", "--source", "demo/source.txt"],
        ["search", "--documents", "demo/documents.jsonl"],
        ["search", "--documents", "demo/documents.jsonl", "one", "two"],
        ["search", "--documents", "demo/documents.jsonl", "-k", "1.5", "one"],
        ["search", "--documents", "demo/documents.jsonl", "-k", "٣", "one"],
        ["search", "--documents", "tests/vectors", "one"],
        ["ocr"],
        ["ocr", "demo/form.json", "--fields", "3"],
        ["ocr", "demo/answer.txt"],
        ["ocr", "demo/documents.jsonl"],
        ["ocr", "--fields", "1e3"],
        ["ocr", "--fields", "10", "--memory", "nan"],
        ["ocr", "--fields", "10", "--memory", "10", "--item-memory", "0"],
        ["selfcheck", "--cases", "1000000001"],
        ["selfcheck", "--cases=-1"],
        ["selfcheck", "--unknown"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_refused_in_one_sentence(arguments):
    refuse(*arguments)


@pytest.mark.parametrize("line", ['{"id": 1}', '{"id": 1.5, "text": ""}', '{"id": true, "text": ""}', "[]", "{", "NaN"])
def test_a_bad_document_is_named_with_its_line(tmp_path, line):
    (tmp_path / "d.jsonl").write_text('{"id": "a", "text": "fine"}\n\n' + line)
    messages = refuse("search", "--documents", tmp_path / "d.jsonl", "fine")
    assert messages[0] == messages[1] and "d.jsonl:3" in messages[0]


@pytest.mark.parametrize(
    "form",
    [
        '{"a": 1}',
        '[{"name": 1}]',
        "[3]",
        '[{"name": "a", "confidence": "high"}]',
        '[{"name": "a", "confidence": true}]',
        '[{"name": "a", "text": 1}]',
        '[{"name": "a", "type": []}]',
        '[{"name": "a", "words": "x"}]',
        '[{"name": "a", "words": [{"text": "x"}]}]',
        '[{"name": "a", "words": [{"text": 1, "confidence": 1}]}]',
        '[{"name": "a", "words": [{"text": "x", "confidence": "1"}]}]',
        '[{"name": "a", "type": "zip"}]',
    ],
)
def test_a_bad_form_is_refused(tmp_path, form):
    (tmp_path / "form.json").write_text(form)
    messages = refuse("ocr", tmp_path / "form.json")
    assert messages[0] == messages[1]


def test_a_closed_pipe_is_no_error():
    for command in COMMANDS.values():
        line = [*command, "search", "--documents", "demo/documents.jsonl", "the"]
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
            process.stdout.close()
            assert process.stderr.read() == b""


VALUES = [0.0, -0.0, 1.0, -2.5, 0.1, 1e-6, 1e-7, 1.5e-7, 123456789.0, 1e20, 1e21, 1.2e21, 2.0**53, 2.0**70, 5e-324]
VALUES += [1.7976931348623157e308, 0.30000000000000004, 100.0, 1e16, 123456789012345680000.0, math.nan, math.inf]


@settings(max_examples=1, deadline=None)
@given(st.lists(st.floats(), min_size=300, max_size=300))
def test_numbers_and_texts_are_written_as_javascript_writes_them(numbers):
    values = VALUES + numbers
    script = (
        "const { buffer } = Uint8Array.from(require('fs').readFileSync(0));"
        "process.stdout.write(JSON.stringify(Array.from(new Float64Array(buffer))))"
    )
    import array

    data = array.array("d", values).tobytes()
    out = subprocess.run(["node", "-e", script], input=data, capture_output=True, check=True).stdout.decode()
    assert "[" + ",".join(map(number_text, values)) + "]" == out == json_text(values)
    texts = ["".join(map(chr, range(256))), '"\\/\u2028\u2029\x7f\ufeff😀', HOSTILE]
    script = "process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8'))))"
    data = json.dumps({"a": texts, "b": [None, True, False, {}, []]}).encode()
    out = subprocess.run(["node", "-e", script], input=data, capture_output=True, check=True).stdout.decode()
    assert json_text(json.loads(data)) == out
