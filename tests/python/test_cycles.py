import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_loops import CycleReport
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("cycles"), ids=lambda case: case["id"])
def test_cycles_agree_with_their_vectors(api, case):
    given = case["given"]

    def run():
        detector = api.CycleDetector(**given.get("options", {}))
        out = []
        for call in given["calls"]:
            report = detector.record_signature(call) if isinstance(call, str) else detector.record(*call)
            assert report.is_cycle == (report.period > 0)
            out.append(
                {
                    "period": report.period,
                    "repeats": report.repeats,
                    "sequence": report.sequence,
                    "guidance": report.guidance,
                }
            )
        return out

    assert outcome(run) == case["expect"]


def test_reset_and_default(api):
    detector = api.CycleDetector()
    for _ in range(3):
        detector.record("read", b"x", default=repr)
    assert type(detector.record("read", b"x", default=repr)) is CycleReport
    assert detector.record("read", b"x", default=repr).repeats == 5
    detector.reset()
    assert not detector.record("read", "b'x'").is_cycle


def test_a_refused_call_changes_nothing(api):
    detector = api.CycleDetector(same_repeats=2)
    detector.record("read", 1)
    with pytest.raises(ParitasError, match="bytes at /a has no form"):
        detector.record("read", {"a": b""})
    assert detector.record("read", 1).repeats == 2


def test_types_and_messages(api):
    with pytest.raises(ParitasError, match="window must be from 24 to 65536, not 10"):
        api.CycleDetector(window=10)
    for call in (
        lambda: api.CycleDetector(repeats="3"),
        lambda: api.CycleDetector().record(1, {}),
        lambda: api.CycleDetector().record_signature(None),
    ):
        with pytest.raises(ParitasTypeError):
            call()
