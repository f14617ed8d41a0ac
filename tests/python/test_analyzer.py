import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("analyzer"), ids=lambda case: case["id"])
def test_analyzer_agrees_with_its_vectors(api, case):
    given = case["given"]
    analyzer = api.Analyzer.plain() if given.get("plain") else api.Analyzer(**given["options"])
    text = given["text"]
    actual = outcome(lambda: {"terms": analyzer.analyze(text), "spans": analyzer.spans(text)})
    assert repr(actual) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("analyzer_highlight"), ids=lambda case: case["id"])
def test_highlight_agrees_with_its_vectors(api, case):
    given = case["given"]
    analyzer = api.Analyzer.plain() if given.get("plain") else api.Analyzer(**given["options"])
    texts = given["query_text"], given["text"]
    assert repr(outcome(lambda: analyzer.highlight(*texts))) == repr(case["expect"])
    assert analyzer.highlight(*texts) == api.BM25(analyzer=analyzer).highlight(*texts)


def test_types_are_checked(api):
    for call in (
        lambda: api.Analyzer(stemmer=1),
        lambda: api.Analyzer(stopwords=5),
        lambda: api.Analyzer(stopwords=[5]),
        lambda: api.Analyzer(fold_accents=1),
        lambda: api.Analyzer(min_length=1.5),
        lambda: api.Analyzer().analyze(b"red"),
        lambda: api.Analyzer().highlight("red", None),
        lambda: api.BM25().highlight(5, "red"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError)


@pytest.mark.parametrize("options", [{"stopwords": ""}, {"max_length": 2**31}, {"min_length": 5, "max_length": 4}])
def test_values_are_checked(api, options):
    with pytest.raises(ParitasError) as caught:
        api.Analyzer(**options)
    assert caught.value.code == "invalid_argument"


def test_a_long_text_is_read_in_linear_time(api):
    size = 30_000 if api.__name__.endswith("reference") else 1_000_000
    assert len(api.Analyzer().analyze("a'" * size)) == 1
    assert len(api.Analyzer(max_length=5).analyze("薬" * size)) == size - 1
    assert len(api.Analyzer().analyze("\u00e9\u0301" * size)) == 1
    words = " ".join(f"w{i}" for i in range(size // 10))
    assert len(api.Analyzer().highlight(words, words)) == size // 10
