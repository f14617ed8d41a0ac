import paritas
import pytest
from paritas import ParitasError, TaskType
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


def said(result):
    """A result as the vectors say it: a match has a span."""
    fields = result._asdict()
    fields["matches"] = [
        {
            "text": match.text,
            "keyword": match.keyword,
            "category": match.category,
            "weight": match.weight,
            "span": [match.start, match.end],
            "negated": match.negated,
        }
        for match in result.matches
    ]
    return fields


def options_of(given):
    options = {key: value for key, value in given.items() if key != "text"}
    if "categories" in options:
        options["categories"] = {name: dict(keywords) for name, keywords in options["categories"]}
    return options


@pytest.mark.parametrize("case", load_vectors("classify"), ids=lambda case: case["id"])
def test_classify_agrees_with_its_vectors(api, case):
    given, options = case["given"], options_of(case["given"])
    assert repr(outcome(lambda: said(api.TaskClassifier(**options).classify(given["text"])))) == repr(case["expect"])
    if not options:
        assert repr(outcome(lambda: said(api.classify_task(given["text"])))) == repr(case["expect"])


def test_a_batch_is_the_single_calls(api):
    texts = [case["given"]["text"] for case in load_vectors("classify") if not options_of(case["given"])]
    single = [api.classify_task(text) for text in texts]
    assert len(single) > 100
    for threads in (0, 1, 3):
        assert repr(api.classify_task_batch(texts, threads=threads)) == repr(single)
        assert repr(api.TaskClassifier().classify_batch(texts * 9, threads=threads)) == repr(single * 9)
    assert api.classify_task_batch([]) == []


@pytest.mark.parametrize("case", load_vectors("classify_inflect"), ids=lambda case: case["id"])
def test_inflect_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.inflect(**case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("classify_find"), ids=lambda case: case["id"])
def test_the_smaller_questions_agree_with_their_vectors(api, case):
    text = case["given"]["text"]

    def answers():
        return {
            "keywords": [
                {"span": [start, end], "text": found, "category": category}
                for start, end, found, category in api.find_all_keywords(text)
            ],
            "action": api.has_action_keywords(text),
            "analysis": api.has_analysis_keywords(text),
            "generation": api.has_generation_keywords(text),
            "search": api.has_search_keywords(text),
            "edit": api.has_edit_keywords(text),
            "negation": api.has_negation(text),
        }

    assert repr(outcome(answers)) == repr(case["expect"])


def test_a_type_of_task_is_its_name_and_its_number():
    assert [int(kind) for kind in TaskType] == [0, 1, 2, 3, 4, 5]
    assert [str(kind) for kind in TaskType] == ["action", "analysis", "generation", "search", "edit", "default"]
    assert paritas.classify_task("run it").task_type == TaskType.Action
    assert paritas.classify_task("").task_type == TaskType.Default


@pytest.mark.parametrize(
    ("text", "kind", "coarse", "action", "analysis", "execution"),
    [
        ("run it", "action", "action", True, False, True),
        ("explain it", "analysis", "analysis", False, True, False),
        ("create it", "generation", "action", True, False, False),
        ("find it", "search", "analysis", False, True, False),
        ("fix it", "edit", "action", True, False, False),
        ("", "default", "default", False, False, False),
    ],
)
def test_the_legacy_form(api, text, kind, coarse, action, analysis, execution):
    result = api.classify_task(text)
    assert result.to_legacy_dict() == {
        "is_action_task": action,
        "is_analysis_task": analysis,
        "needs_execution": execution,
        "coarse_task_type": coarse,
        "confidence": result.confidence,
        "source": "native",
        "task_type": kind,
    }


def test_a_classifier_tells_its_categories(api):
    given = {"b": {"Set-Up": 1, "run": 0.5}, "a": {}}
    classifier = api.TaskClassifier(given)
    assert repr(classifier.categories) == "{'b': {'Set-Up': 1.0, 'run': 0.5}, 'a': {}}"
    assert classifier.classify("set up").matches[0].keyword == "Set-Up"
    assert classifier.has_keywords("running", "b") and not classifier.has_keywords("running", "a")
    assert classifier.find_all_keywords("not running") == [(4, 11, "running", "b")]
    assert classifier.has_negation("not running")
    with pytest.raises(ParitasError) as error:
        classifier.has_keywords("running", "c")
    assert error.value.code == "not_found"
    assert list(api.TaskClassifier().categories) == ["action", "analysis", "generation", "search", "edit"]
    assert sum(map(len, api.TaskClassifier().categories.values())) == 14 + 21 + 12 + 8 + 16


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"categories": ["a"]}, "a mapping is needed, not list"),
        ({"categories": {"a": ["run"]}}, "a mapping is needed, not list"),
        ({"categories": {1: {}}}, "a str is needed, not int"),
        ({"categories": {"a": {1: 1.0}}}, "a str is needed, not int"),
        ({"categories": {"a": {"run": "much"}}}, "a number is needed, not str"),
        ({"position_weight": "much"}, "a number is needed, not str"),
        ({"negation_radius": 1.5}, "an int is needed, not float"),
        ({"inflect": 1}, "True or False is needed, not int"),
        ({"negators": "not"}, "a sequence of str is needed, not str"),
        ({"negators": [b"not"]}, "a sequence of str is needed, not bytes"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(api, arguments, message):
    with pytest.raises(ParitasTypeError) as error:
        api.TaskClassifier(**arguments)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "arguments",
    [
        {"categories": {"a": {"x": 1.0, "": 1.0}}},
        {"categories": {"a": {"x": 1.0}, "b": {"run,it": 1.0}}},
        {"categories": {"a": {"x": -1.0}}},
        {"categories": {"a": {"x": 1.0, "X": 1.0}}},
        {"categories": {"default": {}}},
        {"categories": {chr(0xD800): {}, chr(0xFFFD): {}}},
        {"categories": {"a": {" ".join(["x"] * 65): 1.0}}},
        {"position_weight": -1.0},
        {"smoothing": float("nan")},
        {"negation_radius": -1},
        {"threshold": 2.0},
        {"negators": ["not", "!"]},
    ],
)
def test_both_backends_say_the_same_of_bad_options(arguments):
    from paritas import _native, reference

    errors = []
    for api in (_native, reference):
        with pytest.raises(ParitasError) as error:
            api.TaskClassifier(**arguments)
        errors.append(error.value.args)
    assert errors[0] == errors[1]


def test_bad_calls_are_refused(api):
    for call in (api.classify_task, api.has_negation, api.find_all_keywords, api.inflect):
        with pytest.raises(ParitasTypeError, match="a str is needed, not int"):
            call(1)
    with pytest.raises(ParitasTypeError, match="a sequence of str is needed"):
        api.classify_task_batch("run")
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.classify_task_batch([], threads=-1)


def test_a_lone_surrogate_is_no_word(api):
    result = api.classify_task("\ud800run \udfffthe tests")
    assert [(match.text, match.start) for match in result.matches] == [("run", 1), ("tests", 10)]


def test_hostile_texts_take_linear_time():
    from paritas import _native as api

    for piece in ("not ", "don't run ", "do not forget ", "set ", "run, ", "clean-", "'", "\u2019a", "é", "運"):
        text = piece * (1_000_000 // len(piece))
        assert 0.0 <= api.classify_task(text).confidence <= 1.0, piece
