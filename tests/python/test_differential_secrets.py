"""The native search for secrets against the reference, on texts of what rules, keys and near misses are made of."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native as native
from paritas import reference
from paritas.reference import secret_tables, secrets_shapes
from vectors import load_vectors

TEXTS = ["".join(case["given"]["parts"]) for case in load_vectors("secrets")]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
KEYS = [item.split(":")[0].replace(" ", "_") for item in secret_tables.KEY_NAMES.split("|")]
NAMES = [name for line in secret_tables.CONTEXTS.splitlines() for name in line.split("\t")[1].split("|")]
SHAPES = [line.split("\t")[4] for line in secret_tables.RULES.splitlines()]
MARKS = [
    *(
        "=",
        ": ",
        " = ",
        ":=",
        " => ",
        '"',
        "'",
        "`",
        '\\"',
        " ",
        "\n",
        "\\n",
        "\t",
        ",",
        ";",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
    ),
    *(
        "</",
        "{",
        "}",
        "|",
        "&",
        "?",
        "#",
        "$",
        "%20",
        "@",
        "\\",
        "-",
        ".",
        "/",
        "\0",
        "\u00e9",
        "\u5bc6",
        "\U0001f511",
        "is ",
    ),
    *(
        "://",
        "postgres://",
        "https://u:",
        "jdbc:",
        "Bearer ",
        "Authorization: ",
        "Basic ",
        "-u ",
        "--user=",
        "-p",
        "-u a:",
    ),
    *("machine h login u password ", "default login u password ", "sshpass -p ", "mysql -uroot -p", "login(", "PDO("),
    *(
        "-----BEGIN ",
        "RSA PRIVATE KEY-----",
        "-----END ",
        "PuTTY-User-Key-File-2: x\n",
        "Private-Lines: 1\n",
        "Private-MAC: a",
    ),
    *(
        "eyJ",
        ".eyJ",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.",
        "LS0tLS1CRUdJTi",
        "value=",
        "default: ",
        "name: ",
        "user id=a;host=b;",
    ),
]


def _taken(draw, pieces):
    """A text that a shape takes, now and then one letter short."""
    text = ""
    for piece in pieces:
        if isinstance(piece, secrets_shapes.Literal):
            text += piece.text.decode("ascii")
        elif isinstance(piece, secrets_shapes.Run):
            count = piece.low + draw(st.sampled_from((0, 0, 0, 1, 2, -1)))
            members = bytes(sorted(secrets_shapes.CLASSES[piece.name])).decode("ascii")
            seed = draw(st.integers(0, 2**32))
            text += "".join(members[(seed * (i + 3) * 2654435761 >> 11) % len(members)] for i in range(max(count, 0)))
        elif isinstance(piece, secrets_shapes.Choice):
            if not piece.optional or draw(st.booleans()):
                text += _taken(draw, draw(st.sampled_from(piece.options)))
    return text


@st.composite
def tokens(draw):
    parts = draw(st.sampled_from(SHAPES)).split()
    context = next((part[1:] for part in parts if part.startswith("@")), "")
    body = next(part for part in parts if not re.match(r"@\w|![0-9]|crc|bech32", part))
    before = f"{context} = " if context and draw(st.integers(0, 4)) else draw(st.sampled_from(["", "x", " ", "=", '"']))
    return before + _taken(draw, secrets_shapes._parse(body))


@st.composite
def slices(draw):
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    return text[start : draw(st.integers(start, len(text)))]


pieces = st.one_of(
    st.sampled_from(MARKS),
    st.sampled_from(MARKS),
    st.sampled_from(KEYS),
    st.sampled_from(NAMES),
    tokens(),
    slices(),
    st.text(LETTERS + "_-+/=.", max_size=24),
    st.text(max_size=3),
)
texts = st.lists(pieces, max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(texts, st.sampled_from(("low", "medium", "high")), st.booleans())
def test_what_is_found_and_masked(text, least, placeholders):
    options = {"min_confidence": least, "include_placeholders": placeholders}
    found = native.scan_secrets(text, **options)
    assert [tuple(match) for match in found] == [tuple(match) for match in reference.scan_secrets(text, **options)]
    assert native.mask_secrets(text, **options) == reference.mask_secrets(text, **options)
    assert native.has_secrets(text, **options) is bool(found)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=4), st.sampled_from(("*", "\u2588")), st.integers(0, 64))
def test_batches_and_summaries(many, mask, visible):
    assert native.mask_secrets_batch(many, mask, visible, threads=2) == [
        reference.mask_secrets(text, mask, visible) for text in many
    ]
    assert native.scan_secrets_batch(many, threads=3) == [native.scan_secrets(text) for text in many]
    for text in many:
        assert native.scan_secrets_summary(text) == reference.scan_secrets_summary(text)
        assert native.get_secret_types(text) == reference.get_secret_types(text)


@settings(max_examples=100, deadline=None)
@given(texts, st.lists(st.sampled_from([pattern.name for pattern in reference.list_secret_patterns()]), max_size=6))
def test_a_choice_of_rules(text, rules):
    assert native.scan_secrets(text, rules=rules) == reference.scan_secrets(text, rules=rules)
