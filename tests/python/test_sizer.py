import paritas
import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("sizer"), ids=lambda case: case["id"])
def test_count_tokens_agrees_with_its_vectors(api, case):
    assert outcome(lambda: api.count_tokens(**case["given"])) == case["expect"]
    assert outcome(lambda: api.count_tokens_approx(**case["given"])) == case["expect"]
    assert outcome(lambda: api.count_tokens_batch([case["given"]["text"]])[0]) == case["expect"]


def test_a_batch_is_many_single_calls(api):
    texts = ["one", "two words", "", "三つ", "\ud800"] * 20
    for threads in (0, 1, 3):
        assert api.count_tokens_batch(texts, threads) == [api.count_tokens(text) for text in texts]


def test_wrong_types_are_refused(api):
    for call in (lambda: api.count_tokens(b"x"), lambda: api.count_tokens_batch("abc")):
        with pytest.raises(paritas.errors.ParitasTypeError):
            call()
