"""Secrets in addresses, headers, command lines, connection strings and calls."""

import re
from collections.abc import Iterator
from functools import cache

from paritas.reference import secret_tables as rules
from paritas.reference.secrets_assignments import is_password
from paritas.reference.secrets_blocks import base64_text
from paritas.reference.secrets_shapes import WORD, Found, place_of
from paritas.reference.secrets_values import entropy, marked, placeholder

SCHEME = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-")
AUTHORITY = re.compile(rb"[^\x00-\x20\"'`<>\\/?#,\x7f]{1,1024}")
HOST = re.compile(rb"[A-Za-z0-9_\[$%{<-]")
BEARER = re.compile(rb"(?<![A-Za-z0-9_])[Bb]earer ([A-Za-z0-9_.=+/~-]{12,})")
SCHEMED = re.compile(
    rb"(?<![A-Za-z0-9_])[Aa]uthorization[\"'\]\\]{0,3}[ \t]{0,4}(?:=>|[:=,])[ \t]{0,4}\\?[\"']?"
    rb"([A-Za-z]{2,16} )?([A-Za-z0-9_.=+/~-]{16,})"
)
BASIC = re.compile(rb"(?<![A-Za-z0-9_])[Bb]asic ([A-Za-z0-9+/]{8,}={0,2})")
USER = re.compile(
    rb"(?<![^ \t\r\n\"'`(\[,])(?:-u|--user)(?:[ \t]{1,4}|=)[\"']?"
    rb"([A-Za-z0-9_.@+-]{1,64}):([^\x00-\x20\"'`,;<>()\[\]{}|\\]{4,256}(?![\x80-\xbf]))"
)
NETRC = re.compile(
    rb"(?<![A-Za-z0-9_])(?:machine[ \t\r\n]{1,64}[^\x00-\x20]{1,256}|default)"
    rb"[ \t\r\n]{1,64}login[ \t\r\n]{1,64}[^\x00-\x20]{1,256}"
    rb"[ \t\r\n]{1,64}password[ \t\r\n]{1,64}([^\x00-\x20\"'`]{1,256}(?![\x80-\xbf]))"
)
FLAGS = re.compile(
    rb"(?<![^ \t\r\n\"'`(\[,])(?:(?:-u|-U|--user|--username|-user|/user)(?:[ \t]{1,4}|=|:)|-u)"
    rb"[^\x00-\x20]{1,128}[ \t]{1,4}(?:(-p|-P|--password|-pw|-password)(?:[ \t]{1,4}|=)|-p)"
    rb"[\"']?([^\x00-\x20\"'`,;<>()\[\]{}|\\]{4,128}(?![\x80-\xbf]))"
)
SSHPASS = re.compile(
    rb"(?<![A-Za-z0-9_])sshpass[ \t]{1,4}(-p)[ \t]{0,4}[\"']?([^\x00-\x20\"'`,;<>()\[\]{}|\\]{4,128}(?![\x80-\xbf]))"
)
CONNECTION = re.compile(
    rb"(?<![A-Za-z0-9_.])(?i:password|pwd)[ \t]{0,4}=[ \t]{0,4}([^\x00-\x1f\"'`;<&]{1,128}(?![\x80-\xbf]))"
)
WITH_USER = re.compile(rb"(?i)(?<![a-z0-9])(?:user[ _]?id|uid|user[ _]?name|user|login)[ \t]{0,4}=")
WITH_PLACE = re.compile(
    rb"(?i)(?<![a-z0-9])(?:(?:server|data source|host|hostname|driver|provider|database|initial catalog|dsn|address|"
    rb"addr|dbq|service name)[ \t]{0,4}=|jdbc:)"
)
STARTS_OTHERWISE = frozenset("$%<{[#&@*")


def find_in_lines(data: bytes) -> Iterator[Found]:
    yield from _addresses(data)
    yield from _connections(data)
    yield from _headers(data)
    yield from _commands(data)
    yield from _calls(data)


def stands_in(value: str) -> bool:
    """Whether a password of an address is a placeholder; the three words are the real passwords of many servers."""
    return value[0] in STARTS_OTHERWISE or (placeholder(value) and value not in ("password", "secret", "admin"))


def _found(name: str, span: tuple[int, int], empty: bool = False) -> Found:
    return Found(*span, place_of(name), "medium", "none", empty, False)


@cache
def _database_schemes() -> frozenset[bytes]:
    return frozenset(item.encode() for item in rules.URL_SCHEMES.split("|"))


def _addresses(data: bytes) -> Iterator[Found]:
    at = data.find(b"://")
    while at >= 0:
        start = at
        while start > 0 and at - start < 32 and data[start - 1] in SCHEME:
            start -= 1
        scheme = data[start:at].lower().lstrip(b"+.-0123456789")
        authority = AUTHORITY.match(data, at + 3)
        if scheme and authority:
            host = authority[0].rfind(b"@")
            colon = authority[0].find(b":", 0, max(host, 0))
            begin, end = authority.start() + colon + 1, authority.start() + host
            if colon >= 0 and begin < end and HOST.match(data, end + 1):
                value = data[begin:end].decode("utf-8", "replace")
                if value[0] not in "$%<{[#":
                    known = scheme in _database_schemes()
                    yield _found("database_url" if known else "url_credentials", (begin, end), stands_in(value))
        at = data.find(b"://", at + 3)


def _connections(data: bytes) -> Iterator[Found]:
    """`Password=...;` in a string that names a user and a place as well."""
    for match in CONNECTION.finditer(data):
        raw = match[1].rstrip(b" \t\\")
        value = raw.decode("utf-8", "replace")
        if not raw or value[0] in "$%<{[&@*" or value.startswith("#{") or marked(value):
            continue
        before = data[max(0, match.start() - 200) : match.start()].rpartition(b"\n")[2]
        after = data[match.end() : match.end() + 200].partition(b"\n")[0]
        if b";" in before + after[:1] and any(WITH_USER.search(part) for part in (before, after)):
            if any(WITH_PLACE.search(part) for part in (before, after)):
                yield _found("connection_password", (match.start(1), match.start(1) + len(raw)))


def _headers(data: bytes) -> Iterator[Found]:
    for match in BEARER.finditer(data):
        if _is_token(match[1], 3.0):
            yield _found("bearer_token", match.span(1), placeholder(match[1].decode()))
    for match in SCHEMED.finditer(data):
        if _is_token(match[2], 3.0 if match[1] else 3.5) and (match[1] or b"").lower() not in (b"bearer ", b"basic "):
            yield _found("bearer_token", match.span(2), placeholder(match[2].decode()))
    for match in BASIC.finditer(data):
        text = base64_text(match[1])
        if text is not None and ":" in text:
            yield _found("basic_auth", match.span(1))


def _is_token(run: bytes, bits: float) -> bool:
    text = run.decode("ascii")
    return any(ch.isdigit() for ch in text) and entropy(text) >= bits


def _commands(data: bytes) -> Iterator[Found]:
    for match in USER.finditer(data):
        value = match[2].decode("utf-8", "replace")
        if match[1] != match[2] and not match[2].isdigit() and value[0] not in STARTS_OTHERWISE:
            yield _found("curl_user", match.span(2), stands_in(value))
    for match in NETRC.finditer(data):
        value = match[1].decode("utf-8", "replace")
        if value[0] not in STARTS_OTHERWISE:
            yield _found("netrc", match.span(1), stands_in(value))
    for pattern in (FLAGS, SSHPASS):
        for match in pattern.finditer(data):
            value = match[2].decode("utf-8", "replace")
            number = all(byte in b"0123456789:./" for byte in match[2])
            if match[1] in (None, b"--password", b"-password") and not is_password(
                value, False
            ):  # prose names flags so
                continue
            if value[0] not in STARTS_OTHERWISE and value[0] not in "-/" and not number:
                yield _found("command_password", match.span(2), stands_in(value))


@cache
def _call_names() -> dict[bytes, int]:
    pairs = (item.split(":") for item in rules.CALL_NAMES.split("|"))
    return {name.encode(): int(place) for name, place in pairs}


CALL = re.compile(rb"[A-Za-z0-9_]{1,64}\(")
QUOTED = re.compile(rb"[bBuUrRnNL@]?(\"[^\"\\\r\n]{0,512}\"|'[^'\\\r\n]{0,512}')")
BARE = re.compile(rb"[^,()\"'`]{1,256}")
SPACE = re.compile(rb"[ \t\r\n]{0,64}")


def _calls(data: bytes) -> Iterator[Found]:
    for call in CALL.finditer(data):
        name = call[0][:-1].lower()
        wanted = _call_names().get(name)
        if wanted is None or (call.start() > 0 and data[call.start() - 1] in WORD):
            continue
        at, place, span = call.end(), 0, None
        while at <= call.end() + 1024:
            at = SPACE.match(data, at).end()  # type: ignore[union-attr]
            argument = QUOTED.match(data, at) or BARE.match(data, at)
            if argument is None:
                break
            at = SPACE.match(data, argument.end()).end()  # type: ignore[union-attr]
            if place == wanted:
                span = (argument.start(1) + 1, argument.end(1) - 1) if argument.re is QUOTED else None
                break
            if data[at : at + 1] != b",":
                break
            at, place = at + 1, place + 1
        if span and span[0] < span[1] and data[at : at + 1] in (b",", b")"):
            value = data[span[0] : span[1]].decode("utf-8", "replace")
            if is_password(value, True):
                yield _found("code_password", span, placeholder(value))
