import threading

import pytest
from paritas import ParitasError, PiiMatch
from vectors import load_vectors, outcome

CASES = load_vectors("pii")


def as_vector(value):
    """Start and end as the span that the vectors have."""
    if isinstance(value, PiiMatch):
        return {
            "kind": value.kind,
            "span": [value.start, value.end],
            **dict(zip(("normalized", "detail"), value[3:], strict=True)),
        }
    return [as_vector(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_pii_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    call = {"scan": "scan_pii", "mask": "mask_pii", "scan_batch": "scan_pii_batch", "mask_batch": "mask_pii_batch"}
    function = getattr(api, call[given.pop("call")])
    assert repr(outcome(lambda: as_vector(function(**given)))) == repr(case["expect"])


def texts():
    return [case["given"]["text"] for case in CASES if "text" in case["given"]]


def test_a_batch_is_what_its_texts_are_alone(api):
    many = texts() * 40
    for threads in (0, 1, 3):
        assert api.scan_pii_batch(many, threads=threads) == [api.scan_pii(text) for text in many]
        assert api.mask_pii_batch(many, "#", 2, threads=threads) == [api.mask_pii(text, "#", 2) for text in many]


def test_what_is_masked_is_found_no_more(api):
    """The mask takes as many code points as there were, and leaves nothing that was found."""
    seen = 0
    for text in texts():
        found = api.scan_pii(text)
        masked = api.mask_pii(text)
        assert len(masked) == len(text)
        for match in found:
            assert set(masked[match.start : match.end]) == {"*"}
            seen += 1
        assert [match for match in api.scan_pii(masked) if match in found] == []
    assert seen > 100


def test_the_result_is_a_record(api):
    (found,) = api.scan_pii("é a@B.org")
    assert type(found) is PiiMatch
    assert found == ("email", 2, 9, "a@b.org", "")


def test_a_lone_surrogate_counts_as_one_character(api):
    assert [match[1:3] for match in api.scan_pii("\ud800a@b.org\udc00")] == [(1, 8)]
    assert api.mask_pii("\ud800a@b.org") == "\ufffd*******"


def test_wrong_types_and_values(api):
    for call, needed in (
        (lambda: api.scan_pii(None), "a str is needed, not NoneType"),
        (lambda: api.scan_pii("a", "email"), "a sequence of str is needed, not str"),
        (lambda: api.scan_pii("a", [1]), "a sequence of str is needed, not int"),
        (lambda: api.scan_pii_batch("a"), "a sequence of str is needed, not str"),
        (lambda: api.scan_pii_batch(["a"], threads="1"), "an int is needed, not str"),
        (lambda: api.mask_pii("a", 1), "a str is needed, not int"),
        (lambda: api.mask_pii("a", "*", 1.0), "an int is needed, not float"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == needed
    for call, needed in (
        (lambda: api.scan_pii("a", ["x"]), "kinds must be among email, credit_card, iban, ssn, phone, ip"),
        (lambda: api.mask_pii("a", "\n"), "mask_char must be one character that breaks no line"),
        (lambda: api.mask_pii("a", "*", 65), "visible_chars must be from 0 to 64"),
        (lambda: api.scan_pii_batch([], threads=-1), "threads must be at least 0"),
        (lambda: api.mask_pii_batch([], threads=-1), "threads must be at least 0"),
    ):
        with pytest.raises(ParitasError) as caught:
            call()
        assert (caught.value.code, str(caught.value)) == ("invalid_argument", needed)


def test_many_threads_scan_at_once(api):
    text = " ".join(texts())
    expected = api.scan_pii(text)
    results = []
    threads = [threading.Thread(target=lambda: results.append(api.scan_pii(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
