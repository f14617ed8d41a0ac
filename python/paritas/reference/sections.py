"""The one form of every file, as core/src/base/sections.cpp writes and opens it; the layout stands in its header."""

import struct
from typing import NamedTuple

from paritas.errors import ParitasError
from paritas.reference.xxh3 import xxh3_64

HEADER, ENTRY, ALIGN = 64, 32, 64


class FileKind(NamedTuple):
    magic: bytes
    version: int
    what: str  # for messages
    sections: list[str]  # their names, in order


class Section(NamedTuple):
    name: str
    data: bytes
    start: int


def written(kind: FileKind, sections: list[bytes]) -> bytes:
    table = b""
    body = b""
    end = HEADER + len(sections) * ENTRY
    for number, section in enumerate(sections):
        body += bytes(-end % ALIGN) + section
        end += -end % ALIGN
        table += struct.pack("<IIQQQ", number, 0, end, len(section), xxh3_64(section))
        end += len(section)
    header = kind.magic + struct.pack("<IIIQQ", kind.version, 0, len(sections), end, xxh3_64(table)) + bytes(24)
    return header + struct.pack("<Q", xxh3_64(header)) + table + body


def _corrupt(kind: FileKind, what: str, offset: int) -> ParitasError:
    message = f"these bytes are no {kind.what} of version {kind.version}: {what}"
    return ParitasError("corrupt_data", message, offset)


def damaged(kind: FileKind, section: Section) -> ParitasError:
    return _corrupt(kind, f"section {section.name} is damaged", section.start)


def opened(kind: FileKind, data: bytes) -> list[Section]:
    """The sections whose sums are right."""
    if len(data) < HEADER or data[:4] != kind.magic:
        raise _corrupt(kind, f"they do not begin with {kind.magic.decode()}", 0)
    version, flags, count, size, table_sum = struct.unpack("<IIIQQ", data[4:32])
    if struct.unpack("<Q", data[HEADER - 8 : HEADER])[0] != xxh3_64(data[: HEADER - 8]):
        raise _corrupt(kind, "the header is damaged", 0)
    if version != kind.version:
        message = f"this {kind.what} has format {version}: this Paritas reads format {kind.version}"
        raise ParitasError("corrupt_data", message, 4)
    if flags != 0 or count != len(kind.sections) or any(data[32:56]):
        raise _corrupt(kind, "the header is damaged", 0)
    end = HEADER + count * ENTRY
    if size != len(data) or size < end:
        raise _corrupt(kind, "they are cut off, or something follows", len(data))
    table = data[HEADER:end]
    if xxh3_64(table) != table_sum:
        raise _corrupt(kind, "the table of sections is damaged", HEADER)
    sections = []
    for i, name in enumerate(kind.sections):
        number, zero, offset, length, total = struct.unpack_from("<IIQQQ", table, i * ENTRY)
        start = end + -end % ALIGN
        if number != i or zero != 0 or offset != start or length > len(data) - start:
            raise _corrupt(kind, "the table of sections is damaged", HEADER + i * ENTRY)
        if any(data[end:start]):
            raise _corrupt(kind, "there is something between the sections", end)
        end = start + length
        sections.append(Section(name, data[start:end], start))
        if xxh3_64(sections[-1].data) != total:
            raise damaged(kind, sections[-1])
    if end != len(data):
        raise _corrupt(kind, "something follows the last section", end)
    return sections
