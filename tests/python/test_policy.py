"""Answers about products and policies, a right and a wrong one to each source: what the verifier makes of them."""

import pytest
from paritas import _native, reference
from vectors import load_vectors

CASES = load_vectors("policy")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_both_backends_decide_alike(case):
    results = [api.verify(**case["given"]) for api in (_native, reference)]
    assert results[0] == results[1]
    assert all(reason.source_span is not None for reason in results[0].reasons if reason.decisive)


def test_wrong_answers_are_refused_and_right_ones_approved(capsys):
    decided = [(case["id"], case["expect"]["value"], _native.verify(**case["given"]).approved) for case in CASES]
    wrong = [approved for _, right, approved in decided if not right]
    right = [approved for _, right, approved in decided if right]
    with capsys.disabled():
        print(
            f" {wrong.count(False)} of {len(wrong)} wrong refused, {right.count(True)} of {len(right)} right approved"
        )
    missed = [name for name, right, approved in decided if right != approved]
    assert wrong.count(False) >= 0.9 * len(wrong), missed
    assert right.count(True) >= 0.8 * len(right), missed
