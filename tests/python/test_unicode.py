"""The reference and the core against Python's own unicodedata: every code point, and random strings."""

import json
import unicodedata
import zlib
from pathlib import Path

import pytest
from paritas import _native
from paritas.reference import unicode
from paritas.reference.random import Random
from paritas.reference.word_points import is_word_boundary, is_word_point
from vectors import load_vectors, outcome

DIGESTS = json.loads((Path(__file__).parent.parent / "unicode_digests.json").read_text("utf-8"))
EVERY = [chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
RANGES = (
    (0x300, 0x370),
    (0x41, 0x250),
    (0x1100, 0x1200),
    (0xAC00, 0xD7A4),
    (0x370, 0x600),
    (0x1F00, 0x2100),
    (0xFE00, 0xFFFF),
    (0x900, 0x1000),
    (0, 0x110000),
)

BOTH = pytest.mark.parametrize("api", [_native, unicode], ids=["native", "reference"])


def digest(lines):
    return f"{zlib.crc32(''.join(line + chr(10) for line in lines).encode()):08x}"


def definition(text, keep_accents=False):
    """fold, by the host's unicodedata."""
    normal = unicodedata.normalize
    text = "".join(ch for ch in text if ch not in unicode.TRANSPARENT)
    text = normal("NFD", normal("NFKC", text).casefold())
    if not keep_accents:
        text = "".join(ch for ch in text if not "\u0300" <= ch <= "\u036f")
    text = normal("NFC", text)
    return "".join("'" if ch in unicode.APOSTROPHES else "-" if ch in unicode.HYPHENS else ch for ch in text)


def simple_definition(ch):
    """Status C and S of CaseFolding.txt, by the host's full mappings."""
    full, small = ch.casefold(), ch.lower()
    return full if len(full) == 1 else small if len(small) == 1 else ch


def random_points(random):
    """What random_points of tests/cpp/unicode_test.cpp draws."""
    out = []
    for _ in range(random.below(9)):
        first, end = RANGES[random.below(len(RANGES))]
        c = first + random.below(end - first)
        out.append("\ufffd" if 0xD800 <= c <= 0xDFFF else chr(c))
    return "".join(out)


RANDOM = [random_points(Random(seed)) for seed in range(20_000)]


@pytest.fixture(scope="module")
def host():
    if unicodedata.unidata_version != "14.0.0":
        pytest.skip("this Python's unicodedata is of another version; CI runs the one of 3.11")
    return unicodedata


@pytest.mark.parametrize(
    ("name", "of_host", "of_reference"),
    [
        ("category", unicodedata.category, unicode.category),
        ("digit_value", lambda ch: str(unicodedata.decimal(ch, -1)), lambda ch: str(unicode.digit_value(ch))),
        ("lower", str.lower, unicode.lower),
        ("simple_fold", simple_definition, unicode.simple_fold),
        ("fold", definition, unicode.fold),
        ("fold_keeping_accents", lambda ch: definition(ch, True), lambda ch: unicode.fold(ch, True)),
    ],
)
def test_every_code_point_is_what_unicodedata_says(host, name, of_host, of_reference):
    expected = [of_host(ch) for ch in EVERY]
    assert digest(expected) == DIGESTS[name]  # tests/cpp/unicode_test.cpp makes the same from the core
    assert digest(of_reference(ch) for ch in EVERY) == DIGESTS[name]


def test_every_code_point_has_its_class():
    assert digest(unicode.text_class(ch) for ch in EVERY) == DIGESTS["text_class"]


@pytest.mark.parametrize(
    ("kind", "characters"),
    [
        ("space", " \t\n\x0b\r\x85\xa0\u1680\u2003\u200b\u2028\u3000"),
        ("transparent", "\xad\u200c\u200d\u2060\ufeff\ufe00\ufe0f"),
        ("unspaced", "薬はก່မខ々ヽｶ𠮷〆"),
        ("apostrophe", "'‘’ʼ＇`´"),
        ("letter", "aÉßع한ꙮ𐐀ª"),
        ("mark", "\u0301\u20dd\u0903"),
        ("digit", "0٣४１𝟗"),
        ("hyphen", "-‐‑﹣－"),
        ("dash", "‒–—―"),
        ("other", "².!_@&€〇\x1c\x00Ⅷ\u202a\U0010ffff"),
    ],
)
def test_classes_are_tested_in_their_order(kind, characters):
    assert [unicode.text_class(ch) for ch in characters] == [kind] * len(characters)


def test_every_code_point_is_a_word_point_or_not():
    assert digest(str(int(is_word_point(ch))) for ch in EVERY) == DIGESTS["word_point"]


def test_word_points_are_those_of_scripts_that_write_spaces():
    assert all(is_word_point(ch) for ch in "aZ_9é\u0301عह४‿한ʼ𝔄")
    assert not any(is_word_point(ch) for ch in "日〆々はカｶ𛀀ไ๓ລមꩠက၁ -'.\u200b²Ⅷ\ud800\ufffd")


def test_a_boundary_of_a_word_is_where_not_both_sides_are_word_points():
    text = "ab_9 éx日a𝔄"
    assert [at for at in range(len(text) + 1) if is_word_boundary(text, at)] == [0, 4, 5, 7, 8, 10]


def test_random_strings_fold_as_the_definition_says(host):
    assert digest(definition(text) for text in RANDOM) == DIGESTS["random_folds"]
    assert digest(unicode.fold(text) for text in RANDOM) == DIGESTS["random_folds"]


def test_simple_folding_is_one_to_one():
    cases = {
        "K": "k",
        "\u212a": "k",
        "ſ": "s",
        "ẞ": "ß",
        "ß": "ß",
        "İ": "İ",
        "ᾈ": "ᾀ",
        "ŉ": "ŉ",
        "ς": "σ",
        "Ꭰ": "Ꭰ",
        "ꭰ": "Ꭰ",
    }
    assert {ch: unicode.simple_fold(ch) for ch in cases} == cases


@BOTH
def test_random_strings_fold_alike_in_the_core(api):
    assert digest(api.fold(text) for text in RANDOM) == DIGESTS["random_folds"]


def test_normal_forms_are_those_of_unicodedata(host):
    for name in ("NFC", "NFD", "NFKC", "NFKD"):
        ours = getattr(unicode, name.lower())
        assert [ours(text) for text in RANDOM[:5_000]] == [host.normalize(name, text) for text in RANDOM[:5_000]]


@BOTH
@pytest.mark.parametrize("case", load_vectors("fold"), ids=lambda case: case["id"])
def test_fold_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.fold(**case["given"]))) == repr(case["expect"])


@BOTH
def test_a_lone_surrogate_folds_as_the_replacement_character(api):
    assert api.fold("A\ud800z") == "a\ufffdz"


@BOTH
def test_a_fold_of_many_marks_sorts_them_in_linear_time(api):
    assert api.fold("a" + "\u05b0\u0591" * 50_000) == "a" + "\u05b0" * 50_000 + "\u0591" * 50_000
