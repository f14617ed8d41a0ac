from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import outcome

IDS = st.one_of(st.integers(-(2**63), 2**63 - 1), st.text(max_size=3), st.integers(0, 4))
WORDS = st.sampled_from(["red", "fox", "foxes", "Äpfel", "薬は安全", "don't", "x²", "ﬁne", "a\u0301b", "\u200d"])
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=30))
STEPS = st.lists(
    st.one_of(st.tuples(st.just("add_document"), IDS, TEXTS), st.tuples(st.just("remove"), IDS)), max_size=12
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "k1": st.floats(0, 10),
        "b": st.floats(0, 1),
        "delta": st.floats(0, 2),
        "variant": st.sampled_from(["lucene", "okapi", "robertson", "atire", "bm25l", "bm25+"]),
        "stemmer": st.sampled_from(["light", "none"]),
        "cjk": st.sampled_from(["bigram", "unigram", "run"]),
        "fold_accents": st.booleans(),
        "stopwords": st.one_of(st.just("english"), st.lists(WORDS, max_size=3)),
        "min_length": st.integers(1, 3),
        "max_length": st.integers(3, 8),
        "store_text": st.booleans(),
    },
)


@settings(max_examples=300, deadline=None)
@given(OPTIONS, STEPS, TEXTS, st.integers(0, 5), st.floats(0, 1))
def test_both_backends_answer_alike(options, steps, text, n_results, min_score):
    answers = []
    for api in (_native, reference):
        index = api.BM25(**options)
        done = [getattr(index, name)(*arguments) for name, *arguments in steps]
        answers.append(
            repr(
                (
                    done,
                    index.query(text, n_results, min_score=min_score),
                    index.query_batch([text, ""], 3),
                    outcome(lambda index=index: index.get_scores(text)),
                    index.ids(),
                    [index.get(doc) for doc in index.ids()],
                    [index.explain(text, doc) for doc in index.ids()],
                    index.to_bytes(),
                )
            )
        )
    assert answers[0] == answers[1]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40), st.booleans())
def test_both_backends_read_alike(text, plain):
    answers = []
    for api in (_native, reference):
        analyzer = api.Analyzer.plain() if plain else api.Analyzer()
        answers.append((analyzer.analyze(text), analyzer.spans(text)))
    assert answers[0] == answers[1]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30), st.booleans())
def test_both_backends_fold_alike(text, keep_accents):
    from paritas.reference import unicode

    assert _native.fold(text, keep_accents) == unicode.fold(text, keep_accents)
    assert _native.stem(text) == reference.stem(text)


METADATA = st.dictionaries(
    st.text(max_size=3),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=3),
        st.lists(st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.text(max_size=2)), max_size=3),
    ),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(METADATA)
def test_metadata_comes_back(metadata):
    data = []
    for api in (_native, reference):
        index = api.BM25()
        index.add_document("a", "red", metadata)
        assert repr(index.get("a").metadata) == repr(metadata)
        data.append(index.to_bytes())
        assert repr(api.BM25.from_bytes(data[-1]).get("a").metadata) == repr(metadata)
    assert data[0] == data[1]
