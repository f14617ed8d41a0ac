"""Random expressions and registries: RE2 around what the automaton finds, against Python's `re` over the whole text."""

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference

LETTERS = "abkKsſ\u212aéÉ日𝔸 \n_1-"
ATOMS = [
    "a",
    "b",
    "k",
    "é",
    "日",
    ".",
    "[ab]",
    "[^a]",
    "[k-s]",
    "[^b-y]",
    r"\d",
    r"\w",
    r"\s",
    r"\W",
    "abc",
    "KEY",
    "(?:ab|a)",
]
ASSERTIONS = ["^", "$", r"\b", r"\B"]
REPEATS = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?", "??", "{1,2}?"]


def patterns():
    atom = st.sampled_from(ATOMS)
    return st.recursive(
        atom,
        lambda inner: st.one_of(
            st.lists(st.one_of(inner, st.sampled_from(ASSERTIONS)), min_size=1, max_size=4).map("".join),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
            inner.map(lambda part: f"({part})"),
            st.tuples(inner, st.sampled_from(REPEATS)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        ),
        max_leaves=8,
    )


flags = st.sampled_from(["", "(?i)", "(?m)", "(?s)", "(?ims)"])
texts = st.lists(st.sampled_from([*LETTERS, "abc", "KEY", "key", "ab" * 5]), max_size=30).map("".join)


def both(call):
    """What native module and reference say, values or errors."""
    out = []
    for api in (_native, reference):
        try:
            out.append(("value", call(api)))
        except ParitasError as error:
            out.append(("error", error.code, error.offset, str(error)))
    return out


@settings(max_examples=400, deadline=None)
@given(flags, patterns(), texts)
def test_an_expression_matches_alike(flag, pattern, text):
    def call(api):
        registry = api.PatternRegistry()
        registry.add("p", flag + pattern, kind="regex")
        return registry.scan(text), registry.contains(text)

    native, python = both(call)
    assert native == python


@settings(max_examples=200, deadline=None)
@given(flags, patterns())
def test_what_is_said_of_an_expression_is_the_same(flag, pattern):
    native, python = both(lambda api: api.PatternRegistry.validate(flag + pattern))
    assert native == python


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab(?:P<n>)[]{}12,^$|*+\\dxbB.-iéim", max_size=20))
def test_any_pattern_is_read_alike(pattern):
    native, python = both(lambda api: api.PatternRegistry.validate(pattern))
    assert native == python


definition = st.fixed_dictionaries(
    {
        "pattern": st.one_of(patterns(), st.sampled_from(["a", "ab", "abc", "key", "KEY", "é", "日", "sſ"])),
        "kind": st.sampled_from(["literal", "regex"]),
        "severity": st.sampled_from(["low", "medium", "high", "critical"]),
        "keywords": st.sampled_from([[], [], ["A"], ["é", "k"]]),
        "case_insensitive": st.booleans(),
        "whole_words": st.booleans(),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(definition, max_size=6), texts, st.sampled_from(["all", "longest", "priority"]), st.integers(0, 3))
def test_a_registry_finds_alike(definitions, text, overlap, limit):
    def call(api):
        registry = api.PatternRegistry()
        for at, fields in enumerate(definitions):
            if fields["kind"] == "literal" or registry.validate(fields["pattern"]).ok:
                registry.add_many([{"name": f"p{at}", "category": f"c{at % 2}", **fields}])
        return (
            registry.scan(text, overlap=overlap, limit=limit),
            registry.count(text, overlap=overlap),
            registry.contains(text),
            registry.summary(text),
            registry.replace(text, "*"),
        )

    native, python = both(call)
    assert native == python
