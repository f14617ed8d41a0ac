from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ResponseRules, _native, reference
from vectors import load_vectors

KNOWN = st.sampled_from([case["given"]["text"][:300] for case in load_vectors("response") if "text" in case["given"]])
PIECES = st.sampled_from(
    [
        *("<tool_call>", "</tool_call>", "<function_call", "<function=", "[INST]", "FUNCTION_CALL {", "<|im_start|>"),
        *("<｜a▁b｜>", "<|", "|>", "<think>", "</think>", "[THINK]", "<|channel|>analysis<|message|>", "<|end|>"),
        *('{"name": "x", "arguments": {}}', '{"name"', ': "a"', "{", "}", "[", "]", ",", '"', "\\", "1e5", "null"),
        *("do not surround", "Required parameters", "I'm sorry", "sorry", ", but ", "I can't", "we cannot ", "help"),
        *("as an AI assistant", "unable to ", "’", "'", "a" * 40, "-" * 40, "ha\n", "ha\n" * 4, "yes and no " * 17),
        *(
            "\ufffd",
            "\x00",
            "\x07",
            "Ã©",
            "â€",
            "#$%&" * 5,
            "```\n",
            "~~~",
            "`",
            "``",
            "\n",
            "\r\n",
            "\n\n\n\n",
            " ",
            "\t",
        ),
        *("a@b.org", "password: hunter2222", "127.0.0.1", "<b>", "< b", "<!--", "é", "𝔸", "\u0301", "\u200b", "\u2028"),
    ]
)


@st.composite
def near_misses(draw):
    """A text of the vectors with a few pieces removed, replaced or put in."""
    text = draw(KNOWN)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        piece = draw(PIECES)
        text = draw(st.sampled_from([text[:at] + text[at + 1 :], text[:at] + piece + text[at:], text[:at] + piece]))
    return text


TEXTS = st.one_of(near_misses(), st.lists(PIECES, max_size=15).map("".join), st.text(max_size=40))
SOME = st.lists(st.sampled_from(["a", "ha", "é", "<", "<think>", "no"]), max_size=3)
RULES = st.builds(
    ResponseRules,
    *(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    pii=st.lists(st.sampled_from(["email", "ip", "phone"]), max_size=3),
    min_length=st.integers(0, 5),
    max_length=st.integers(0, 50),
    required=SOME,
    forbidden=SOME,
    respect_code=st.booleans(),
    fail_severity=st.sampled_from(["low", "medium", "high", "critical"]),
    allow=st.lists(st.sampled_from(["thinking", "email", "char_run", "empty", "refusal", "forbidden"]), max_size=2),
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_both_backends_judge_alike(text):
    answers = [api.validate_response(text) for api in (_native, reference)]
    assert repr(answers[0]) == repr(answers[1])
    assert answers[0].sanitized == answers[1].sanitized
    assert _native.detect_leakage_patterns(text) == reference.detect_leakage_patterns(text)
    assert _native.is_garbage_content(text) == reference.is_garbage_content(text)
    assert _native.sanitize_response(text) == reference.sanitize_response(text)
    assert _native.strip_markup(text) == reference.strip_markup(text)


@settings(max_examples=800, deadline=None)
@given(TEXTS, RULES)
def test_both_backends_follow_rules_alike(text, rules):
    answers = [api.validate_response(text, rules) for api in (_native, reference)]
    assert repr(answers[0]) == repr(answers[1])
    assert answers[0].sanitized == answers[1].sanitized
    assert answers[0].counts == answers[1].counts
