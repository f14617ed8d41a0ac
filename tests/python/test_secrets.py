import json
import subprocess
import sys
from pathlib import Path

import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_secrets import SecretMatch
from vectors import load_vectors, outcome

ROOT = Path(__file__).parents[2]
CASES = load_vectors("secrets")
GITHUB = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"


def _plain(match):
    fields = ("secret_type", "severity", "confidence", "line_number", "checksum", "placeholder")
    return {**{name: getattr(match, name) for name in fields}, "span": [match.start, match.end]}


def _both(api, text, options, mask):
    found = [_plain(match) for match in api.scan_secrets(text, **options)]
    return {"findings": found, "masked": api.mask_secrets(text, **mask, **options)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_secrets_agree_with_their_vectors(api, case):
    text, options, mask = "".join(case["given"]["parts"]), case["given"]["options"], case["given"]["mask"]
    got = outcome(lambda: _both(api, text, options, mask))
    if "error" in got:
        assert got == case["expect"]
        return
    assert repr(got["value"]["findings"]) == repr(case["expect"]["value"]["findings"])
    assert got["value"]["masked"] == "".join(case["expect"]["value"]["masked"])
    matches = api.scan_secrets(text, **options)
    assert api.has_secrets(text, **options) is bool(matches)
    assert api.get_secret_types(text, **options) == sorted({match.secret_type for match in matches})
    assert api.scan_secrets_batch([text, "", text], threads=2, **options) == [matches, [], matches]
    assert api.mask_secrets_batch(["", text], **mask, **options) == ["", got["value"]["masked"]]
    assert all(text[match.start : match.end] == match.matched_text for match in matches)
    assert len(got["value"]["masked"]) == len(text)
    left = api.scan_secrets(got["value"]["masked"], **options)
    assert not {match.matched_text for match in left} & {match.matched_text for match in matches}


def test_every_rule_has_a_case_that_it_finds(api):
    found = {
        finding["secret_type"] for case in CASES for finding in case["expect"].get("value", {}).get("findings", [])
    }
    assert found == {pattern.name for pattern in api.list_secret_patterns()}


def test_patterns_say_what_they_are(api):
    patterns = {pattern.name: pattern for pattern in api.list_secret_patterns()}
    assert patterns["github_token"] == (
        "github_token",
        "high",
        "github",
        "provider",
        "gh(p|u|s|r)_<n36-255> crc",
        "GitHub token",
    )
    assert patterns["generic_password"].kind == "assignment" and patterns["generic_password"].shape == ""
    assert sum(pattern.kind == "provider" for pattern in patterns.values()) >= 170
    assert all(pattern.description and pattern.provider for pattern in patterns.values())


def test_a_match_does_not_show_its_secret(api):
    (match,) = api.scan_secrets(f"token={GITHUB}")
    assert type(match) is SecretMatch and match.matched_text == GITHUB
    assert GITHUB[4:20] not in repr(match) and GITHUB[4:20] not in str(match.to_dict())
    assert match.masked_text == GITHUB[:4] + "*" * 32 + GITHUB[-4:]
    assert match.to_dict(show=True)["matched_text"] == GITHUB


def test_a_summary_counts(api):
    text = f"{GITHUB}\n{GITHUB}\npassword: hun" + "ter2"
    assert api.scan_secrets_summary(text) == {
        "total_matches": 3,
        "has_secrets": True,
        "by_type": {"generic_password": 1, "github_token": 2},
        "by_severity": {"high": 3},
        "by_confidence": {"high": 2, "low": 1},
        "lines": [1, 2, 3],
    }


def test_lone_surrogates_keep_their_place(api):
    (match,) = api.scan_secrets(f"\ud800 {GITHUB} \udfff")
    assert (match.start, match.end) == (2, 42)
    assert api.mask_secrets(f"\ud800{GITHUB[:0]}x") in ("\ud800x", "\ufffdx")


def test_what_is_no_text_is_refused(api):
    for call in (api.scan_secrets, api.mask_secrets, api.has_secrets, api.get_secret_types, api.scan_secrets_summary):
        with pytest.raises(ParitasTypeError):
            call(b"x")
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.scan_secrets_batch(["x"], threads=-1)


@pytest.mark.parametrize(
    "piece", ["=", "password=", "eyJ", "eyJ-", "eyJ.", "-----BEGIN ", "-----BEGIN PRIV" + "ATE KEY-----", "://", "a:b@"]
)
def test_time_grows_with_the_text(api, piece):
    assert api.scan_secrets(piece * (20_000 // len(piece))) == []


def test_the_tables_are_those_of_the_rules():
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools/match/make_secret_rules.py"), "--check"], capture_output=True
    )
    assert run.returncode == 0, run.stdout


def test_vectors_hold_no_secret_in_one_piece():
    assert all(
        len(part) <= 9
        for case in json.loads((ROOT / "tests/vectors/secrets.json").read_text("utf-8"))["cases"]
        for part in case["given"]["parts"]
    )
