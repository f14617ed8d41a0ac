import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native
from paritas.reference import maths
from paritas.reference.random import Random
from vectors import load_vectors, outcome

FUNCTIONS = ["log", "log2", "exp"]


@pytest.mark.parametrize("api", [_native, maths], ids=["native", "reference"])
@pytest.mark.parametrize("case", load_vectors("maths"), ids=lambda case: case["id"])
def test_maths_agree_with_their_vectors(api, case):
    function = getattr(api, case["given"]["function"])
    assert repr(outcome(lambda: function(case["given"]["x"]))) == repr(case["expect"])


@pytest.mark.parametrize("name", FUNCTIONS)
@given(x=st.floats())
@settings(max_examples=2000)
def test_the_reference_gives_the_same_bits_for_any_float(name, x):
    assert repr(getattr(_native, name)(x)) == repr(getattr(maths, name)(x))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_reference_gives_the_same_bits_in_bulk(name):
    random = Random(31)
    native, reference = getattr(_native, name), getattr(maths, name)
    for i in range(30000):
        spread = 2000.0 if i % 2 else 2.0
        x = (random.unit() - 0.5) * (1500.0 if name == "exp" else spread)
        x = x if name == "exp" else 2.0**x
        assert native(x) == reference(x), x


def test_the_slow_way_of_log2_agrees_with_the_fast_one():
    random = Random(120)
    for _ in range(2000):
        x = random.unit() * 2.0 ** random.below(60) + 2.0
        if math.frexp(x)[0] != 0.5:
            assert maths.log2_exact(x) == _native.log2(x)


def test_nan_is_the_quiet_one():
    for function in (_native.log, _native.log2, maths.log, maths.log2):
        assert struct.pack(">d", function(-1.0)).hex() == "7ff8000000000000"
