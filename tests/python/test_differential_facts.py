from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference

IDS = st.one_of(st.integers(0, 3), st.text(max_size=2))
TENANTS = st.sampled_from(["", "a", "é", "\ud800"])
WORDS = st.sampled_from(
    ["red", "foxes", "not", "5", "2 hours", "120 min", "$5", "in 2020", "薬は安全", "don't", "first", "x²"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=30))
METADATA = st.one_of(
    st.none(), st.dictionaries(st.text(max_size=2), st.one_of(st.none(), st.integers(0, 9)), max_size=2)
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), IDS, TEXTS, TENANTS, METADATA),
        st.tuples(st.just("remove"), IDS, TENANTS),
        st.tuples(st.just("clear"), TENANTS),
    ),
    max_size=10,
)


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 10), st.floats(0, 1), STEPS, TEXTS, st.integers(0, 4), TENANTS)
def test_both_backends_answer_alike(k1, b, steps, text, k, tenant):
    answers = []
    for api in (_native, reference):
        store = api.FactStore(k1, b)
        done = [getattr(store, name)(*arguments) for name, *arguments in steps]
        data = store.to_bytes()
        again = api.FactStore.from_bytes(data)
        assert again.to_bytes() == data
        assert again.query(text, k, tenant) == store.query(text, k, tenant)
        found = (store.query(text, k, tenant), store.retrieve_context(text, k, tenant))
        known = [store.get(step[1], tenant) for step in steps if step[0] == "add"]
        answers.append(repr((done, found, known, store.tenants(), store.count(tenant), data)))
    assert answers[0] == answers[1]
