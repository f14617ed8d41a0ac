"""The published names of victor_native, with the results of the original where docs/compat.md says of no difference."""

import pytest
from paritas import ParitasError
from paritas.compat import victor_native as victor

TEXT = "Read the file, then READ it again: café"


def test_every_name_is_there():
    assert all(hasattr(victor, name) for name in victor.__all__)


def test_patterns():
    matcher = victor.PatternMatcher(["abc", "b", "Bar"])
    assert [tuple(match) for match in matcher.find_all("abc b bar")] == [
        (0, 0, 3, "abc"),
        (1, 4, 5, "b"),
        (2, 6, 9, "bar"),
    ]
    assert matcher.find_all("é bar")[0].start == 2  # a code point, no byte
    assert (matcher.pattern_count(), matcher.case_insensitive) == (3, True)
    assert (matcher.get_pattern(1), matcher.get_pattern(9), matcher.get_pattern(-1)) == ("b", None, None)
    assert matcher.matched_patterns("abc bar b") == [0, 1, 2]
    assert matcher.matched_pattern_strings("abc bar") == ["abc", "Bar"]
    assert matcher.count_by_pattern("abc b b") == {0: 1, 1: 2}
    assert (matcher.count_matches("abc b"), matcher.contains_any("ABC")) == (2, True)
    assert not victor.PatternMatcher(["abc"], False).contains_any("ABC")
    assert matcher.replace_all("abc b", "X") == "X X"
    assert matcher.replace_all_with("abc b", ["1", "2", "3"]) == "1 2"


def test_functions_of_patterns():
    assert victor.find_all_patterns(TEXT, ["read"])[1] == (0, 20, 24, "READ")
    assert victor.count_pattern_matches(TEXT, ["read"], False) == 0
    assert victor.count_pattern_matches("abab", ["ab"]) == 2
    assert victor.contains_any_pattern(TEXT, ["file", "x"])
    assert victor.get_matched_pattern_indices("b a", ["a", "b"]) == [0, 1]
    assert victor.batch_contains_any(["a", "x"], ["a"]) == [True, False]
    assert victor.weighted_pattern_score("abc b", ["abc", "b"], [1.0, 0.5]) == 1.5
    with pytest.raises(ParitasError) as caught:
        victor.weighted_pattern_score("abc", ["abc", "b"], [1.0])
    assert caught.value.code == "length_mismatch"
    with pytest.raises(TypeError):
        victor.find_all_patterns("abc", "abc")


def test_signatures():
    assert victor.compute_signature("read", {"path": "a.py", "limit": 10}) == "75527f14808a4402"
    assert victor.compute_batch_signatures([("noop", {})]) == ["66275284543f13fd"]
    assert victor.signature_similarity("a", "b") == 0.0


def test_thoughts():
    detector = victor.ThinkingDetector(3, 0.65, 10, 2)
    assert detector.record_thinking("Let me read it.") == (False, "")
    assert detector.record_thinking("Let me read it.")[0]
    assert victor.find_circular_patterns("Now let me read it. Let me check.") == [
        (0, 10, "Now let me"),
        (20, 32, "Let me check"),
    ]
    assert victor.count_circular_patterns("let me seek") == 0
    assert victor.detect_circular_phrases("I will read")


def test_tasks():
    assert victor.classify_task("fix the bug").task_type == victor.TaskType.Edit
    assert victor.TaskClassifier().classify("fix the bug").task_type == "edit"
    assert victor.TaskClassifier(0.0, 3).classify("explain it").is_analysis_task
    assert victor.find_all_keywords("fix the bug and analyze it") == [
        (0, 3, "fix", "edit"),
        (16, 23, "analyze", "analysis"),
    ]
    assert victor.has_negation("do not run") and victor.has_action_keywords("run it")
    assert victor.has_generation_keywords("generate x") and victor.has_analysis_keywords("analyze")
    assert victor.validate_tool_name("read_file") == (True, None)


def test_answers():
    assert victor.strip_markup("<b>x</b> y") == "x y"
    assert victor.sanitize_response("  a plain answer ") == "a plain answer"
    assert victor.detect_leakage_patterns("a plain answer") == []
    assert not victor.is_garbage_content(content="A plain answer to a plain question.")


def test_thinking_filter():
    assert victor.strip_thinking_tokens("Hello <think>x</think> W") == "Hello x W"
    assert victor.extract_thinking_content(content="<think>a</think>b") == ("b", "a")
    assert victor.find_thinking_tokens("<think>a</think>b") == [(0, 7, 4), (8, 16, 5)]
    assert victor.contains_thinking_tokens("<think>") and not victor.contains_thinking_tokens("think")
    stream = victor.StreamingFilter(False, 50)
    result = stream.process_chunk("<think>a</think>b")
    assert (result.content, result.is_thinking, result.state_changed) == ("ab", False, True)
    assert (stream.flush().content, stream.get_state(), stream.should_abort()) == ("", "normal", False)


def test_secrets():
    key = "AKIA" + "IOSFODNN7" + "QXWZLPK"
    (found,) = victor.scan_secrets("key = " + key)
    assert (found.start, found.end, found.line_number, found.matched_text) == (6, 26, 1, key)
    assert victor.has_secrets(key) and victor.get_secret_types(key) == [found.secret_type]
    assert found.secret_type in victor.list_secret_patterns()
    assert key not in victor.mask_secrets(key, "*", 4)
    assert victor.scan_secrets_summary(key)["total_matches"] == 1
