"""The bytes of HNSWIndex, as core/src/vectors/hnsw_file.cpp and hnsw_sections.cpp write and check them."""

import math
import struct
from array import array
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference import sections as form
from paritas.reference.hnsw_graph import HOLE, Graph
from paritas.reference.lanes import dot
from paritas.reference.metadata import Damaged, Reader, varint
from paritas.reference.sections import FileKind

if TYPE_CHECKING:
    from paritas.reference.hnsw import HNSWIndex

METRICS = ("cosine", "dot", "euclidean", "squared_euclidean")
NO_SLOT, NO_LINK, TREE = 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000
KIND = FileKind(
    b"PHNW",
    1,
    "HNSW index",
    ["options", "ids", "vectors", "squares", "metadata", "graph", "levels", "links", "upper links", "signs"],
)
GRAPH = 5
HEAD = "<IIQIIQQ"


def words(code: str, values: Any) -> bytes:
    return struct.pack(f"<{len(values)}{code}", *values)


def graph_sections(graph: Graph) -> list[bytes]:
    entry = NO_SLOT if graph.entry is None else graph.entry
    options = graph.m, graph.ef_construction, graph.seed, graph.sign_words
    head = struct.pack(HEAD, *options, entry, graph.next_ordinal, len(graph.levels))
    links: list[int] = []
    upper: list[int] = []
    for slot, layers in enumerate(graph.links):
        flagged = [to | TREE if to in graph.tree[slot] else to for to in layers[0]]
        links += flagged + [NO_LINK] * (2 * graph.m - len(flagged))
        for layer in layers[1:]:
            upper += layer + [NO_LINK] * (graph.m - len(layer))
    signs = b"".join(sign.to_bytes(8 * graph.sign_words, "little") for sign in graph.signs)
    return [head, bytes(graph.levels), words("I", links), words("I", upper), signs]


def written(
    index: "HNSWIndex",
    graph: Graph,
    ids: list[int],
    rows: list[list[float]],
    squares: list[float],
    notes: list[str],
    largest: int,
) -> bytes:
    options = struct.pack("<IIII", index.dimension, METRICS.index(index.metric), 0, 0)
    options += struct.pack("<QQQQ", index.max_elements, index.ef_search, index.exact_below, largest + 1)
    texts = b"".join(varint(len(note.encode())) + note.encode() for note in notes)
    values = [value for row in rows for value in row]
    sections = [options, words("q", ids), words("f", values), words("f", squares), texts]
    return form.written(KIND, sections + graph_sections(graph))


def opened(data: bytes) -> list[bytes]:
    return [section.data for section in form.opened(KIND, data)]


def damaged(data: bytes, number: int) -> ParitasError:
    (start,) = struct.unpack_from("<Q", data, form.HEADER + number * form.ENTRY + 8)
    return form.damaged(KIND, form.Section(KIND.sections[number], b"", start))


def numbers(data: bytes, sections: list[bytes], number: int, code: str, count: int) -> list[Any]:
    if len(sections[number]) != count * struct.calcsize(f"<{code}"):
        raise damaged(data, number)
    return list(struct.unpack(f"<{count}{code}", sections[number]))


def read_options(data: bytes, sections: list[bytes]) -> tuple[dict[str, Any], int]:
    if len(sections[0]) != 48:
        raise damaged(data, 0)
    dimension, metric, storage, zero, max_elements, ef_search, exact_below, next_id = struct.unpack(
        "<IIIIQQQQ", sections[0]
    )
    if metric > 3 or storage != 0 or zero != 0 or next_id > 2**63:
        raise damaged(data, 0)
    bad = damaged_part(sections[GRAPH:])
    if bad is not None:
        raise damaged(data, GRAPH + bad)
    m, ef_construction, seed, *_ = struct.unpack(HEAD, sections[GRAPH])
    most = 2**31 - 1
    good = 1 <= dimension <= 65_536 and max_elements < most and 1 <= ef_search <= most and exact_below <= most
    if not good or ef_construction > most:
        raise damaged(data, 0)
    options = {
        "dimension": dimension,
        "max_elements": max_elements,
        "m": m,
        "ef_construction": ef_construction,
        "ef_search": ef_search,
        "metric": METRICS[metric],
        "seed": seed - 2**64 if seed >= 2**63 else seed,
        "exact_below": exact_below,
    }
    return options, next_id - 1


def damaged_part(graph: list[bytes]) -> int | None:
    """Which section of a graph is damaged."""
    head, levels, links, upper, signs = graph
    if len(head) != 40:
        return 0
    m, ef_construction, _, sign_words, entry, ordinal, slots = struct.unpack(HEAD, head)
    wrong = not 2 <= m <= 256 or ef_construction < 1 or sign_words > 1024
    if wrong or slots >= NO_SLOT or slots > ordinal:
        return 0
    live = [level for level in levels if level != HOLE]
    if len(levels) != slots or any(level > 31 for level in live) or sum(live) * m > 0xFFFFFFFF:
        return 1
    if entry != NO_SLOT if not live else entry >= slots or levels[entry] != max(live):
        return 0
    if len(signs) != slots * sign_words * 8:
        return 4
    if len(upper) != sum(live) * m * 4 or not upper_sound(levels, array("I", upper), m):
        return 3
    if len(links) != slots * 2 * m * 4 or not sound(levels, array("I", links), 2 * m, entry):
        return 2
    return None


def in_front(block: list[int]) -> list[int] | None:
    """The links of a block, which stand before its unused places."""
    used = [link for link in block if link != NO_LINK]
    return used if block[: len(used)] == used else None


def upper_sound(levels: bytes, upper: "array[int]", m: int) -> bool:
    at = 0
    for slot, level in enumerate(levels):
        for layer in range(1, (0 if level == HOLE else level) + 1):
            links = in_front(list(upper[at : at + m]))
            at += m
            if links is None:
                return False
            for to in links:
                if to >= len(levels) or to == slot or levels[to] == HOLE or levels[to] < layer:
                    return False
    return True


def sound(levels: bytes, links: "array[int]", places: int, entry: int) -> bool:
    """Every link of layer 0, and that those of the tree are one."""
    tree: list[set[int]] = []
    for slot in range(len(levels)):
        block = in_front(list(links[slot * places : (slot + 1) * places]))
        if block is None or any(link & NO_SLOT >= len(levels) or link & NO_SLOT == slot for link in block):
            return False
        tree.append({link & NO_SLOT for link in block if link & TREE})
        if len(tree[-1]) != sum(link & TREE != 0 for link in block):
            return False
    for slot, others in enumerate(tree):
        if (others and levels[slot] == HOLE) or any(levels[to] == HOLE or slot not in tree[to] for to in others):
            return False
    live = sum(level != HOLE for level in levels)
    if live == 0:
        return True
    reached = {entry}
    line = [entry]
    for slot in line:
        line += tree[slot] - reached
        reached |= tree[slot]
    return len(reached) == live and sum(map(len, tree)) == 2 * (live - 1)


def read_graph(parts: list[bytes], graph: Graph) -> bool:
    """Into an empty graph; what it says was checked by damaged_part. False if it is a graph of other options."""
    m, ef_construction, seed, sign_words, entry, ordinal, slots = struct.unpack(HEAD, parts[0])
    if (m, ef_construction, seed, sign_words) != (graph.m, graph.ef_construction, graph.seed, graph.sign_words):
        return False
    graph.next_ordinal = ordinal
    graph.entry = None if entry == NO_SLOT else entry
    graph.levels = list(parts[1])
    links, upper = array("I", parts[2]), array("I", parts[3])
    at = 0
    for slot, level in enumerate(graph.levels):
        block = [link for link in links[slot * 2 * graph.m : (slot + 1) * 2 * graph.m] if link != NO_LINK]
        layers = [[link & NO_SLOT for link in block]]
        for _ in range(0 if level == HOLE else level):
            layers.append([link for link in upper[at : at + graph.m] if link != NO_LINK])
            at += graph.m
        graph.links.append(layers)
        graph.tree.append({link & NO_SLOT for link in block if link & TREE})
    size = 8 * sign_words
    graph.signs = [int.from_bytes(parts[4][slot * size : (slot + 1) * size], "little") for slot in range(slots)]
    return True


def read_rows(data: bytes, sections: list[bytes], slots: int, dimension: int) -> list[list[float]]:
    values = numbers(data, sections, 2, "f", slots * dimension)
    numbers(data, sections, 3, "f", slots)
    return [values[slot * dimension : (slot + 1) * dimension] for slot in range(slots)]


def read_ids(data: bytes, sections: list[bytes], graph: Graph, largest: int) -> list[int]:
    ids = numbers(data, sections, 1, "q", len(graph.levels))
    live = [id for slot, id in enumerate(ids) if graph.alive(slot)]
    if any(id < 0 or id > largest for id in ids) or len(set(live)) != len(live):
        raise damaged(data, 1)
    return ids


def read_metadata(data: bytes, sections: list[bytes], slots: int) -> list[str]:
    if not sections[4]:
        return []
    reader = Reader(sections[4])
    try:
        notes = [reader.counted().decode("utf-8", "replace") for _ in range(slots)]
        reader.end()
    except Damaged:
        raise damaged(data, 4) from None
    return notes


def check_rows(data: bytes, sections: list[bytes], rows: list[list[float]]) -> None:
    squares = struct.unpack(f"<{len(rows)}f", sections[3])
    for row, square in zip(rows, squares, strict=True):
        if not all(map(math.isfinite, row)) or struct.pack("<f", dot(row, row)) != struct.pack("<f", square):
            raise damaged(data, 2)
