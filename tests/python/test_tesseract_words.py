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


ROW = "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t91.5\tred\n"


@pytest.mark.parametrize(
    ("tsv", "message"),
    [
        ("6\tred", "line 1: the level of a row must be a whole number from 1 to 5"),
        ("level\n\n" + ROW + "5\t1", "line 4: a row must have 12 columns with tabs between them, not 2"),
        (ROW + "\r\n" + ROW.replace("91.5", "high"), "line 3: the confidence of a word must be a number"),
    ],
)
def test_errors_name_their_line(api, tsv, message):
    with pytest.raises(ParitasError) as caught:
        api.tesseract_words(tsv)
    assert str(caught.value) == message
