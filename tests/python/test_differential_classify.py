"""The native classifier against the reference, on texts made of what matters to it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from paritas.errors import ParitasError
from paritas.reference import classify_words as lists

KEYWORDS = [item.rpartition(" ")[0] for items in lists.CATEGORIES.values() for item in items.split(", ")]
FORMS = sorted({form for word in KEYWORDS for form in lists.inflect(word)})
OTHERS = [*lists.NEGATORS, *lists.NOT_NEGATORS, *sorted(lists.ENDS_SCOPE), *sorted(lists.SOFTENERS), "and", "or", "nor"]
JOINTS = [
    " ",
    " ",
    " ",
    "",
    "  ",
    "-",
    ", ",
    ". ",
    ".",
    ":",
    "::",
    "; ",
    "\n",
    "\u2028",
    "’",
    "'",
    "，",
    "\u3000",
    "\xa0",
]

pieces = st.one_of(
    st.sampled_from(FORMS), st.sampled_from(OTHERS), st.sampled_from(JOINTS), st.text(max_size=4), st.just("the")
)
texts = st.lists(st.tuples(pieces, st.sampled_from(JOINTS)), max_size=24).map(
    lambda items: "".join(a + b for a, b in items)
)
names = st.sampled_from(
    ["run", "running", "set up", "set up the", "運行", "é", "Don't", "not", "a b c", "add-on", "internationalizations"]
)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_the_standard_classifier_is_the_reference(text):
    for name in ("classify_task", "find_all_keywords", "has_negation", "has_edit_keywords"):
        assert repr(getattr(_native, name)(text)) == repr(getattr(reference, name)(text))


@settings(max_examples=200, deadline=None)
@given(
    texts,
    st.dictionaries(
        st.sampled_from(["a", "b", "c", ""]),
        st.dictionaries(names | st.sampled_from(["", "a,b"]), st.floats(-0.01, 1e101), max_size=4),
        max_size=3,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "position_weight": st.floats(0, 2),
            "negation_radius": st.integers(-1, 4),
            "smoothing": st.floats(0, 1),
            "threshold": st.floats(0, 1),
            "inflect": st.booleans(),
            "negators": st.lists(names, max_size=3),
        },
    ),
)
def test_a_classifier_of_ones_own_is_the_reference(text, categories, options):
    def answer(api):
        try:
            return repr(
                api.TaskClassifier(categories, **options).classify(text + " " + " ".join(categories.get("a", ())))
            )
        except ParitasError as error:
            return error.args

    assert answer(_native) == answer(reference)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=12), st.text("aeiouystxzhwn -’'", min_size=1, max_size=9), st.sampled_from(FORMS)))
def test_forms_are_those_of_the_reference(word):
    def answer(api):
        try:
            return api.inflect(word)
        except ParitasError as error:
            return error.args

    assert answer(_native) == answer(reference)
