import pytest
from paritas import ParitasError
from paritas.results_ocr import OcrWord
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("tesseract_words"), ids=lambda case: case["id"])
def test_tesseract_words_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.tesseract_words(**case["given"]))) == repr(case["expect"])


def test_words_are_records(api):
    (word,) = api.tesseract_words("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t91.5\tred")
    assert type(word) is OcrWord and word == ("red", 91.5)


def test_another_type_is_refused(api):
    with pytest.raises(TypeError, match="a str is needed, not bytes") as caught:
        api.tesseract_words(b"5")
    assert isinstance(caught.value, ParitasError)
