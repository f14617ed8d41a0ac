import copy
import pickle
import threading

import pytest
from paritas import Issue, ParitasError, ResponseRules, ValidationResult
from vectors import load_vectors, outcome

CASES = load_vectors("response")


def as_vector(value):
    """Start and end as the span that the vectors have."""
    if isinstance(value, Issue):
        kind, rule, severity, start, end, message = value
        return {"kind": kind, "rule": rule, "severity": severity, "span": [start, end], "message": message}
    if isinstance(value, ValidationResult):
        issues = [as_vector(issue) for issue in value.issues]
        return {"ok": value.ok, "issues": issues, "counts": value.counts, "sanitized": value.sanitized}
    if isinstance(value, tuple):
        return {"span": list(value[:2]), "rule": value[2]}
    return [as_vector(item) for item in value] if isinstance(value, list) else value


CALLS = {
    "validate": "validate_response",
    "batch": "validate_response_batch",
    "sanitize": "sanitize_response",
    "garbage": "is_garbage_content",
    "leakage": "detect_leakage_patterns",
    "markup": "strip_markup",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_response_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    function = getattr(api, CALLS[given.pop("call")])
    if "rules" in given:
        given["rules"] = ResponseRules(**given["rules"])
    assert repr(outcome(lambda: as_vector(function(**given)))) == repr(case["expect"])


def texts():
    return [case["given"]["text"] for case in CASES if "text" in case["given"]]


def test_a_batch_is_what_its_texts_are_alone(api):
    alone = [api.validate_response(text) for text in texts()]
    for threads in (0, 1, 3):
        assert api.validate_response_batch(texts(), threads=threads) == alone


def test_without_issues_nothing_changes(api):
    """A text that has no issue is its own sanitized form, and so is whatever has none that cuts or masks."""
    seen = 0
    for text in texts():
        result = api.validate_response(text)
        if not {"leakage", "secrets", "pii"} & {issue.kind for issue in result.issues}:
            assert result.sanitized == text
            seen += 1
    assert seen > 50


def test_what_was_sanitized_stays(api):
    """Cutting and masking leave nothing of what was found, but for what a cut has joined."""
    for text in ("<tool_call>x</tool_call> a@b.org", "[INST]é 8.8.8.8", "password: hunter2222\n<think>"):
        again = api.validate_response(api.validate_response(text).sanitized)
        assert [issue for issue in again.issues if issue.kind in ("leakage", "secrets", "pii")] == []


def test_the_result(api):
    result = api.validate_response("é a@b.org")
    assert type(result) is ValidationResult and type(result.issues[0]) is Issue
    assert not result.ok and result.issues[0][:5] == ("pii", "email", "medium", 2, 9)
    assert result.counts == {"length": 0, "leakage": 0, "refusal": 0, "garbage": 0, "secrets": 0, "pii": 1}
    assert list(result.counts) == ["length", "leakage", "refusal", "garbage", "secrets", "pii"]
    for other in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
        assert other == result and other.sanitized == "é *******"
    assert result.to_dict()["sanitized"] == "é *******"
    assert result != api.validate_response("é cc@b.org")


def test_rules_with_defaults_are_no_rules(api):
    for text in texts():
        assert api.validate_response(text, ResponseRules()) == api.validate_response(text)


def test_a_lone_surrogate_counts_as_one_character(api):
    result = api.validate_response("\ud800 a@b.org")
    assert [(issue.start, issue.end) for issue in result.issues] == [(2, 9)]
    assert result.sanitized == "\ufffd *******"


def test_wrong_types(api):
    for call, needed in (
        (lambda: api.validate_response(None), "a str is needed, not NoneType"),
        (lambda: api.validate_response("a", {}), "ResponseRules or None is needed, not dict"),
        (lambda: api.validate_response("a", ResponseRules(leakage=1)), "True or False is needed, not int"),
        (lambda: api.validate_response("a", ResponseRules(pii="ip")), "a sequence of str is needed, not str"),
        (lambda: api.validate_response("a", ResponseRules(min_length=1.0)), "an int is needed, not float"),
        (lambda: api.validate_response("a", ResponseRules(required="x")), "a sequence of str is needed, not str"),
        (lambda: api.validate_response("a", ResponseRules(fail_severity=2)), "a str is needed, not int"),
        (lambda: api.validate_response_batch("a"), "a sequence of str is needed, not str"),
        (lambda: api.sanitize_response(b"a"), "a str is needed, not bytes"),
        (lambda: api.is_garbage_content(1), "a str is needed, not int"),
        (lambda: api.detect_leakage_patterns(1), "a str is needed, not int"),
        (lambda: api.strip_markup(1), "a str is needed, not int"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == needed


def test_messages(api):
    for rules, needed in (
        (ResponseRules(min_length=-1), "min_length must be at least 0"),
        (ResponseRules(fail_severity="bad"), "fail_severity must be one of low, medium, high, critical"),
        (ResponseRules(required=["a", ""]), "required must have no empty text: number 1 is one"),
        (ResponseRules(forbidden=[""]), "forbidden must have no empty text: number 0 is one"),
    ):
        with pytest.raises(ParitasError) as caught:
            api.validate_response("a", rules)
        assert str(caught.value) == needed
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.validate_response_batch([], threads=-1)


def test_many_threads_judge_at_once(api):
    text = "\n".join(texts())
    expected = api.validate_response(text)
    results = []
    threads = [threading.Thread(target=lambda: results.append(api.validate_response(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
