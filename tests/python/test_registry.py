import pickle
import threading

import pytest
from paritas import ParitasError, _native, reference
from paritas.results_registry import PatternDefinition, PatternHit, PatternReport, PatternSummary
from vectors import load_vectors, outcome


def shown(value):
    """Hits as the vectors say them, with one span."""
    if isinstance(value, PatternHit):
        fields = value._asdict()
        span = [fields.pop("start"), fields.pop("end")]
        return {
            "name": value.name,
            "category": value.category,
            "severity": value.severity,
            "span": span,
            "line": value.line,
        }
    return [shown(item) for item in value] if type(value) is list else value


def run(api, given):
    registry = api.PatternRegistry()
    registry.add_many(given["patterns"])
    for name, *arguments in given.get("steps", []):
        getattr(registry, name)(*arguments)
    name, *arguments = given["call"]
    return shown(getattr(registry, name)(*arguments, **given.get("options", {})))


@pytest.mark.parametrize("case", load_vectors("registry"), ids=lambda case: case["id"])
def test_pattern_registry_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("registry_random"), ids=lambda case: case["id"])
def test_random_expressions_agree_with_their_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("regex_syntax"), ids=lambda case: case["id"])
def test_validate_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.PatternRegistry.validate(**case["given"]))) == repr(case["expect"])


def full(api):
    registry = api.PatternRegistry()
    registry.add("key", r"key=(\w+)", kind="regex", category="secret", severity="high", group=1, keywords=["aws"])
    registry.add("cat", "cat", whole_words=True)
    return registry


def test_results_are_records(api):
    registry = full(api)
    hits = registry.scan("aws key=a1 cat")
    assert [type(hit) for hit in hits] == [PatternHit, PatternHit]
    assert [hit.of("aws key=a1 cat") for hit in hits] == ["a1", "cat"]
    assert type(registry.get("key")) is PatternDefinition
    assert type(registry.summary("")) is PatternSummary
    assert type(registry.validate("a")) is PatternReport
    assert len(registry) == 2 and "key" in registry and "dog" not in registry


def test_a_class_of_json_goes_round(api):
    registry = full(api)
    copy = api.PatternRegistry.from_json(registry.to_json())
    assert copy.definitions() == registry.definitions() and copy.to_json() == registry.to_json()
    least = api.PatternRegistry.from_json('{"patterns": [{"name": "a", "pattern": "b"}]}')
    assert least.get("a") == PatternDefinition("a", "b", "literal", "", "medium", [], False, False, 0, "", True)
    for text in ("", "[]", "{}", "1", '{"patterns": {}}', '{"patterns": [], "more": 1}', "[" * 100_000):
        with pytest.raises(ParitasError) as caught:
            api.PatternRegistry.from_json(text)
        assert caught.value.code == "corrupt_data"


def test_a_registry_is_pickled_by_its_json():
    for api in (_native, reference):
        copy = pickle.loads(pickle.dumps(full(api)))
        assert copy.definitions() == full(api).definitions()


def test_lone_surrogates_count_as_replacement_characters_and_stay(api):
    registry = api.PatternRegistry()
    registry.add("mark", "\ufffd")
    registry.add("rest", r"a.b", kind="regex")
    text = "a\ud800b \udfff"
    assert [(hit.name, hit.start, hit.end) for hit in registry.scan(text)] == [
        ("rest", 0, 3),
        ("mark", 1, 2),
        ("mark", 4, 5),
    ]
    assert registry.replace(text, "x", names=["mark"]) == "axb x"
    assert registry.replace("\ud800a b", "x", names=["rest"]) == "\ud800x"


def test_a_function_makes_the_replacement(api):
    registry = full(api)
    assert registry.replace("aws key=a1 cat", lambda hit: f"<{hit.name}>") == "aws key=<key> <cat>"
    with pytest.raises(ZeroDivisionError):
        registry.replace("cat", lambda hit: 1 / 0)
    with pytest.raises(TypeError, match="a str is needed, not int"):
        registry.replace("cat", lambda hit: 1)


def test_offsets_of_errors_are_code_points(api):
    registry = api.PatternRegistry()
    with pytest.raises(ParitasError) as caught:
        registry.add("a", "é𝔸(b", kind="regex")
    assert (caught.value.code, caught.value.offset) == ("regex_syntax", 2)
    with pytest.raises(ParitasError, match=r"^patterns\[1\]: this \( is never closed") as caught:
        registry.add_many([{"name": "a", "pattern": "b"}, {"name": "b", "pattern": "é𝔸(b", "kind": "regex"}])
    assert (caught.value.offset, registry.names()) == (2, [])
    assert registry.validate("é𝔸(b").offset == 2


def test_add_many_adds_all_or_none(api):
    registry = full(api)
    for second in ({"name": "new", "pattern": "c"}, {"name": "cat", "pattern": "c"}):
        with pytest.raises(ParitasError) as caught:
            registry.add_many([{"name": "new", "pattern": "b"}, second])
        assert caught.value.code == "duplicate_name"
    assert registry.names() == ["key", "cat"]
    registry.add_many(iter([{"name": "new", "pattern": "b"}]))
    assert registry.names() == ["key", "cat", "new"]


def test_types_are_checked(api):
    registry = full(api)
    for call in (
        lambda: registry.add(1, "a"),
        lambda: registry.add("a", b"a"),
        lambda: registry.add("a", "a", keywords="word"),
        lambda: registry.add("a", "a", case_insensitive=1),
        lambda: registry.add("a", "a", group="1"),
        lambda: registry.add_many(["a"]),
        lambda: registry.add_many([{"name": "a"}]),
        lambda: registry.add_many([{"name": "a", "pattern": "b", "colour": "c"}]),
        lambda: registry.add_many([{"name": "a", "pattern": 1}]),
        lambda: registry.remove(1),
        lambda: registry.set_enabled("cat", 1),
        lambda: registry.get(None),
        lambda: registry.scan(b"cat"),
        lambda: registry.scan("cat", names="cat"),
        lambda: registry.scan("cat", limit=1.5),
        lambda: registry.scan_batch("cat"),
        lambda: registry.replace("cat", 1),
        lambda: registry.validate(1),
        lambda: api.PatternRegistry.from_json(b"{}"),
        lambda: 1 in registry,
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
    assert registry.names() == ["key", "cat"]


def test_messages_say_what_to_change(api):
    registry = full(api)
    for message, call in (
        ('there is a pattern "cat" already: remove it first, or choose another name', lambda: registry.add("cat", "a")),
        ('severity must be "low", "medium", "high" or "critical"', lambda: registry.add("a", "a", severity="x")),
        ('kind must be "literal" or "regex"', lambda: registry.add("a", "a", kind="x")),
        (
            "group must be from 0 to 1, the number of groups in the pattern",
            lambda: registry.add("a", "(a)", kind="regex", group=2),
        ),
        ('there is no pattern "dog"', lambda: registry.remove("dog")),
        ('there is no pattern of the category "x"', lambda: registry.scan("", categories=["x"])),
        ('overlap must be "all", "longest" or "priority"', lambda: registry.count("", overlap="x")),
        ("limit must be at least 0", lambda: registry.contains("", limit=-1)),
        ("threads must be at least 0", lambda: registry.scan_batch([], threads=-1)),
    ):
        with pytest.raises(ParitasError) as caught:
            call()
        assert str(caught.value) == message


def test_a_batch_is_the_same_on_any_number_of_threads(api):
    registry = full(api)
    texts = [f"aws key=a{i} cat " * (i % 7) for i in range(50)]
    alone = [registry.scan(text) for text in texts]
    for threads in (0, 1, 3):
        assert registry.scan_batch(texts, threads=threads) == alone


def test_scans_and_changes_from_many_threads(api):
    registry = full(api)
    wrong = []

    def scans():
        for _ in range(50):
            names = {hit.name for hit in registry.scan("aws key=a1 cat dog")}
            if not {"key", "cat"} <= names:
                wrong.append(names)

    def changes():
        for _ in range(50):
            registry.add("dog", "d[o0]g", kind="regex")
            registry.remove("dog")

    workers = [threading.Thread(target=work) for work in (scans, scans, changes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert wrong == [] and registry.names() == ["key", "cat"]


def test_hostile_texts_take_linear_time():
    registry = _native.PatternRegistry()
    registry.add("a", "(?:a|aa)+b", kind="regex")
    registry.add("b", r"[^x]{0,1000}KEY[^y]{0,1000}", kind="regex")
    registry.add("c", "a" * 200)
    registry.add("d", "KEY", keywords=["zzz"])
    assert registry.count("a" * 300_000) == 1500
    assert registry.count("KEY" * 100_000, names=["b", "d"]) > 0


def test_a_large_pattern_that_is_allowed_runs():
    registry = _native.PatternRegistry()
    registry.add("large", "[^a]{1000}[^a]{1000}[^a]{1000}[^a]{1000}", kind="regex")
    assert [(hit.start, hit.end) for hit in registry.scan("é" * 9000)] == [(0, 4000), (4000, 8000)]
