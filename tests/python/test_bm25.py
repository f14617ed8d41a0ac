import contextlib
import pickle
import threading

import pytest
from paritas import ParitasError, _native, reference
from vectors import load_vectors, outcome


def run(api, given):
    index = api.BM25(**given.get("options", {}))
    for name, *arguments in given.get("steps", []):
        getattr(index, name)(*arguments)
    name, *arguments = given["call"]
    return getattr(index, name)(*arguments, **given.get("keywords", {}))


@pytest.mark.parametrize("case", load_vectors("bm25"), ids=lambda case: case["id"])
def test_bm25_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("bad", [True, 1.5, None, b"a", ["a"]])
def test_an_id_is_a_str_or_an_int(api, bad):
    index = api.BM25()
    for call in (
        lambda: index.add_document(bad, "red"),
        lambda: index.remove(bad),
        lambda: index.get(bad),
        lambda: index.add_documents(["a", bad], ["red", "blue"]),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
    assert index.count() == 0


def test_an_int_id_must_fit_into_64_bits(api):
    index = api.BM25()
    for fits in (2**63 - 1, -(2**63)):
        index.add_document(fits, "red")
    with pytest.raises(ParitasError) as caught:
        index.add_document(2**63, "red")
    assert caught.value.code == "out_of_range"
    assert index.ids() == [2**63 - 1, -(2**63)]


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ([], "invalid_argument"),
        ({"a": {"b": 1}}, "invalid_argument"),
        ({"a": [[1]]}, "invalid_argument"),
        ({1: "a"}, "invalid_argument"),
        ({"a": float("nan")}, "invalid_argument"),
        ({"a": [1, float("inf")]}, "invalid_argument"),
        ({"a": 2**63}, "out_of_range"),
    ],
)
def test_metadata_is_flat_and_finite(api, metadata, code):
    index = api.BM25()
    with pytest.raises(ParitasError) as caught:
        index.add_document("a", "red", metadata)
    assert caught.value.code == code
    with pytest.raises(ParitasError):
        index.add_documents(["a", "b"], ["red", "blue"], [None, metadata])
    assert index.count() == 0


def test_types_are_checked(api):
    index = api.BM25()
    for call in (
        lambda: index.query(b"red"),
        lambda: index.query("red", "3"),
        lambda: index.query("red", min_score="x"),
        lambda: index.query_tokens("red"),
        lambda: index.add_document("a", 5),
        lambda: index.add_documents("ab", ["x", "y"]),
        lambda: api.BM25(k1="x"),
        lambda: api.BM25(analyzer="x"),
        lambda: api.BM25.from_bytes("x"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError)


def test_lone_surrogates_count_as_the_replacement_character(api):
    index = api.BM25(store_text=True)
    index.add_document("\ud800", "red\ud800fox", {"k\udfff": "\ud800"})
    assert index.get("\ufffd") == ("\ufffd", 2, "red\ufffdfox", {"k\ufffd": "\ufffd"})
    index.add_tokens("t", ["a\ud800"])
    assert [doc for doc, _ in index.query_tokens(["a\ufffd"])] == ["t"]


def test_an_analyzer_or_its_options(api):
    text = "The policies"
    one, two = api.BM25(analyzer=api.Analyzer(stopwords="english")), api.BM25(stopwords="english")
    for index in (one, two):
        index.add_document("a", text)
    assert one.to_bytes() == two.to_bytes()
    with pytest.raises(ParitasError) as caught:
        api.BM25(analyzer=api.Analyzer(), stemmer="none")
    assert caught.value.code == "invalid_argument"
    with pytest.raises(TypeError):
        api.BM25(stemer="none")


def test_a_batch_is_a_loop_for_any_number_of_threads(api):
    index = api.BM25()
    words = ["red", "blue", "green", "white", "black"]
    texts = [" ".join(words[j % 5] for j in range(i % 7)) for i in range(300)]
    index.add_documents(list(range(300)), texts, threads=3)
    alone = api.BM25()
    for i, text in enumerate(texts):
        alone.add_document(i, text)
    assert index.to_bytes() == alone.to_bytes()
    queries = ["red blue", "white", "", "black black red", "nothing"] * 5
    expected = [index.query(query, 7) for query in queries]
    ids = index.ids()
    for threads in (0, 1, 2, 7):
        assert index.query_batch(queries, 7, threads=threads) == expected
        positions, scores = index.query_batch_arrays(queries, 7, threads=threads)
        assert positions.dtype == "int64" and scores.dtype == "float64" and positions.shape == scores.shape == (25, 7)
        for row, hits in enumerate(expected):
            assert [ids[place] for place in positions[row] if place >= 0] == [doc for doc, _ in hits]
            assert scores[row].tolist() == [score for _, score in hits] + [0.0] * (7 - len(hits))
    with pytest.raises(ParitasError) as caught:
        index.query_batch(["red", " ".join(f"t{i}" for i in range(1025))])
    assert (caught.value.code, caught.value.offset) == ("limit_exceeded", 1)


def test_files_and_pickles(api, tmp_path):
    index = api.BM25(variant="bm25+", store_text=True)
    index.add_document("a", "red fox", {"x": [1, None]})
    path = tmp_path / "index.pbm"
    index.save(path)
    index.save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["index.pbm"]
    for other in (api.BM25.load(str(path)), pickle.loads(pickle.dumps(index))):
        assert type(other) is api.BM25
        assert other.to_bytes() == index.to_bytes() == path.read_bytes()
        assert other.get("a") == index.get("a")
        other.add_document("b", "red")
        assert [doc for doc, _ in other.query("red")] == ["b", "a"]
    with pytest.raises(FileNotFoundError):
        api.BM25.load(tmp_path / "none")
    with pytest.raises(OSError):
        index.save(tmp_path / "no" / "folder")


def random_index(api, draws, **options):
    """An index after many operations, and the documents that should be left."""
    words = [f"w{i}" for i in range(40)]
    index, expected = api.BM25(**options), {}

    def text():
        return " ".join(words[draws.below(draws.below(40) + 1)] for _ in range(draws.below(9)))

    for _ in range(1_000):
        turn = draws.below(20)
        key = [draws.below(60), str(draws.below(60))][draws.below(2)]
        if turn < 11:
            body = text()
            assert index.add_document(key, body) == (key not in expected)
            expected.pop(key, None)
            expected[key] = body
        elif turn < 16:
            assert index.remove(key) == (expected.pop(key, None) is not None)
        elif turn == 16:
            keys = [draws.below(60) for _ in range(4)]
            assert index.remove_many(keys) == sum(expected.pop(one, None) is not None for one in keys)
        elif turn == 17:
            index = type(index).from_bytes(index.to_bytes())
        elif turn == 18:
            index.query(text(), draws.below(5))
        elif draws.below(40) == 0:
            index.clear()
            expected = {}
    return index, expected


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_an_index_equals_a_fresh_one(api, seed):
    draws = reference.selfcheck.__globals__["Random"](seed)
    variant = ["lucene", "okapi", "robertson", "atire", "bm25l", "bm25+"][seed]
    index, expected = random_index(api, draws, variant=variant)
    fresh = api.BM25(variant=variant)
    for key, body in expected.items():
        fresh.add_document(key, body)
    assert index.ids() == fresh.ids() == list(expected)
    assert index.to_bytes() == fresh.to_bytes()
    for query in ("w0 w1", "w3 w3 w9 w0", "w39 w2 w1 w0 w4", "w5"):
        hits = index.query(query, 1_000)
        assert repr(hits) == repr(fresh.query(query, 1_000))
        assert index.query(query, 3) == hits[:3]
        scores = dict(zip(index.ids(), index.get_scores(query).tolist(), strict=True))
        assert {key: score for key, score in scores.items() if score > 0} == dict(hits)
        for key, score in hits[:5]:
            explanation = index.explain(query, key)
            total = 0.0
            for term in explanation.terms:
                total += term.contribution
            assert total == explanation.score == score


@pytest.mark.parametrize("seed", range(3))
def test_both_backends_keep_the_same_bytes_through_any_history(seed):
    made = []
    for api in (_native, reference):
        draws = reference.selfcheck.__globals__["Random"](100 + seed)
        index, _ = random_index(api, draws)
        made.append((index.to_bytes(), repr(index.query("w0 w1 w2", 1_000)), index.get_scores("w0 w3").tolist()))
    assert made[0] == made[1]
    assert _native.BM25.from_bytes(made[1][0]).to_bytes() == reference.BM25.from_bytes(made[0][0]).to_bytes()


def small_index(api):
    index = api.BM25(store_text=True, stopwords=["zzz"])
    index.add_document("a", "red fox red", {"k": [1, "x"]})
    index.add_document(7, "blue")
    return index


def test_a_snapshot_cut_anywhere_is_refused(api):
    data = small_index(api).to_bytes()
    for size in range(len(data)):
        with pytest.raises(ParitasError) as caught:
            api.BM25.from_bytes(data[:size])
        assert caught.value.code == "corrupt_data", size
    with pytest.raises(ParitasError):
        api.BM25.from_bytes(data + b"\x00")


def test_a_snapshot_with_any_byte_changed_is_refused(api):
    data = small_index(api).to_bytes()
    for at in range(len(data)):
        for change in (0x01, 0x80, 0xFF):
            damaged = data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]
            with pytest.raises(ParitasError) as caught:
                api.BM25.from_bytes(damaged)
            assert caught.value.code == "corrupt_data", at


def resealed(data):
    """The same bytes with sums that are right: what only the checks behind the sums can refuse."""
    import struct

    from paritas.reference.xxh3 import xxh3_64

    out = bytearray(data)
    (sections,) = struct.unpack_from("<I", out, 12)
    end = 64 + 32 * sections
    for at in range(64, end, 32):
        _, _, offset, length, _ = struct.unpack_from("<IIQQQ", out, at)
        struct.pack_into("<Q", out, at + 24, xxh3_64(bytes(out[offset : offset + length])))
    struct.pack_into("<Q", out, 24, xxh3_64(bytes(out[64:end])))
    struct.pack_into("<Q", out, 56, xxh3_64(bytes(out[:56])))
    return bytes(out)


def use_all(index):
    """Whatever a damaged index answers, it answers or refuses."""
    for ask in (
        lambda: index.query("red fox blue w3", 3),
        lambda: index.query("red", 10, {"k": "x"}),
        lambda: index.get_scores("red blue").tolist(),
        lambda: index.explain("red fox", "a"),
        lambda: [index.get(doc_id) for doc_id in index.ids()],
        index.stats,
        lambda: index.remove("a"),
        lambda: index.add_document("a", "red again"),
        lambda: index.query("red again", 10),
        index.optimize,
        index.to_bytes,
    ):
        with contextlib.suppress(ParitasError):
            ask()


def long_index(api):
    """Lists of more than a block."""
    index = small_index(api)
    index.add_documents(range(100, 400), [f"red {'fox ' * (i % 5)} w{i % 7}" for i in range(300)])
    return index


@pytest.mark.parametrize("make", [small_index, long_index])
def test_a_forged_snapshot_is_refused_or_read_without_harm(make, tmp_path):
    data = make(_native).to_bytes()
    assert resealed(data) == data
    step = 1 if make is small_index else 7
    for at in [*range(32, 56), *range(64 + 32 * 15, len(data), step)]:
        for change in (0x01, 0x80, 0xFF):
            forged = resealed(data[:at] + bytes([data[at] ^ change]) + data[at + 1 :])
            try:
                index = _native.BM25.from_bytes(forged)
            except ParitasError as error:
                assert error.code == "corrupt_data"
                continue
            use_all(index)


def test_a_map_that_is_not_verified_is_read_without_harm(tmp_path):
    data = long_index(_native).to_bytes()
    path = tmp_path / "index"
    for at in range(64 + 32 * 15, len(data), 5):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with pytest.raises(ParitasError):
            _native.BM25.load(path)
        with contextlib.suppress(ParitasError):  # what lies between the sections is looked at
            use_all(_native.BM25.load(path, verify=False))


def test_a_mapped_index_takes_changes_and_keeps_its_file(tmp_path):
    path = tmp_path / "index"
    long_index(_native).save(path)
    before = path.read_bytes()
    index, plain = _native.BM25.load(path), reference.BM25.load(path)
    for each in (index, plain):
        each.remove(150)
        each.add_document("new", "red red fox")
        each.add_document("a", "fox")
    assert index.query("red fox", 400) == plain.query("red fox", 400)
    assert index.to_bytes() == plain.to_bytes()
    assert path.read_bytes() == before
    index.save(path)  # over the file that it reads from
    assert index.query("red fox", 400) == plain.query("red fox", 400) == _native.BM25.load(path).query("red fox", 400)


def test_a_full_disk_leaves_the_old_file(api, tmp_path):
    import resource

    path = tmp_path / "index"
    small_index(api).save(path)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            long_index(api).save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["index"]


def test_processes_read_whole_files_while_one_saves(tmp_path):
    import subprocess
    import sys

    path = tmp_path / "index"
    index = _native.BM25()
    index.add_document(0, "red")
    index.save(path)
    code = (
        "import sys, paritas\n"
        "for _ in range(150):\n"
        "    index = paritas.BM25.load(sys.argv[1])\n"
        "    assert len(index.query('red', 10**6)) == index.count() > 0\n"
    )
    readers = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]
    i = 1
    while any(reader.poll() is None for reader in readers):
        index.add_documents(range(i, i + 50), ["red fox"] * 50)
        index.save(path)
        i += 50
    assert [reader.wait() for reader in readers] == [0, 0]


@pytest.mark.parametrize(
    "filter", [{"k": {"$gte": 3}}, {"k": 2, "$not": {"k": 3}}, lambda doc_id, known: known["k"] == 1]
)
def test_a_filter_gives_what_is_left_of_the_full_ranking(api, filter):
    index = api.BM25()
    known = {i: {"k": i % 5} for i in range(400)}
    index.add_documents(known, [f"red {'fox ' * (i % 3)}" for i in known], list(known.values()))
    index.remove_many(range(0, 400, 9))
    passes = filter if callable(filter) else lambda doc_id, item: api.matches_filter(item, filter)
    full = index.query("red fox", 400)
    expected = [hit for hit in full if passes(hit[0], known[hit[0]])]
    assert 0 < len(expected) < len(full)
    assert index.query("red fox", 400, filter) == expected
    assert index.query("red fox", 7, filter) == expected[:7]
    assert index.query_batch(["red fox"], 7, filter) == [expected[:7]]
    assert index.query_tokens(["red", "fox"], 7, filter) == expected[:7]
    positions, _ = index.query_batch_arrays(["red fox"], 7, filter)
    assert [index.ids()[at] for at in positions[0]] == [doc_id for doc_id, _ in expected[:7]]


def test_an_error_in_a_filter_is_the_callers(api):
    index = small_index(api)
    with pytest.raises(ZeroDivisionError):
        index.query("red", 10, lambda doc_id, known: 1 / 0)
    with pytest.raises(ParitasError, match=r"filter\.k\.\$near"):
        index.query("red", 10, {"k": {"$near": 1}})
    with pytest.raises(TypeError):
        index.query("red", 10, 3)


def test_readers_run_while_a_writer_writes():
    index = _native.BM25()
    index.add_documents([f"fixed{i}" for i in range(500)], ["red fox " * (i % 5 + 1) for i in range(500)])
    stop = threading.Event()
    failures = []

    def read():
        try:
            while not stop.is_set():
                hits = index.query("red", 1_000)
                docs = {doc for doc, _ in hits}
                assert len(docs) == len(hits) and {f"fixed{i}" for i in range(500)} <= docs
                assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
                index.query_batch(["red fox", "fox"], 5, threads=2)
                index.stats()
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(1_500):
        index.add_document(i % 50, "red " * (i % 7 + 1))
        if i % 3 == 0:
            index.remove(i % 40)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
