"""The checks of room match, as core/src/selfcheck/{aho_corasick,tool_name}.cpp draw them."""

from typing import TYPE_CHECKING

from paritas.reference.aho_corasick import FOLDINGS, KINDS, AhoCorasick
from paritas.reference.random import Random
from paritas.reference.secrets import has_secrets, mask_secrets, scan_secrets
from paritas.reference.tool_name import validate_tool_name
from paritas.reference.xxh3 import xxh3_64
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

TOOL_NAME_PIECES = ("read", "_", "-", ".", "7", "Z", " ", "\u00e9", "github.search", "\ufffd")


def check_tool_name(random: Random, digest: "Digest") -> None:
    name = "".join(TOOL_NAME_PIECES[random.below(len(TOOL_NAME_PIECES))] for _ in range(random.below(12)))
    digest.add(validate_tool_name(name).reason or "")


AHO_PIECES = (
    "a", "b", "a", "b", " ", "-", "k", "K", "\u212a", "s", "\u017f", "\u672c",
    "_", "\U00010400", "\U00010428", "\ufffd",
)  # fmt: skip


def check_aho_corasick(random: Random, digest: "Digest") -> None:
    def piece() -> str:
        return AHO_PIECES[random.below(len(AHO_PIECES))]

    patterns = ["" for _ in range(random.below(6))]
    for i in range(len(patterns)):
        for _ in range(1 + random.below(4)):
            patterns[i] += piece()
    text = ""
    for _ in range(random.below(16)):
        whole = random.below(3) == 0 and len(patterns) > 0
        text += patterns[random.below(len(patterns))] if whole else piece()
    kind, folding, whole_words = KINDS[random.below(4)], FOLDINGS[random.below(3)], random.below(2) == 1
    built = AhoCorasick(
        patterns,
        match_kind=kind,
        case_insensitive=False if folding == "none" else folding,
        whole_words=whole_words,
    )
    stream = built.stream()
    fed, left = stream.feed(text), stream.finish()
    for match in built.find_all(text):
        digest.add(match.pattern)
        digest.add(match.start)
        digest.add(match.end)
    for pattern in built.matched_patterns(text):
        digest.add(pattern)
    digest.add(len(fed))
    for match in left:
        digest.add(match.pattern)
        digest.add(match.start)
        digest.add(match.end)
    digest.add(xxh3_64(built.to_bytes()))


SECRET_PIECES = (
    "password",
    "api_key",
    "clientSecret",
    "PGPASSWORD",
    "token",
    "auth",
    "user",
    "--password ",
    "-u ",
    "-p ",
    "=",
    ": ",
    " = ",
    ":",
    '"',
    "'",
    "`",
    " ",
    "\n",
    "\\n",
    ",",
    ";",
    "(",
    ")",
    "<",
    ">",
    "</",
    "{",
    "&",
    "?",
    "%20",
    "\\",
    "://",
    "postgres://",
    "https://app:",
    "@db/x",
    "Bearer ",
    "Authorization: Basic ",
    "machine a login b ",
    "ghp_",
    "AKIA",
    "sk-",
    "xoxb-",
    "glpat-",
    "sk_live_",
    "hf_",
    "npm_",
    "AIza",
    "SG.",
    "aws ",
    "heroku",
    "eyJ",
    ".eyJ",
    "-----BEGIN ",
    "RSA PRIVATE KEY-----",
    "-----END ",
    "$2b$10$",
    "example",
    "xxxxxx",
    "value",
    "default",
    "\xe9",
    "\u5bc6\u7801",
    "12345678-1234-1234-1234-",
    "changeme",
    "login(",
    'is "',
)
SECRET_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_"
SECRET_LENGTHS = (4, 8, 10, 16, 20, 22, 32, 36, 40, 48, 64, 100)


def check_secrets(random: Random, digest: "Digest") -> None:
    text = ""
    for _ in range(random.below(14)):
        if random.below(4) > 0:
            text += SECRET_PIECES[random.below(len(SECRET_PIECES))]
            continue
        few = 16 if random.below(4) == 0 else len(SECRET_LETTERS)
        count = SECRET_LENGTHS[random.below(len(SECRET_LENGTHS))]
        text += "".join(SECRET_LETTERS[random.below(few)] for _ in range(count))
    placeholders = random.below(2) == 0
    found = scan_secrets(text, include_placeholders=placeholders)
    digest.add(has_secrets(text, include_placeholders=placeholders))
    digest.add(len(found))
    for match in found:
        digest.add(match.secret_type)
        digest.add(match.confidence)
        digest.add(Span(match.start, match.end))
        digest.add(match.line_number)
        digest.add(match.checksum)
        digest.add(match.placeholder)
        digest.add(match.masked_text)
    digest.add(mask_secrets(text, "#", random.below(9), include_placeholders=placeholders))
