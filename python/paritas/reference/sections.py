<<<<<<< HEAD
"""The one form of every file, as core/src/base/sections.cpp writes and opens it; the layout stands in its header."""

import struct
=======
"""The form of every file, as core/src/base/sections.cpp writes it; the layout stands in sections.hpp."""

import struct
from collections.abc import Sequence
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)
from typing import NamedTuple

from paritas.errors import ParitasError
from paritas.reference.xxh3 import xxh3_64

HEADER, ENTRY, ALIGN = 64, 32, 64


class FileKind(NamedTuple):
<<<<<<< HEAD
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
=======
    magic: bytes  # 4 bytes
    version: int
    what: str  # for messages
    sections: tuple[str, ...]


def written_sections(kind: FileKind, sections: Sequence[bytes]) -> bytes:
    table = b""
    body = bytearray()
    start = HEADER + len(sections) * ENTRY
    end = start
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)
    for number, section in enumerate(sections):
        body += bytes(-end % ALIGN) + section
        end += -end % ALIGN
        table += struct.pack("<IIQQQ", number, 0, end, len(section), xxh3_64(section))
        end += len(section)
    header = kind.magic + struct.pack("<IIIQQ", kind.version, 0, len(sections), end, xxh3_64(table)) + bytes(24)
<<<<<<< HEAD
    return header + struct.pack("<Q", xxh3_64(header)) + table + body
=======
    return header + struct.pack("<Q", xxh3_64(header)) + table + bytes(body)


def opened_sections(kind: FileKind, data: bytes) -> list[bytes]:
    """The sections, whose sums are right. Errors: corrupt_data."""
    return [data[start : start + length] for start, length in _places(kind, data)]


def damaged(kind: FileKind, data: bytes, number: int) -> ParitasError:
    """That a section does not hold what it should."""
    (start,) = struct.unpack_from("<Q", data, HEADER + number * ENTRY + 8)
    return _corrupt(kind, f"section {kind.sections[number]} is damaged", start)
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)


def _corrupt(kind: FileKind, what: str, offset: int) -> ParitasError:
    message = f"these bytes are no {kind.what} of version {kind.version}: {what}"
    return ParitasError("corrupt_data", message, offset)


<<<<<<< HEAD
def damaged(kind: FileKind, section: Section) -> ParitasError:
    return _corrupt(kind, f"section {section.name} is damaged", section.start)


def opened(kind: FileKind, data: bytes) -> list[Section]:
    """The sections whose sums are right."""
=======
def _places(kind: FileKind, data: bytes) -> list[tuple[int, int]]:
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)
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
<<<<<<< HEAD
    sections = []
    for i, name in enumerate(kind.sections):
        number, zero, offset, length, total = struct.unpack_from("<IIQQQ", table, i * ENTRY)
        start = end + -end % ALIGN
        if number != i or zero != 0 or offset != start or length > len(data) - start:
=======
    places = []
    for i, name in enumerate(kind.sections):
        number, zero, offset, length, total = struct.unpack_from("<IIQQQ", table, i * ENTRY)
        start = end + -end % ALIGN
        if number != i or zero != 0 or offset != start or start > len(data) or length > len(data) - start:
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)
            raise _corrupt(kind, "the table of sections is damaged", HEADER + i * ENTRY)
        if any(data[end:start]):
            raise _corrupt(kind, "there is something between the sections", end)
        end = start + length
<<<<<<< HEAD
        sections.append(Section(name, data[start:end], start))
        if xxh3_64(sections[-1].data) != total:
            raise damaged(kind, sections[-1])
    if end != len(data):
        raise _corrupt(kind, "something follows the last section", end)
    return sections
=======
        if xxh3_64(data[start:end]) != total:
            raise _corrupt(kind, f"section {name} is damaged", start)
        places.append((start, length))
    if end != len(data):
        raise _corrupt(kind, "something follows the last section", end)
    return places
>>>>>>> c4c56e7 (Freeze documents into segments that are read in place, find the best by bounds, and filter them)
