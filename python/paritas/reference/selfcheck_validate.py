"""The checks of what judges answers, as core/src/selfcheck/{pii,response}.cpp draw them."""

from typing import TYPE_CHECKING

from paritas.reference.pii import PII_KINDS, mask_pii, scan_pii
from paritas.reference.random import Random
from paritas.reference.response import is_garbage_content, sanitize_response, strip_markup, validate_response
from paritas.results import Span
from paritas.results_validate import ResponseRules

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


RESPONSE_PIECES = (
    *(b"<tool_call>", b"</tool_call>", b"<function_call", b"[INST]", b"FUNCTION_CALL {", b"<|im_start|>"),
    *("<｜".encode(), "a▁_b".encode(), "｜>".encode(), b"<|", b"|>", b"<think>", b"</THINK>"),
    *(b'{"name": "x", "arguments": [1, {}]}', b'{"name"', b": ", b"{", b"}", b"do not surround it"),
    *(b"Required parameters", b"I'm sorry, but ", "I can’t".encode(), b"we cannot", b" help", b"As an AI assistant"),
    *(b"a" * 20, b"-" * 20, b"ha\n", b"yes and no yes and no ", "\ufffd".encode(), b"\xff", "Ã©".encode(), b"\x07"),
    *(b"#$%&!?", b"```", b"~~~", b"`", b"\n", b"\r\n", b"\n\n\n\n", b" ", b". ", b"a@b.org", b"127.0.0.1"),
    *(b"password: hunter2222", b"<b>", b"< b", b"word", "𝔸".encode(), "\u200b".encode(), b"\xe2\x80"),
)


def check_response(random: Random, digest: "Digest") -> None:
    def piece() -> bytes:
        return RESPONSE_PIECES[random.below(len(RESPONSE_PIECES))]

    written = b""
    for _ in range(random.below(12)):
        following = piece()
        written += following * (6 if random.below(8) == 0 else 1)
    text = written.decode("utf-8", "replace")
    respect_code = random.below(4) != 0
    max_length = random.below(60)
    required, forbidden = piece().decode("utf-8", "replace"), piece().decode("utf-8", "replace")
    rules = ResponseRules(
        respect_code=respect_code,
        max_length=max_length,
        required=(required,) if random.below(2) == 0 else (),
        forbidden=(forbidden, "a") if random.below(2) == 0 else (),
    )
    result = validate_response(text, rules)
    digest.add(result.ok)
    for issue in result.issues:
        digest.add(issue.kind)
        digest.add(issue.rule)
        digest.add(issue.severity)
        digest.add(Span(issue.start, issue.end))
        digest.add(issue.message)
    turn = random.below(4)
    if turn == 0:
        digest.add(result.sanitized)
    elif turn == 1:
        digest.add(sanitize_response(text))
    elif turn == 2:
        digest.add(is_garbage_content(text))
    else:
        digest.add(strip_markup(text))
