"""Secrets that are found by their form as a whole: PEM blocks, JSON Web Tokens."""

import base64
import binascii
import re
from collections.abc import Iterator

from paritas.reference.secrets_shapes import CLASSES, Found, left_edge, place_of

BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----")
BODY = re.compile(rb"[A-Za-z0-9+/]{40}")
LINES = re.compile(rb"(?:(?:[ \t]*(?:\r?\n|\\r\\n|\\n|\\r))+[A-Za-z0-9+/]+={0,2})+")
PUTTY = b"PuTTY-User-Key-File-"
IN_BASE64 = re.compile(rb"LS0tLS1CRUdJTi[A-Za-z0-9+/]{100,}={0,2}")
CAP = 65536
BASE64URL = re.compile(rb"[A-Za-z0-9_-]+")


def find_blocks(data: bytes) -> Iterator[Found]:
    yield from _pem(data)
    yield from _putty(data)
    yield from _pem_in_base64(data)
    yield from _jwt(data)


def _pem(data: bytes) -> Iterator[Found]:
    rule = place_of("private_key")
    for begin in BEGIN.finditer(data):
        dashes = data.find(b"-----", begin.end(), begin.start() + CAP)
        end_line = b"-----END " + begin[1] + b"-----"
        if dashes >= 0 and data.startswith(end_line, dashes) and dashes + len(end_line) <= begin.start() + CAP:
            if BODY.search(data, begin.end(), dashes):
                end = dashes + len(end_line)
                kept = (begin.span(), (dashes, end))
                yield Found(begin.start(), end, rule, "high", "none", False, False, kept)
            continue
        lines = LINES.match(data, begin.end(), min(len(data), begin.start() + CAP))
        if lines and BODY.search(data, begin.end(), lines.end()):
            yield Found(begin.start(), lines.end(), rule, "medium", "none", False, False, (begin.span(),))


def _putty(data: bytes) -> Iterator[Found]:
    rule = place_of("private_key")
    start = data.find(PUTTY)
    while start >= 0:
        following = data.find(PUTTY, start + len(PUTTY))
        limit = min(len(data), start + CAP, following if following >= 0 else len(data))
        mac = data.find(b"Private-MAC", start, limit)
        if mac >= 0 and BODY.search(data, start, mac) and b"Private-Lines" in data[start:mac]:
            end = mac
            while end < limit and data[end] not in b"\r\n":
                end += 1
            first = start
            while data[first] not in b"\r\n" and first < mac:
                first += 1
            yield Found(start, end, rule, "high", "none", False, False, ((start, first),))
        start = following


def _pem_in_base64(data: bytes) -> Iterator[Found]:
    for match in IN_BASE64.finditer(data):
        if left_edge(data, match.start()) and b"PRIVATE KEY" in base64.b64decode(match[0][:64]):
            yield Found(*match.span(), place_of("private_key_base64"), "high", "none", False, False)


def _jwt(data: bytes) -> Iterator[Found]:
    """Three parts in base64url, the first of which says with what algorithm the third was made."""
    resume = 0
    runs = {run.start(): run.end() for run in BASE64URL.finditer(data)}
    for first, first_end in runs.items():
        second, third = first_end + 1, runs.get(first_end + 1, 0) + 1
        if not data.startswith(b".eyJ", first_end) or data[third - 1 : third] != b".":
            continue
        if third - 1 - second < 10 or runs.get(third, 0) - third < 20:
            continue
        start = data.find(b"eyJ", max(first, resume), first_end - 9)
        while start >= 0:
            if left_edge(data, start) and _has_algorithm(data[start:first_end]):
                yield Found(start, runs[third], place_of("jwt_token"), "medium", "none", False, False)
                resume = runs[third]
                break
            start = data.find(b"eyJ", start + 3, first_end - 7)


def _has_algorithm(part: bytes) -> bool:
    if len(part) < 10 or len(part) > 4096:
        return False
    try:
        return b'"alg"' in base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except binascii.Error:
        return False


def base64_text(run: bytes) -> str | None:
    """What base64 stands for, when it is printable ASCII: padding may be missing, bits behind the end are ignored."""
    body = run.rstrip(b"=")
    if len(body) % 4 == 1 or any(byte not in CLASSES["b"] for byte in body):
        return None
    decoded = base64.b64decode(body + b"=" * (-len(body) % 4))
    return decoded.decode("ascii") if all(0x20 <= byte < 0x7F for byte in decoded) else None
