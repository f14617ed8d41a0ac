import os
import pickle
import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference
from vectors import load_vectors, outcome


def step(state: dict[str, Any], given: dict[str, Any]) -> Any:
    given = dict(given)
    name, index = given.pop("call"), state["index"]
    if name in ("from_bytes", "reload"):
        data = bytes.fromhex(given["data"]) if name == "from_bytes" else index.to_bytes()
        state["index"] = type(index).from_bytes(data)
        return None
    if name == "to_bytes":
        return index.to_bytes().hex()
    if name == "get":
        found = index.get(**given)
        return None if found is None else [found.id, found.vector.tolist(), found.metadata]
    if name == "stats":
        return list(index.stats()[:7])
    if name == "query_batch_arrays":
        positions, scores = index.query_batch_arrays(**given)
        assert (positions.dtype, scores.dtype) == (np.int64, np.float64)
        return {"positions": positions.tolist(), "scores": scores.tolist()}
    return getattr(index, name)(**given)


def told(value: Any) -> Any:
    """As JSON says it."""
    return [told(item) for item in value] if isinstance(value, list | tuple) else value


def run(api: Any, given: dict[str, Any]) -> Any:
    state = {"index": api.VectorIndex(**given["options"])}
    return [outcome(lambda one=one: told(step(state, one))) for one in given["steps"]]


@pytest.mark.parametrize("case", load_vectors("vector_index"), ids=lambda case: case["id"])
def test_vector_index_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


ids = st.integers(0, 30) | st.sampled_from(["a", "b", "", "é"])
extra = st.none() | st.fixed_dictionaries({"n": st.integers(0, 3)})
filters = st.sampled_from([None, {"n": 1}, {"n": {"$gte": 2}}, {"n": {"$exists": False}}])


@st.composite
def histories(draw):
    dim = draw(st.integers(1, 20) | st.just(97))  # from 96 on a graph keeps signs
    value = st.sampled_from([0.0, -0.0, 1.0, -0.5, 0.37]) | st.floats(-2, 2, width=32)
    vector = st.lists(value, min_size=dim, max_size=dim)
    dtype = draw(st.sampled_from(["float32", "float16", "int8", "binary"]))
    metric = "cosine" if dtype == "binary" else draw(st.sampled_from(["cosine", "dot", "l2", "euclidean"]))
    steps = []
    for _ in range(draw(st.integers(1, 14))):
        name = draw(
            st.sampled_from(
                ["add", "add", "add_batch", "remove", "remove_many", "query", "query_batch", "reload", "compact"]
            )
        )
        entry: dict[str, Any] = {"call": name}
        if name == "add":
            entry |= {"id": draw(ids), "vector": draw(vector), "metadata": draw(extra)}
        elif name == "add_batch":
            names = draw(st.lists(ids, max_size=20))
            entry |= {"ids": names, "vectors": [draw(vector) for _ in names], "metadatas": [draw(extra) for _ in names]}
            entry["on_duplicate"] = draw(st.sampled_from(["replace", "keep", "error"]))
        elif name == "remove":
            entry["id"] = draw(ids)
        elif name == "remove_many":
            entry["ids"] = draw(st.lists(ids, max_size=4))
        elif name == "query":
            entry |= {"vector": draw(vector), "k": draw(st.integers(0, 12)), "filter": draw(filters)}
            entry |= {"rescore": draw(st.integers(0, 2)), "ef": draw(st.none() | st.integers(1, 9))}
            entry["exact"] = draw(st.booleans())
        elif name == "query_batch":
            entry |= {"vectors": draw(st.lists(vector, max_size=3)), "k": draw(st.integers(0, 12))}
        steps.append(entry)
    steps += [
        {"call": "ids"},
        {"call": "stats"},
        {"call": "to_bytes"},
        {"call": "query", "vector": draw(vector), "k": 99},
    ]
    options = {"dim": dim, "dtype": dtype, "metric": metric, "keep_full": draw(st.booleans())}
    if dtype == "float32" and draw(st.booleans()):
        options |= {"kind": "hnsw", "m": draw(st.integers(2, 4)), "ef_construction": draw(st.integers(1, 9))}
        options |= {"ef": draw(st.integers(1, 9)), "seed": draw(st.integers(-2, 2))}
    return {"options": options, "steps": steps}


@settings(max_examples=200, deadline=None)
@given(histories())
def test_any_history_gives_the_same_on_both_sides(history):
    assert repr(run(_native, history)) == repr(run(reference, history))


def made(count: int = 5_000, dim: int = 96, **options: Any) -> tuple[Any, Any]:
    rows = np.random.default_rng(7).standard_normal((count, dim), "float32")
    index = _native.VectorIndex(dim, **options)
    index.add_batch(range(count), rows)
    return index, rows


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8", "binary"])
def test_scores_are_those_of_the_functions(dtype):
    index, rows = made(dtype=dtype)
    queries = np.random.default_rng(8).standard_normal((9, 96), "float32")
    corpus = rows if dtype == "float32" else _native.quantize(rows, dtype)
    for metric, name in (("cosine", "cosine"), ("l2", "squared_euclidean"), ("euclidean", "euclidean"), ("dot", "dot")):
        if dtype == "binary" and metric != "cosine":
            continue
        index = made(dtype=dtype, metric=metric)[0]
        expected = _native.top_k_similar(queries, corpus, 20, name)
        assert index.query_batch(queries, 20, threads=3) == expected
        assert [index.query(query, 20) for query in queries] == expected
        positions, scores = index.query_batch_arrays(queries, 20)
        assert [
            list(zip(*row, strict=True)) for row in zip(positions.tolist(), scores.tolist(), strict=True)
        ] == expected


def test_a_filter_is_the_full_ranking_without_the_others(api):
    rows = np.random.default_rng(1).standard_normal((200, 8), "float32")
    index = api.VectorIndex(8)
    index.add_batch(range(200), rows, [{"n": i % 7} for i in range(200)])
    every = index.query(rows[0], 200)
    kept = [hit for hit in every if hit[0] % 7 in (2, 5)]
    assert index.query(rows[0], 20, {"n": {"$in": [2, 5]}}) == kept[:20]
    assert index.query(rows[0], 20, lambda name, extra: extra["n"] in (2, 5) and name >= 0) == kept[:20]
    with pytest.raises(ZeroDivisionError):
        index.query(rows[0], 3, lambda name, extra: 1 / 0)
    with pytest.raises(TypeError):
        index.query(rows[0], 3, "n")


def test_rescoring_with_all_rows_is_exact():
    exact = made()[0]
    query = np.random.default_rng(2).standard_normal(96).astype("float32")
    for dtype in ("float16", "int8", "binary"):
        small = made(dtype=dtype, keep_full=True)[0]
        assert small.query(query, 10, rescore=500) == exact.query(query, 10)
        with pytest.raises(ParitasError) as error:
            made(count=10, dtype=dtype)[0].query(query, 3, rescore=2)
        assert error.value.code == "invalid_argument"


def test_every_cut_and_every_flip_of_a_small_file_is_refused(api):
    index = api.VectorIndex(3, dtype="int8", keep_full=True)
    index.add_batch(["a", 7], [[0.5, 1.0, -1.0], [0.25, 2.0, 3.0]], [{"k": "v"}, None])
    data = index.to_bytes()
    broken = [data[:size] for size in range(len(data))]
    broken += [data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :] for at in range(len(data))]
    for bad in [*broken, data + b"\0"]:
        with pytest.raises(ParitasError) as error:
            api.VectorIndex.from_bytes(bad)
        assert error.value.code == "corrupt_data"


def test_files_are_mapped_and_changed_without_touching_them(api, tmp_path):
    rows = np.random.default_rng(3).standard_normal((300, 16), "float32")
    index = api.VectorIndex(16)
    index.add_batch(range(300), rows)
    path = tmp_path / "index"
    index.save(path)
    before = path.read_bytes()
    for options in ({}, {"mmap": False}, {"verify": False}, {"mmap": True, "verify": True}):
        loaded = api.VectorIndex.load(path, **options)
        assert loaded.query(rows[5], 9) == index.query(rows[5], 9)
        assert loaded.remove(5) and not loaded.contains(5)
        loaded.add("new", rows[5])
        assert loaded.query(rows[5], 1)[0][0] == "new"
        loaded.remove_many(range(0, 200))
        assert loaded.count() == 101
        fresh = api.VectorIndex(16)
        fresh.add_batch([*range(200, 300), "new"], np.concatenate([rows[200:], rows[5:6]]))
        assert loaded.to_bytes() == fresh.to_bytes()
        assert path.read_bytes() == before
        index.save(path)  # while another one maps it
        assert pickle.loads(pickle.dumps(loaded)).to_bytes() == fresh.to_bytes()
    os.truncate(path, 0)
    for options in ({}, {"mmap": False}):
        with pytest.raises(ParitasError) as error:
            api.VectorIndex.load(path, **options)
        assert error.value.code == "corrupt_data"
    with pytest.raises(FileNotFoundError):
        api.VectorIndex.load(tmp_path / "none")


def test_many_threads_at_once():
    index, rows = made(2_000, 32)
    failures = []

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        try:
            for _ in range(60):
                i = int(random.integers(0, 2_000))
                if seed % 2 == 0:
                    index.remove(i)
                    index.add(i, rows[i], {"n": i % 3})
                hits = index.query(rows[i], 5, {"n": 1} if i % 2 else None)
                assert len(hits) <= 5 and hits == sorted(hits, key=lambda hit: -hit[1])
                index.query_batch(rows[:3], 5)
        except Exception as error:  # shown below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [] and index.count() == 2_000


def test_wrong_types(api):
    index = api.VectorIndex(2)
    for wrong in (True, 1.5, None, b"a"):
        with pytest.raises(TypeError):
            index.add(wrong, [1.0, 2.0])
    for call in (
        lambda: api.VectorIndex("2"),
        lambda: api.VectorIndex(2, 3),
        lambda: api.VectorIndex(2, keep_full=1),
        lambda: index.add(1, "ab"),
        lambda: index.add_batch("ab", [[1.0, 2.0]]),
        lambda: index.add_batch([1], [[1.0, 2.0]], 3),
        lambda: index.query([1.0, 2.0], "1"),
        lambda: index.query([1.0, 2.0], ef="1"),
        lambda: index.query([1.0, 2.0], exact=1),
        lambda: api.VectorIndex.from_bytes("text"),
    ):
        with pytest.raises(TypeError):
            call()
    assert index.count() == 0
