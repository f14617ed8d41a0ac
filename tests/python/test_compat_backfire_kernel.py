import pytest
from paritas.compat.backfire_kernel import RustBM25


def test_a_repeated_id_is_one_more_document_and_scores_are_the_published_ones():
    index = RustBM25()
    index.add_document("a", "foo_bar baz I x")
    index.add_document("a", "I i café")
    assert index.count() == 2
    # What backfire-kernel 0.1.3 answers.
    first, second = index.query("I", 5)
    assert first == ("a", pytest.approx(0.2696520503843362, abs=1e-12))
    assert second == ("a", pytest.approx(0.1654051236893609, abs=1e-12))
    assert index.query("bar", 5) == [("a", pytest.approx(0.628834555559538, abs=1e-12))]
    assert index.query("cafÉ", 5) == [("a", pytest.approx(0.7721133150541163, abs=1e-12))]
    assert index.query("", 5) == []
    index.clear()
    assert (index.count(), index.query("I", 5)) == (0, [])
