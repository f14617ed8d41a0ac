"""The checks of what judges answers, as core/src/selfcheck/pii.cpp draws them."""

from typing import TYPE_CHECKING

from paritas.reference.pii import PII_KINDS, mask_pii, scan_pii
from paritas.reference.random import Random
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

PII_PIECES = (
    *(b"ann.lee+x@Mail.example.com", b"4111 1111 1111 1111", b"378282246310005", b"GB82 WEST 1234 5698 7654 32"),
    *(b"no9386011117947", b"123-45-6789", b"123456789", b"+49 (0)30 1234567", b"(415) 555-2671", b"1-415-555-2671"),
    *(b"8.8.8.8", b"127.0.0.1", b"2001:db8::1", b"::ffff:1.2.3.4", b"fe80:0:0:1::", b"::1", b"@x.png"),
    *("@é.org".encode(), b"a@", b"ssn ", b"version ", b"git", b"1", b"0", b"42", b"7.", b":", b"::", b".", b"-"),
    *(b" ", b" ", b"+", b"(", b")", b"a", b"f", b"_", b"`", b"'", b"}", b"[", b"]"),
    *("谢".encode(), "𝔸".encode(), "\u0301".encode(), b"\n", b"\xff", b"\xe2\x80", b"\x80"),
)


def check_pii(random: Random, digest: "Digest") -> None:
    written = b""
    for _ in range(random.below(9)):
        written += PII_PIECES[random.below(len(PII_PIECES))]
        if random.below(3) == 0:
            written += b" "
    text = written.decode("utf-8", "replace")
    kinds = [kind for kind in PII_KINDS if random.below(8) != 0]
    for match in scan_pii(text, kinds):
        digest.add(match.kind)
        digest.add(Span(match.start, match.end))
        digest.add(match.normalized)
        digest.add(match.detail)
    digest.add(mask_pii(text, "#", random.below(4), kinds))
