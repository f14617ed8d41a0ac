"""VectorIndex over a graph: what any history shows is in test_vector_index.py, what takes many vectors is here."""

import json
import pickle
import threading
from typing import Any

import numpy as np
import pytest
from paritas import ParitasError, _native, reference
from paritas.reference import vector_index_graph

METRICS = ["cosine", "dot", "l2", "euclidean"]


def rows(count: int, dim: int, seed: int = 7) -> Any:
    return np.random.default_rng(seed).standard_normal((count, dim), "float32")


@pytest.mark.parametrize("metric", METRICS)
def test_a_walk_that_keeps_all_finds_what_comparing_all_finds(metric):
    vectors, queries = rows(3_000, 24), rows(20, 24, 8)
    found = []
    for kind in ("flat", "hnsw"):
        index = _native.VectorIndex(24, metric, kind=kind, ef=3_000)
        index.add_batch(range(3_000), vectors)
        index.remove_many(range(0, 3_000, 5))
        index.add_batch(range(0, 500), vectors[1_000:1_500])
        found.append([index.query_batch(queries, 50), index.query_batch_arrays(queries, 50)[0].tolist()])
    assert repr(found[0]) == repr(found[1])


@pytest.mark.parametrize("metric", METRICS)
def test_a_narrow_walk_finds_most_with_the_scores_of_flat(metric):
    vectors, queries = rows(4_000, 96), rows(40, 96, 8)
    index = _native.VectorIndex(96, metric, kind="hnsw", ef=100)
    index.add_batch(range(4_000), vectors)
    exact = index.query_batch(queries, 10, exact=True)
    flat = _native.VectorIndex(96, metric, kind="flat")
    flat.add_batch(range(4_000), vectors)
    assert exact == flat.query_batch(queries, 10)
    walked = index.query_batch(queries, 10, threads=2)
    assert walked == [index.query(query, 10) for query in queries]
    shared = sum(len(set(found) & set(best)) for found, best in zip(walked, exact, strict=True))  # (id, score) pairs
    assert 200 < shared < 400  # it walks, and finds


def test_the_walk_with_a_filter_is_that_of_the_reference():
    count, dim = 20_500, 6
    vectors, queries = rows(count, dim), rows(4, dim, 8)
    index = _native.VectorIndex(dim, kind="hnsw", m=4, ef_construction=8, ef=9)
    index.add_batch(range(count), vectors, [{"n": i % 2, "few": i % 40} for i in range(count)])
    index.remove_many(range(0, 100, 2))
    twin = reference.VectorIndex.from_bytes(index.to_bytes())
    for filter in ({"n": 1}, {"few": 3}, None):
        exact = index.query_batch(queries, 10, filter, exact=True)
        found = index.query_batch(queries, 10, filter)
        assert found == twin.query_batch(queries, 10, filter)
        assert (found == exact) == (filter == {"few": 3})  # few that pass are compared, all of them
        assert [len(hits) for hits in found] == [10] * 4
    assert len(index.query(queries[0], 30_000, {"n": 1})) == count // 2


def test_auto_makes_the_graph_once_and_keeps_it():
    index = _native.VectorIndex(2, "l2", ef_construction=4, ef=4)
    vectors = rows(50_001, 2)
    index.add_batch(range(49_999), vectors[:49_999])
    index.remove(3)
    index.add(49_999, vectors[49_999])
    assert index.stats()[6] == "exact" and index.stats().graph_bytes == 0
    index.add(50_000, vectors[50_000])
    assert (index.stats().path, index.stats().removed, index.count()) == ("graph", 0, 50_000)
    assert index.stats().graph_bytes > 50_000 * 16
    loaded = _native.VectorIndex.from_bytes(index.to_bytes())
    index.remove_many(range(100, 9_000))
    loaded.remove_many(range(100, 9_000))
    assert index.stats().path == "graph" and index.to_bytes() == loaded.to_bytes()
    assert index.count() == 41_100 and len(index.query(vectors[0], 200)) == 200
    index.clear()
    assert (index.stats().path, index.query(vectors[0])) == ("exact", [])


@pytest.mark.parametrize("dtype", ["float16", "int8", "binary"])
def test_only_float32_has_a_graph(api, dtype):
    assert api.VectorIndex(2, dtype=dtype, kind="auto").stats().path == "exact"
    with pytest.raises(ParitasError, match="a graph needs the dtype float32") as error:
        api.VectorIndex(2, dtype=dtype, kind="hnsw")
    assert error.value.code == "invalid_argument"


def test_the_crossing_builds_what_one_batch_builds(monkeypatch):
    monkeypatch.setattr(vector_index_graph, "GRAPH_FROM", 40)
    vectors = rows(60, 5)
    crossing = reference.VectorIndex(5, m=3, ef_construction=8)
    crossing.add_batch(range(30), vectors[:30])
    crossing.remove(4)
    crossing.add_batch(range(30, 40), vectors[30:40])
    assert crossing.stats().path == "exact"
    crossing.add_batch(range(40, 50), vectors[40:50])
    crossing.add_batch(range(50, 60), vectors[50:])
    whole = _native.VectorIndex(5, kind="hnsw", m=3, ef_construction=8)
    names = [i for i in range(50) if i != 4]
    whole.add_batch(names, vectors[names])
    whole.add_batch(range(50, 60), vectors[50:])
    assert crossing.stats()[:2] == whole.stats()[:2] and crossing.stats().path == "graph"
    first, second = crossing.to_bytes(), whole.to_bytes()
    assert first[512:] == second[512:]  # all but the sums and the options, where the kind stands
    assert len(first) == len(second)


def small(api: Any, **options: Any) -> Any:
    index = api.VectorIndex(3, kind="hnsw", m=2, ef_construction=4, **options)
    index.add_batch(["a", 7, "b", "c", "d", 8], [[i % 3, i * i % 5, 1] for i in range(6)], [{"k": 1}] + [None] * 5)
    index.remove(7)
    return index


def test_every_cut_and_every_flip_of_a_small_file_is_refused(api):
    data = small(api).to_bytes()
    assert data == small(reference).to_bytes()
    broken = [data[:size] for size in range(0, len(data), 3)]
    broken += [data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :] for at in range(len(data))]
    for bad in broken:
        with pytest.raises(ParitasError) as error:
            api.VectorIndex.from_bytes(bad)
        assert error.value.code == "corrupt_data"


def test_a_graph_of_other_options_or_of_none_is_refused(api):
    from paritas.reference import sections
    from paritas.reference.vector_index import FILE

    parts = [part.data for part in sections.opened(FILE, small(api).to_bytes())]
    changes: dict[int, list[bytes]] = {
        0: [parts[0][:6] + b"\0" + parts[0][7:], parts[0][:8] + b"\3" + parts[0][9:]],  # flat with a graph; another m
        1: [parts[1].replace(b"\x02\0b", b"\0")],  # a vector without an id
        7: [b"", parts[7][:-8] + b"\5" + b"\0" * 7],
        8: [b"\xff" * 6],
        9: [parts[9][:-4], b"\0" * len(parts[9])],
        11: [b"\0" * 8],
    }
    for number, kinds in changes.items():
        for data in kinds:
            bad = sections.written(FILE, [*parts[:number], data, *parts[number + 1 :]])
            with pytest.raises(ParitasError) as error:
                api.VectorIndex.from_bytes(bad)
            with pytest.raises(ParitasError) as other:
                reference.VectorIndex.from_bytes(bad)
            assert (error.value.code, error.value.offset) == ("corrupt_data", other.value.offset)


def test_a_mapped_file_is_walked_in_place_and_mended_when_its_links_are_not_links(tmp_path):
    vectors = rows(500, 8)
    index = _native.VectorIndex(8, kind="hnsw", m=4)
    index.add_batch(range(500), vectors)
    path = tmp_path / "index"
    index.save(path)
    for options in ({}, {"mmap": False}, {"verify": False}):
        loaded = _native.VectorIndex.load(path, **options)
        assert loaded.query(vectors[5], 9) == index.query(vectors[5], 9)
        assert loaded.remove(5) and pickle.loads(pickle.dumps(loaded)).to_bytes() == loaded.to_bytes()
    data = bytearray(path.read_bytes())
    links = 64 + 32 * 9  # the entry of the section in the table
    start = int.from_bytes(data[links + 8 : links + 16], "little")
    data[start : start + 500 * 8 * 4] = bytes(500 * 8 * 4)  # each one leads to the first slot
    path.write_bytes(data)
    with pytest.raises(ParitasError):
        _native.VectorIndex.load(path, verify=True)
    loaded = _native.VectorIndex.load(path, verify=False)
    assert len(loaded.query(vectors[5], 9)) == 9  # found by comparing
    loaded.remove(499)
    assert [name for name, _ in loaded.query(vectors[5], 9, ef=499)] == [
        name for name, _ in index.query(vectors[5], 10, exact=True) if name != 499
    ][:9]


def test_many_threads_at_once():
    vectors = rows(1_500, 32)
    index = _native.VectorIndex(32, kind="hnsw", m=6, ef_construction=20)
    index.add_batch(range(1_500), vectors)
    failures = []

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        try:
            for _ in range(40):
                i = int(random.integers(0, 1_500))
                if seed % 2 == 0:
                    index.remove(i)
                    index.add(i, vectors[i], {"n": i % 3})
                hits = index.query(vectors[i], 5)
                assert len(hits) == 5 and hits == sorted(hits, key=lambda hit: -hit[1])
                index.query_batch(vectors[:3], 5)
        except Exception as error:  # shown below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [] and index.count() == 1_500
    assert json.dumps(index.ids()) == json.dumps(_native.VectorIndex.from_bytes(index.to_bytes()).ids())
