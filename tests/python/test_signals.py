import pytest
from vectors import load_vectors, outcome

STEMS = {
    "entity_overlap": "signals_entity_overlap",
    "negation_flip": "signals_negation_flip",
    "numerical_consistency": "signals_numerical_consistency",
    "signals": "signals",
    "signals_batch": "signals_batch",
    "traceability": "signals_traceability",
}
CASES = [(feature, case) for feature, stem in STEMS.items() for case in load_vectors(stem)]


@pytest.mark.parametrize(("feature", "case"), CASES, ids=lambda item: item["id"] if isinstance(item, dict) else item)
def test_signals_agree_with_their_vectors(api, feature, case):
    assert repr(outcome(lambda: getattr(api, feature)(**case["given"]))) == repr(case["expect"])
