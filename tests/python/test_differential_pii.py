from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import load_vectors

KNOWN = st.sampled_from([case["given"]["text"][:300] for case in load_vectors("pii") if "text" in case["given"]])
PIECES = st.sampled_from(
    [
        *"0123456789 -.:@+()/_~ab'`=[]%{}\"",
        *("4111 1111 1111 1111", "378282246310005", "GB82 WEST 1234 5698 7654 32", "NO9386011117947", "123-45-6789"),
        *("ssn ", "Social Security", "123456789", "+49 30 1234567", "(415) 555-2671", "415.555.2671", "1-", "8.8.8.8"),
        *("2001:db8::1", "::1", "::ffff:1.2.3.4", "12:30", "fe80", "a@b.org", "@x.png", ".com", "xn--a", "version "),
        *("git@", "é", "\u0301", "谢", "ｘ", "𝔸", "\ufffd", "\n", "\t", "\x00", "٣", "::", "1.", "+1 ", "v"),
    ]
)
KINDS = st.lists(st.sampled_from(["email", "credit_card", "iban", "ssn", "phone", "ip"]), max_size=6)


@st.composite
def near_misses(draw):
    """A text of the vectors with a few characters removed, replaced or put in."""
    text = draw(KNOWN)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        piece = draw(PIECES)
        text = draw(st.sampled_from([text[:at] + text[at + 1 :], text[:at] + piece + text[at:], text[:at] + piece]))
    return text


TEXTS = st.one_of(near_misses(), st.lists(PIECES, max_size=20).map("".join), st.text(max_size=30))


@settings(max_examples=2500, deadline=None)
@given(TEXTS)
def test_both_backends_find_alike(text):
    assert _native.scan_pii(text) == reference.scan_pii(text)


@settings(max_examples=800, deadline=None)
@given(TEXTS, KINDS, st.sampled_from("*#1é𝔸@"), st.integers(0, 9))
def test_both_backends_mask_alike(text, kinds, mask_char, visible):
    assert _native.scan_pii(text, kinds) == reference.scan_pii(text, kinds)
    answers = [api.mask_pii(text, mask_char, visible, kinds) for api in (_native, reference)]
    assert answers[0] == answers[1]
    assert len(answers[0]) == len(text)


@settings(max_examples=800, deadline=None)
@given(TEXTS)
def test_findings_fit_together(text):
    end = 0
    for found in _native.scan_pii(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert _native.scan_pii(text, [found.kind]) != []
    masked = _native.mask_pii(text)
    assert set(_native.scan_pii(masked)).isdisjoint(_native.scan_pii(text))
