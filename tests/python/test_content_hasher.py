import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


def run(api, given):
    made = api.ContentHasher(**given.get("options", {}))
    if "preset" in given:
        made = getattr(api.ContentHasher, given["preset"])()
    extra = {"min_length": given["min_length"]} if "min_length" in given else {}
    return getattr(made, given["call"])(given["value"], **extra)


@pytest.mark.parametrize("case", load_vectors("content_hasher"), ids=lambda case: case["id"])
def test_content_hasher_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_types_and_messages(api):
    with pytest.raises(ParitasError, match="hash_length must be from 8 to 32, not 4"):
        api.ContentHasher(hash_length=4)
    made = api.ContentHasher()
    for call in (
        lambda: made.hash(b"a"),
        lambda: made.hash_dict([1]),
        lambda: made.hash_list("abc"),
        lambda: api.ContentHasher(case_insensitive=1),
        lambda: made.hash_block("a", 1.5),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(ParitasError) as caught:
        made.hash_dict({"a": float("nan")})
    assert caught.value.code == "not_canonical"
