"""The bytes of metadata, as core/src/retrieve/metadata.cpp writes them."""

import math
import operator
import struct
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import text, whole
from paritas.results import Metadata


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def counted(data: bytes) -> bytes:
    return varint(len(data)) + data


def checked(metadata: Any) -> Metadata:
    """A copy of a flat dict; raises where it is none."""
    if not isinstance(metadata, dict):
        raise ParitasTypeError("invalid_argument", f"a dict as metadata is needed, not {type(metadata).__name__}")
    out: Metadata = {}
    for key, value in metadata.items():
        key = text(key)
        items = [_scalar(item) for item in value] if isinstance(value, list | tuple) else _scalar(value)
        if key in out:
            raise ParitasError("invalid_argument", f'metadata "{key}" must stand once')
        for item in items if isinstance(items, list) else [items]:
            if isinstance(item, float) and not math.isfinite(item):
                raise ParitasError("invalid_argument", f'metadata "{key}" must be finite: leave NaN and infinity out')
        out[key] = items
    return out


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str):
        return text(value)
    try:
        operator.index(value)
    except TypeError:
        needed = "a str, int, float, bool, None or a list of these as metadata"
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(value).__name__}") from None
    return whole(value)


def encoded(metadata: Metadata) -> bytes:
    out = varint(len(metadata))
    for key, value in metadata.items():
        out += counted(key.encode())
        if isinstance(value, list):
            out += b"\x06" + varint(len(value)) + b"".join(map(_encoded_scalar, value))
        else:
            out += _encoded_scalar(value)
    return out


def _encoded_scalar(value: Any) -> bytes:
    if value is None:
        return b"\x00"
    if isinstance(value, bool):
        return b"\x02" if value else b"\x01"
    if isinstance(value, int):
        return b"\x03" + struct.pack("<q", value)
    if isinstance(value, float):
        return b"\x04" + struct.pack("<d", value)
    return b"\x05" + counted(value.encode())


class Damaged(Exception):
    """Bytes that nobody wrote."""


class Reader:
    """Reads bytes of a stranger."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise Damaged
        self.at += count
        return self.data[self.at - count : self.at]

    def unpack(self, form: str) -> Any:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def varint(self) -> int:
        """Only the shortest form is well formed, so that equal contents have equal bytes."""
        value = 0
        for shift in range(0, 64, 7):
            byte = self.take(1)[0]
            if shift == 63 and byte > 1:
                break
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if byte == 0 and shift:
                    break
                return value
        raise Damaged

    def counted(self) -> bytes:
        return self.take(self.varint())

    def text(self) -> str:
        return decoded_text(self.counted())

    def end(self) -> None:
        if self.at != len(self.data):
            raise Damaged


def decoded_text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Damaged from None


def decoded(data: bytes) -> Metadata:
    reader = Reader(data)
    out: Metadata = {}
    for _ in range(reader.varint()):
        key = reader.text()
        tag = reader.take(1)[0]
        value: Any
        if tag == 6:
            value = [_decoded_scalar(reader, reader.take(1)[0]) for _ in range(reader.varint())]
        else:
            value = _decoded_scalar(reader, tag)
        if key in out:
            raise Damaged
        out[key] = value
    reader.end()
    return out


def _decoded_scalar(reader: Reader, tag: int) -> Any:
    if tag == 0:
        return None
    if tag in (1, 2):
        return tag == 2
    if tag == 3:
        return reader.unpack("q")
    if tag == 4:
        value = reader.unpack("d")
        if not math.isfinite(value):
            raise Damaged
        return value
    if tag == 5:
        return reader.text()
    raise Damaged
