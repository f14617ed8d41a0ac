import random

import paritas
import pytest
from paritas.reference.code_regions import FenceTracker
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("code_regions"), ids=lambda case: case["id"])
def test_code_regions_agrees_with_its_vectors(api, case):
    def regions():
        found = api.code_regions(**case["given"])
        return [[kind, [start, end], info, closed] for kind, start, end, info, closed in found]

    assert repr(outcome(regions)) == repr(case["expect"])


def test_a_lone_surrogate_keeps_its_place(api):
    (region,) = api.code_regions("\ud800`\udfff`")
    assert (region.start, region.end) == (1, 4)


def test_wrong_types_are_refused(api):
    for call in (lambda: api.code_regions(b"x"), lambda: api.code_regions("x", 1)):
        with pytest.raises(paritas.errors.ParitasTypeError):
            call()


@pytest.mark.parametrize("seed", range(40))
def test_backends_agree_on_any_lines(seed):
    import paritas._native as native
    import paritas.reference as reference

    draw = random.Random(seed)
    for _ in range(50):
        pieces = ["```", "````", "`", "``", "~~~", "~", " ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", "a", "é😀"]
        text = "".join(draw.choice(pieces) for _ in range(draw.randrange(40)))
        for inline in (True, False):
            assert native.code_regions(text, inline) == reference.code_regions(text, inline), repr(text)


@pytest.mark.parametrize("seed", range(20))
def test_the_tracker_stands_where_the_regions_are(seed):
    draw = random.Random(seed)
    for _ in range(50):
        pieces = ["```", "````", "`", "~~~", " ", "   ", "\t", "\n", "\r\n", "a"]
        text = "".join(draw.choice(pieces) for _ in range(draw.randrange(30))) + "\n"
        tracker = FenceTracker()
        opened = closed = 0
        for ch in text:
            before = tracker.open
            tracker.feed(ch)
            opened += tracker.open and not before
            closed += before and not tracker.open
        fences = paritas.code_regions(text, inline=False)
        assert (opened, closed) == (len(fences), sum(fence.closed for fence in fences)), repr(text)
