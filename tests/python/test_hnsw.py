import pickle
import random
import struct
import threading

import numpy
import pytest
from paritas.errors import ParitasError
from paritas.reference.xxh3 import xxh3_64
from vectors import load_vectors, outcome


def step(api, index, name, *args):
    """One step of a case; the index that the next one works on, and what this one gave."""
    if name == "search":
        options = dict(args[1]) if len(args) > 1 else {}
        every = options.pop("every", None)
        if every is not None:
            options["filter_fn"] = lambda id: id % every == 0
        return index, index.search(args[0], **options)
    if name == "stats":
        stats = index.stats()
        return index, [stats[key] for key in ("count", "holes", "layers", "exact")]
    if name == "has":
        return index, args[0] in index
    if name == "hash":
        return index, f"{xxh3_64(index.to_bytes()):016x}"
    if name == "reload":
        return api.HNSWIndex.from_bytes(index.to_bytes()), None
    return index, getattr(index, name)(*args)


@pytest.mark.parametrize("case", load_vectors("hnsw"), ids=lambda case: case["id"])
def test_hnsw_agrees_with_its_vectors(api, case):
    def run():
        index = api.HNSWIndex(**case["given"]["options"])
        out = []
        for name, *args in case["given"]["steps"]:
            index, value = step(api, index, name, *args)
            out.append(value)
        return out

    assert repr(outcome(run)) == repr(case["expect"])


def clustered(count, dim, seed=1, clusters=20):
    draws = numpy.random.default_rng(seed)
    centres = draws.standard_normal((clusters, dim))
    return (centres[draws.integers(0, clusters, count)] + draws.standard_normal((count, dim)) * 0.5).astype("float32")


def native():
    from paritas import _native

    return _native


def recall(index, queries, ids, rows, k=10):
    unit = rows / numpy.linalg.norm(rows, axis=1, keepdims=True)
    wanted = numpy.argsort(-(queries @ unit.T), axis=1, kind="stable")[:, :k]
    found, _ = index.search_arrays(queries, k)
    return numpy.mean([len(set(ids[w].tolist()) & set(f.tolist())) / k for w, f in zip(wanted, found, strict=True)])


def test_threads_never_change_a_byte():
    rows = clustered(3000, 100)
    images = set()
    for threads in (1, 2, 7):
        index = native().HNSWIndex(100, m=8, ef_construction=60)
        index.add_batch(rows, threads=threads)
        images.add(index.to_bytes())
    assert len(images) == 1
    queries = clustered(50, 100, seed=2)
    assert index.search_batch(queries, 5, threads=1) == index.search_batch(queries, 5, threads=8)
    assert index.search_batch(queries, 5) == [index.search(query, 5) for query in queries]


def test_recall_holds_through_deletes_and_upserts():
    every = clustered(6100, 96)
    rows, queries = every[:6000], every[6000:]
    index = native().HNSWIndex(96, ef_search=60)
    index.add_batch(rows)
    ids = numpy.arange(6000)
    assert recall(index, queries, ids, rows) >= 0.97
    for id in range(0, 6000, 3):
        assert index.delete(id)
    index.add_batch(rows[::3], ids=list(range(0, 6000, 3)))
    assert recall(index, queries, ids, rows) >= 0.97
    for id in range(6000):
        if id % 10:
            assert index.delete(id)
    assert len(index) == 600
    index = native().HNSWIndex.from_bytes(index.to_bytes())
    assert recall(index, queries, ids[::10], rows[::10]) >= 0.97


def test_every_vector_is_found_by_itself():
    rows = clustered(2500, 20)
    index = native().HNSWIndex(20, exact_below=0)
    index.add_batch(rows)
    found, _ = index.search_arrays(rows, 1)
    assert found[:, 0].tolist() == list(range(2500))
    hits = index.search(rows[7], 2500, ef=1)
    assert sorted(id for id, _ in hits) == list(range(2500))
    assert [distance for _, distance in hits] == sorted(distance for _, distance in hits)


def test_a_filter_gives_all_that_pass_and_is_asked_once(api):
    rows = clustered(300, 8)
    index = api.HNSWIndex(8, m=4, ef_construction=20, exact_below=0)
    index.add_batch(rows)
    asked = []
    hits = index.search(rows[0], 5, lambda id: asked.append(id) or id in (17, 250))
    assert sorted(id for id, _ in hits) == [17, 250]
    assert len(asked) == len(set(asked)) == 300
    assert sorted(index.search(rows[0], 9, filter_ids=[17, 250, 250, 999])) == sorted(hits)
    assert index.search(rows[0], 9, filter_ids=numpy.array([250])) == [hit for hit in hits if hit[0] == 250]


def test_what_a_callback_raises_comes_out(api):
    index = api.HNSWIndex(2, exact_below=0)
    index.add_batch([[1.0, 0.0], [0.0, 1.0]])

    def fails(*values):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        index.search([1.0, 0.0], 2, fails)
    with pytest.raises(KeyError, match="mine"):
        index.add_batch([[1.0, 1.0]], progress=fails)
    with pytest.raises(TypeError, match="a callable is needed"):
        index.search([1.0, 0.0], 2, 5)


def test_progress_tells_and_stops(api):
    rows = clustered(60, 4)
    index = api.HNSWIndex(4, m=4, ef_construction=10)
    told = []
    assert index.add_batch(rows, progress=lambda done, total: told.append((done, total))) == list(range(60))
    assert told[-1] == (60, 60) and [done for done, _ in told] == sorted({done for done, _ in told})
    half = api.HNSWIndex(4, m=4, ef_construction=10)
    ids = half.add_batch(rows, progress=lambda done, total: done < 30)
    assert 30 <= len(ids) < 60 and len(half) == len(ids) == half.ids()[-1] + 1
    whole = api.HNSWIndex(4, m=4, ef_construction=10)
    whole.add_batch(rows[: len(ids)])
    assert half.ids() == whole.ids() and half.search(rows[3], 5) == whole.search(rows[3], 5)


def test_a_failed_batch_changes_nothing(api):
    index = api.HNSWIndex(2)
    index.add_batch([[1.0, 0.0]])
    before = index.to_bytes()
    for call in (
        lambda: index.add_batch([[1.0, 0.0], [float("nan"), 0.0]]),
        lambda: index.add_batch([[1.0, 0.0]], ids=[-1]),
        lambda: index.add_batch([[1.0, 0.0], [1.0, 0.0]], ids=[5, 5]),
        lambda: index.add_batch([[1.0, 0.0, 0.0]]),
        lambda: index.add([1.0, 0.0], metadata={1, 2}),
        lambda: index.add([1.0, 0.0], metadata=float("inf")),
        lambda: index.add_batch([[1.0, 0.0]], threads=-1),
    ):
        with pytest.raises(ParitasError):
            call()
    assert index.to_bytes() == before


def test_files(api, tmp_path):
    rows = clustered(40, 4)
    index = api.HNSWIndex(4, m=4, ef_construction=10, exact_below=0)
    index.add_batch(rows, ids=list(range(100, 60, -1)), metadata=[{"row": i} for i in range(40)])
    index.delete(70)
    path = tmp_path / "vectors.phnw"
    index.save(path)
    assert path.read_bytes() == index.to_bytes()
    for options in ({}, {"mmap": True}, {"mmap": True, "verify": False}):
        loaded = api.HNSWIndex.load(path, **options)
        assert loaded.search(rows[3], 5) == index.search(rows[3], 5)
        assert loaded.get_metadata(97) == {"row": 3} and loaded.get(97).tolist() == rows[3].tolist()
        loaded.add(rows[3], 70)  # copies what was mapped
        other = api.HNSWIndex.from_bytes(index.to_bytes())
        other.add(rows[3], 70)
        assert loaded.to_bytes() == other.to_bytes()
        loaded.save(path)  # while it is mapped
        index.save(path)
    assert pickle.loads(pickle.dumps(index)).to_bytes() == index.to_bytes()
    with pytest.raises(OSError):
        api.HNSWIndex.load(tmp_path / "nowhere")


def small(api):
    index = api.HNSWIndex(3, m=2, ef_construction=6, exact_below=0)
    index.add_batch(clustered(24, 3), metadata=["é"] * 24)
    for id in (3, 9):
        index.delete(id)
    return index.to_bytes()


def test_a_file_cut_or_flipped_anywhere_is_refused(api):
    data = small(api)
    places = range(len(data)) if api.__name__ == "paritas._native" else range(0, len(data), 29)
    for at in places:
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        for damaged in (data[:at], bytes(flipped)):
            with pytest.raises(ParitasError) as caught:
                api.HNSWIndex.from_bytes(damaged)
            assert caught.value.code == "corrupt_data"


def patched(data):
    """The sums made right again, as somebody would who means harm."""
    out = bytearray(data)
    (count,) = struct.unpack_from("<I", out, 12)
    for i in range(count):
        start, length = struct.unpack_from("<QQ", out, 64 + 32 * i + 8)
        struct.pack_into("<Q", out, 64 + 32 * i + 24, xxh3_64(bytes(out[start : start + length])))
    struct.pack_into("<Q", out, 24, xxh3_64(bytes(out[64 : 64 + 32 * count])))
    struct.pack_into("<Q", out, 56, xxh3_64(bytes(out[:56])))
    return bytes(out)


def test_damage_with_right_sums_is_refused_alike_or_harmless():
    from paritas import reference

    data = small(native())
    draws = random.Random(3)
    refused = 0
    for round in range(1500):
        out = bytearray(data)
        for _ in range(draws.choice((1, 1, 2))):
            at = draws.randrange(64 + 320, len(out))
            out[at] = draws.choice((out[at] ^ 1 << draws.randrange(8), 0, 255, draws.randrange(256)))
        out = patched(out)
        given = outcome(lambda out=out: native().HNSWIndex.from_bytes(out).ids())
        if round % 10 == 0:
            assert given == outcome(lambda out=out: reference.HNSWIndex.from_bytes(out).ids())
        if "error" in given:
            refused += given["error"]["code"] == "corrupt_data"
            continue
        index = native().HNSWIndex.from_bytes(out)
        index.search([0.1, 0.2, 0.3], 5)
        index.add([0.1, 0.2, 0.3])
        for id in index.ids():
            index.delete(id)
        assert len(index) == 0
    assert refused > 500


def test_an_unverified_file_may_be_wrong_but_never_worse(tmp_path):
    data = small(native())
    draws = random.Random(4)
    path = tmp_path / "index"
    for _ in range(400):
        out = bytearray(data)
        for _ in range(3):
            out[draws.randrange(64 + 320, len(out))] ^= draws.randrange(1, 256)
        path.write_bytes(out)
        try:
            index = native().HNSWIndex.load(path, mmap=True, verify=False)
        except ParitasError as error:
            assert error.code == "corrupt_data"
            continue
        assert len(index.search([0.1, 0.2, 0.3], 5)) == 5
        try:
            index.add([0.1, 0.2, 0.3])
            index.delete(1)
        except ParitasError as error:
            assert error.code == "corrupt_data"


def test_where_peers_crash():
    """Labels twice on a second add, search after a removal, more threads after loading, empty and misshapen input."""
    rows = clustered(500, 16)
    index = native().HNSWIndex(16, max_elements=10, exact_below=0)
    index.add_batch(rows, ids=list(range(500)), threads=1)
    index.add_batch(rows[::-1].copy(), ids=list(range(500)), threads=2)
    assert len(index) == 500 and index.search(rows[0], 1)[0][0] == 499
    for id in range(500):
        index.delete(id)
        assert all(found != id for found, _ in index.search(rows[3], 3))
    assert index.search(rows[0]) == [] and index.search_batch(rows[:2]) == [[], []]
    index = native().HNSWIndex.from_bytes(index.to_bytes())
    index.add_batch(rows, threads=8)
    assert len(index.search(rows[0], 10_000)) == 500
    assert index.add_batch([]) == [] and index.search_batch([]) == []
    assert index.add_batch(numpy.zeros((0, 16), "float32")) == []
    for wrong in ([], [[1.0] * 16], "text", None, numpy.zeros((2, 2, 2)), [1.0, "x"]):
        with pytest.raises(ParitasError):
            index.search(wrong)
    with pytest.raises(ParitasError):
        index.add_batch(numpy.zeros((3, 15), "float32"))


def test_mixed_calls_of_many_threads():
    rows = clustered(2000, 24)
    index = native().HNSWIndex(24, m=6, ef_construction=30, exact_below=0)
    index.add_batch(rows[:500])
    failures = []

    def work(number):
        draws = random.Random(number)
        try:
            for turn in range(150):
                action = draws.randrange(6)
                if action == 0:
                    index.add(rows[draws.randrange(2000)], draws.randrange(1000))
                elif action == 1:
                    index.delete(draws.randrange(1000))
                elif action == 2 and turn % 10 == 0:
                    index.add_batch(rows[:40], ids=list(range(number * 100, number * 100 + 40)), threads=2)
                elif action == 3:
                    native().HNSWIndex.from_bytes(index.to_bytes())
                else:
                    hits = index.search(rows[draws.randrange(2000)], 10, lambda id: id % 2 == 0)
                    assert all(id % 2 == 0 for id, _ in hits)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures and not any(thread.is_alive() for thread in threads)
    native().HNSWIndex.from_bytes(index.to_bytes())  # checks every link


def test_memory_per_vector():
    index = native().HNSWIndex(384)
    index.add_batch(clustered(3000, 384))
    stats = index.stats()
    assert stats["vector_bytes"] + stats["link_bytes"] + stats["id_bytes"] <= 3000 * (384 * 4 + 200)
