import pickle
import struct
import threading

import pytest
from paritas import ParitasError, _native, reference
from paritas.reference.xxh3 import xxh3_64
from vectors import load_vectors, outcome


def run(api, given):
    store = api.FactStore(**given.get("options", {}))
    for name, *arguments in given.get("steps", []):
        getattr(store, name)(*arguments)
    name, *arguments = given["call"]
    result = getattr(store, name)(*arguments)
    return result.hex() if name == "to_bytes" else result


@pytest.mark.parametrize("case", load_vectors("facts"), ids=lambda case: case["id"])
def test_fact_store_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_the_published_name_is_the_same_class(api):
    assert api.GroundTruthStore is api.FactStore


def test_types_are_checked(api):
    store = api.FactStore()
    for call in (
        lambda: store.add(1.5, "red"),
        lambda: store.add(True, "red"),
        lambda: store.add("a", b"red"),
        lambda: store.add("a", "red", None),
        lambda: store.add("a", "red", "", []),
        lambda: store.add("a", "red", "", {"k": {}}),
        lambda: store.remove(None),
        lambda: store.get(b"a"),
        lambda: store.query(5),
        lambda: store.query("red", "3"),
        lambda: store.retrieve_context(None),
        lambda: store.count(5),
        lambda: api.FactStore(k1="x"),
        lambda: api.FactStore.from_bytes("x"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
    with pytest.raises(ParitasError):
        store.add("a", "red", metadata={"k": float("nan")})
    assert store.tenants() == []


def test_messages_say_what_to_change(api):
    store = api.FactStore()
    with pytest.raises(ParitasError, match=r"^k must be at least 0$"):
        store.query("red", -1)
    with pytest.raises(ParitasError, match=r"^top_k must be at least 0$"):
        store.retrieve_context("red", -1)
    with pytest.raises(ParitasError, match=r"^k1 must be from 0 to 1e100$"):
        api.FactStore(float("nan"))


def test_lone_surrogates_count_as_the_replacement_character(api):
    store = api.FactStore()
    store.add("\ud800", "red\ud800", "t\udfff", {"k": "\ud800"})
    assert store.tenants() == ["t\ufffd"]
    assert store.get("\ufffd", "t\ufffd") == ("\ufffd", "red\ufffd", 0.0, {"k": "\ufffd"})


def test_what_is_returned_is_a_copy(api):
    store = api.FactStore()
    store.add("a", "red", metadata={"k": [1]})
    store.get("a").metadata["k"].append(2)
    store.query("red")[0].metadata["x"] = 1
    assert store.get("a").metadata == {"k": [1]}


def test_files_and_pickles(api, tmp_path):
    store = small_store(api)
    path = tmp_path / "facts.pfs"
    store.save(path)
    store.save(str(path))
    assert [file.name for file in tmp_path.iterdir()] == ["facts.pfs"]
    for other in (api.FactStore.load(str(path)), pickle.loads(pickle.dumps(store))):
        assert type(other) is api.FactStore
        assert other.to_bytes() == store.to_bytes() == path.read_bytes()
        assert other.query("refund in 30 days") == store.query("refund in 30 days") != []
    with pytest.raises(FileNotFoundError):
        api.FactStore.load(tmp_path / "none")


def small_store(api):
    store = api.FactStore(1.5, 0.5)
    store.add("a", "Refunds within 30 days.", metadata={"k": [1, "x"]})
    store.add(7, "red fox", "t")
    return store


def test_bytes_cut_or_changed_anywhere_are_refused(api):
    data = small_store(api).to_bytes()
    assert api.FactStore.from_bytes(data).to_bytes() == data
    bad = [data[:size] for size in range(len(data))] + [data + b"\0"]
    for at in range(len(data)):
        bad += [data[:at] + bytes([data[at] ^ change]) + data[at + 1 :] for change in (0x01, 0x80, 0xFF)]
    for damaged in bad:
        with pytest.raises(ParitasError) as caught:
            api.FactStore.from_bytes(damaged)
        assert caught.value.code == "corrupt_data", damaged


def resealed(body, version=1):
    """Bytes with sums that are right: what only the checks behind the sums can refuse."""
    header = b"PFS1" + struct.pack("<IQQ", version, 32 + len(body), xxh3_64(body))
    return header + struct.pack("<Q", xxh3_64(header)) + body


def test_forged_bytes_are_refused_or_read_alike_by_both_backends():
    data = small_store(_native).to_bytes()
    assert resealed(data[32:]) == data
    refused = 0
    for at in range(32, len(data)):
        for change in (0x01, 0x02, 0x40, 0x80, 0xFF):
            forged = resealed(data[32:at] + bytes([data[at] ^ change]) + data[at + 1 :])
            results = [
                outcome(lambda api=api, forged=forged: api.FactStore.from_bytes(forged).to_bytes())
                for api in (_native, reference)
            ]
            assert results[0] == results[1], (at, change)
            assert results[0].get("value", forged) == forged
            refused += "error" in results[0]
    assert refused > 100


@pytest.mark.parametrize(
    "body",
    [
        b"",
        struct.pack("<dd", 1.2, 0.75),
        struct.pack("<dd", float("nan"), 0.75) + b"\0",
        struct.pack("<dd", 1.2, 0.75) + b"\x01\x00\x00",  # a tenant without facts
        struct.pack("<dd", 1.2, 0.75) + b"\x02\x01b\x01\x02\x00a\x00\x00\x01a\x01\x02\x00a\x00\x00",  # not sorted
        struct.pack("<dd", 1.2, 0.75) + b"\x01\x00\x02\x02\x00a\x00\x00\x02\x00a\x00\x00",  # an id twice
        struct.pack("<dd", 1.2, 0.75) + b"\x01\x00\x01\x02\x02a\x00\x00",  # an id of no kind
        struct.pack("<dd", 1.2, 0.75) + b"\x01\x00\x01\x02\x00a\x01\xff\x00",  # a text that is no UTF-8
        struct.pack("<dd", 1.2, 0.75) + b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    ],
)
def test_facts_without_meaning_are_refused(api, body):
    with pytest.raises(ParitasError) as caught:
        api.FactStore.from_bytes(resealed(body))
    assert (caught.value.code, caught.value.offset) == ("corrupt_data", 32)


def test_another_version_is_refused_by_its_number(api):
    with pytest.raises(ParitasError, match="format 2") as caught:
        api.FactStore.from_bytes(resealed(b"", version=2))
    assert (caught.value.code, caught.value.offset) == ("corrupt_data", 4)


def test_a_tenant_is_as_if_it_were_alone(api):
    """Whatever others hold, the facts and scores of a tenant are those of a store of its own."""
    draws = reference.selfcheck.__globals__["Random"](5)
    words = [f"w{i}" for i in range(12)] + ["5 kg", "2 hours"]
    shared, alone = api.FactStore(), api.FactStore()
    for _ in range(300):
        tenant = "abc"[draws.below(3)]
        fact_id = draws.below(20)
        text = " ".join(words[draws.below(14)] for _ in range(draws.below(7)))
        steps = [lambda store: store.add(fact_id, text, tenant), lambda store: store.remove(fact_id, tenant)]  # noqa: B023
        step = steps[draws.below(4) == 0]
        done = step(shared)
        if tenant == "a":
            assert step(alone) == done
    for query in ("w0 w3", "w1 2000 g 5000 g", "120 minutes"):
        assert shared.query(query, 50, "a") == alone.query(query, 50, "a") != []
    assert alone.tenants() == ["a"]


def test_readers_run_while_a_writer_writes():
    store = _native.FactStore()
    for i in range(200):
        store.add(i, "red fox")
    stop = threading.Event()
    failures = []

    def read():
        try:
            while not stop.is_set():
                assert len(store.query("red", 200)) == 200
                store.tenants()
                store.to_bytes()
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(500):
        store.add(1_000 + i % 50, "blue", f"t{i % 3}")
        store.remove(1_000 + i % 40, f"t{i % 3}")
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
