import contextlib
import threading

import pytest
from paritas import HybridIndex, ParitasError
from vectors import load_vectors, outcome

DOCUMENTS = [("a", "Water boils", [1.0, 0.0]), ("b", "Ice melts", [0.0, 1.0]), ("c", "Water flows", [0.5, 0.5])]


@pytest.fixture
def hybrid(api):
    """HybridIndex over either backend."""
    return type("HybridIndex", (HybridIndex,), {"_api": api})


def filled(hybrid, **options):
    index = hybrid(**options)
    for document in DOCUMENTS:
        index.add(*document)
    return index


def run(hybrid, given):
    index = hybrid(**given["options"])
    for document in given["documents"]:
        index.add(*document)
    for name, *arguments in given["steps"]:
        if name == "reload":
            index = hybrid.from_bytes(index.to_bytes())
            continue
        with contextlib.suppress(ParitasError):
            getattr(index, name)(*arguments)
    name, *arguments = given["call"]
    return getattr(index, name)(*arguments)


@pytest.mark.parametrize("case", load_vectors("hybrid"), ids=lambda case: case["id"])
def test_hybrid_index_agrees_with_its_vectors(api, hybrid, case):
    assert repr(outcome(lambda: run(hybrid, case["given"]))) == repr(case["expect"])


def test_indexes_may_be_given(api, hybrid):
    words, vectors = api.BM25(), api.VectorIndex(2, metric="l2")
    index = filled(hybrid, bm25=words, vectors=vectors)
    assert index.bm25 is words and index.vectors is vectors
    assert words.ids() == vectors.ids() == index.ids() == ["a", "b", "c"]
    assert hybrid(words, vectors).query("water", [0.5, 0.5]) == index.query("water", [0.5, 0.5])
    words.remove("a")
    with pytest.raises(ParitasError) as caught:
        hybrid(words, vectors)
    assert caught.value.code == "invalid_argument"
    with pytest.raises(ParitasError, match="store_text"):
        index.highlights("b", "ice")
    for given in ({"bm25": vectors}, {"vectors": words}, {"embed": 5}):
        with pytest.raises(TypeError):
            hybrid(**given)


def test_embed_stands_in_for_vectors(hybrid):
    asked = []

    def embed(texts):
        asked.append(texts)
        return [[float("water" in text.lower()), float("ice" in text.lower()), 0.25] for text in texts]

    index = hybrid(embed=embed)
    index.add("a", "Water boils")
    assert index.add_batch(["b", "c"], ["Ice melts", "Water flows"]) == 2
    assert asked == [["Water boils"], ["Ice melts", "Water flows"]]
    found = index.query("ice")
    assert found[0].id == "b" and found[0].sparse_rank == found[0].dense_rank == 1
    assert index.query("ice", [1.0, 0.0, 0.25])[0].dense_rank == 3
    again = hybrid.from_bytes(index.to_bytes(), embed=embed)
    assert again.query("ice") == found
    plain = hybrid.from_bytes(index.to_bytes())
    assert plain.query("ice")[0].dense_rank is None
    with pytest.raises(ParitasError, match="embed"):
        plain.add("d", "Steam")
    short = hybrid(embed=lambda texts: [])
    with pytest.raises(ParitasError) as caught:
        short.add("a", "Steam")
    assert caught.value.code == "length_mismatch" and short.count() == 0


def test_a_refused_change_leaves_both_parts_alone(hybrid):
    index = filled(hybrid)
    before = index.to_bytes()
    for call in (
        lambda: index.add("a", 5, [1.0, 0.0]),
        lambda: index.add("a", "x", [1.0]),
        lambda: index.add("a", "x", [1.0, float("nan")]),
        lambda: index.add("a", "x", "vector"),
        lambda: index.add(True, "x", [1.0, 0.0]),
        lambda: index.add("a", "x", [1.0, 0.0], {"a": {}}),
        lambda: index.add("a", "x"),
        lambda: index.add_batch(["a", "z"], ["x", 5], [[1.0, 0.0], [0.0, 1.0]]),
        lambda: index.add_batch(["a", "z"], ["x", "y"], [[1.0, 0.0], [0.0]]),
        lambda: index.add_batch(["a", "z"], ["x", "y"], [[1.0, 0.0]]),
        lambda: index.add_batch(["a", "z"], ["x"], [[1.0, 0.0], [0.0, 1.0]]),
        lambda: index.add_batch(["a", "z"], ["x", "y"], [[1.0, 0.0], [0.0, 1.0]], [None]),
        lambda: index.add_batch(["a", "z"], ["x", "y"], [[1.0, 0.0], [0.0, 1.0]], on_duplicate="x"),
        lambda: index.add_batch("az", ["x", "y"], [[1.0, 0.0], [0.0, 1.0]]),
        lambda: index.remove(1.5),
        lambda: index.remove_many("ab"),
    ):
        with pytest.raises(ParitasError):
            call()
        assert index.to_bytes() == before
    empty = hybrid()
    with pytest.raises(ParitasError):
        empty.add("a", "x", [float("inf"), 1.0])
    assert empty.vectors is None and empty.add("a", "x", [1.0, 0.0, 0.0])


def test_files(hybrid, tmp_path):
    index = filled(hybrid, fusion="weighted", norm="max")
    path = tmp_path / "index.phy"
    index.save(path)
    other = hybrid.load(path)
    assert type(other) is hybrid and other.to_bytes() == index.to_bytes() == path.read_bytes()
    assert other.query("water", [0.5, 0.5]) == index.query("water", [0.5, 0.5])
    assert hybrid.from_bytes(hybrid().to_bytes()).count() == 0
    data = path.read_bytes()
    for at in range(0, len(data), 7):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]):
            with pytest.raises(ParitasError) as caught:
                hybrid.from_bytes(damaged)
            assert caught.value.code == "corrupt_data"
    strange = index._rules.to_bytes(hybrid().bm25.to_bytes(), index.vectors.to_bytes())
    with pytest.raises(ParitasError) as caught:
        hybrid.from_bytes(strange)
    assert caught.value.code == "corrupt_data"


def test_both_backends_write_the_same_bytes():
    import paritas._native as native
    import paritas.reference as reference

    made = [filled(type("Hybrid", (HybridIndex,), {"_api": api})).to_bytes() for api in (native, reference)]
    assert made[0] == made[1]


def test_a_callable_filters_both_parts(hybrid):
    index = filled(hybrid)
    found = index.query("water", [0.0, 1.0], filter=lambda doc_id, metadata: doc_id != "b" and metadata is None)
    assert {hit.id for hit in found} == {"a", "c"}


def test_a_reader_sees_both_parts_of_a_change():
    index = filled(HybridIndex)
    stop = threading.Event()
    failures = []

    def read():
        try:
            while not stop.is_set():
                found = {hit.id: hit for hit in index.query("zebra", [1.0, 1.0], 10)}
                if 7 in found:
                    assert found[7].sparse_rank == 1 and found[7].dense_rank is not None
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(300):
        index.add(7, "Zebra", [1.0, 1.0])
        index.remove(7)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
