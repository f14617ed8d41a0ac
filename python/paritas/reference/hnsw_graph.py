"""The graph of HNSWIndex, as core/src/vectors/hnsw_*.cpp builds it.

Malkov and Yashunin: Efficient and robust approximate nearest neighbor search using hierarchical navigable small world
graphs, 2018. Every comparison is by (distance, slot); the slots count insertions.
"""

import bisect
import heapq
import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from paritas.reference.xxh3 import xxh3_64

Hit = tuple[float, int]  # distance, slot
HOLE = 255
ROUND = 256


class Probe(NamedTuple):
    """What is compared with rows: its distance to a slot, and a bit for each of its values above 0."""

    to: Callable[[int], float]
    signs: int


class Graph:
    """The layers over rows that somebody else keeps: `rows(slot)` is the row as a probe."""

    def __init__(self, m: int, ef_construction: int, seed: int, sign_words: int, rows: Callable[[int], Probe]) -> None:
        self.m = m
        self.ef_construction = ef_construction
        self.seed = seed
        self.sign_words = sign_words
        self.rows = rows
        self.next_ordinal = 0
        self.levels: list[int] = []  # HOLE where something was removed
        self.links: list[list[list[int]]] = []  # of a slot, of a layer
        self.tree: list[set[int]] = []  # which links of layer 0 hold all live slots together
        self.signs: list[int] = []
        self.entry: int | None = None

    # What is there

    def alive(self, slot: int) -> bool:
        return self.levels[slot] != HOLE

    @property
    def live(self) -> int:
        return sum(level != HOLE for level in self.levels)

    @property
    def sparse(self) -> bool:
        """Whether more than a quarter of the slots are holes."""
        return (len(self.levels) - self.live) * 4 > len(self.levels)

    def cap(self, layer: int) -> int:
        return self.m if layer else 2 * self.m

    def level_of_ordinal(self, ordinal: int) -> int:
        chance = xxh3_64(ordinal.to_bytes(8, "little"), self.seed)
        level = 0
        while level < 31 and chance < 2**64 // self.m ** (level + 1):
            level += 1
        return level

    # Walks

    def walk(self, probe: Probe, layer: int, ef: int, start: int) -> list[Hit]:
        """Best first on one layer: the best ef, ascending.

        With signs: once there are ef, a row that differs from the query in many more signs than those do on the average
        is passed over. The margin is two standard deviations of the difference between vectors without relation.
        """
        margin = math.isqrt(self.sign_words * 64) * ef
        difference = {start: self._difference(probe, start)}
        pool: list[Hit] = [(probe.to(start), start)]
        followed: set[int] = set()
        while True:
            node = next((slot for _, slot in pool if slot not in followed), None)
            if node is None:
                return pool
            followed.add(node)
            fresh = [slot for slot in self.links[node][layer] if slot not in difference and self.alive(slot)]
            for slot in fresh:
                difference[slot] = self._difference(probe, slot)
            if self.sign_words and len(pool) == ef:
                most = sum(difference[slot] for _, slot in pool) + margin
                fresh = [slot for slot in fresh if difference[slot] * ef <= most]
            for slot in fresh:
                bisect.insort(pool, (probe.to(slot), slot))
                del pool[ef:]

    def _difference(self, probe: Probe, slot: int) -> int:
        return (probe.signs ^ self.signs[slot]).bit_count()

    def descend(self, probe: Probe, to_layer: int) -> int:
        assert self.entry is not None
        at = self.entry
        for layer in range(self.levels[self.entry], to_layer, -1):
            at = self.walk(probe, layer, 1, at)[0][1]
        return at

    def search(self, probe: Probe, k: int, ef: int) -> list[Hit]:
        if self.entry is None or k == 0:
            return []
        return self.walk(probe, 0, max(ef, k), self.descend(probe, 0))[:k]

    def search_filtered(self, probe: Probe, k: int, ef: int, passes: Callable[[int], bool]) -> list[Hit]:
        """The walk goes through all slots; those that pass are results."""
        if self.entry is None or k == 0:
            return []
        ef = max(ef, k)
        start = self.descend(probe, 0)
        seen = {start}
        heap: list[Hit] = []
        best: list[Hit] = []

        def offer(hit: Hit) -> None:
            if len(best) == ef and hit > best[-1]:
                return
            heapq.heappush(heap, hit)
            if passes(hit[1]):
                bisect.insort(best, hit)
                del best[ef:]

        offer((probe.to(start), start))
        while heap and not (len(best) == ef and heap[0] > best[-1]):
            _, node = heapq.heappop(heap)
            fresh = [slot for slot in self.links[node][0] if slot not in seen and self.alive(slot)]
            seen.update(fresh)
            for slot in fresh:
                offer((probe.to(slot), slot))
        return best[:k]

    def exact(self, probe: Probe, k: int, slots: Iterable[int]) -> list[Hit]:
        return sorted((probe.to(slot), slot) for slot in slots if self.alive(slot))[:k]

    # Links

    def apart(self, node: int, hit: Hit, chosen: Sequence[int]) -> bool:
        """Whether none of the chosen is nearer to a candidate than the node is."""
        distance, slot = hit
        probe = self.rows(slot)
        return all((probe.to(other), other) >= (distance, node) for other in chosen)

    def select(self, node: int, candidates: Iterable[Hit], limit: int, kept: set[int]) -> list[int]:
        """The neighbour heuristic of the paper; `kept` are chosen in any case, and places are kept for them."""
        chosen: list[int] = []
        waiting = len(kept)
        for hit in candidates:
            if hit[1] in kept:
                chosen.append(hit[1])
                waiting -= 1
            elif len(chosen) + waiting < limit and self.apart(node, hit, chosen):
                chosen.append(hit[1])
        return chosen

    def connect(self, start: int, to: int, layer: int, tree: bool) -> None:
        """Adds a link; where there is no place left, all are chosen anew, but those of the tree stay."""
        links = self.links[start][layer]
        if to not in links and len(links) == self.cap(layer):
            self._drop_holes(start, layer)
        if tree:
            self.tree[start].add(to)
        if to in links:
            return
        if len(links) < self.cap(layer):
            links.append(to)
            return
        probe = self.rows(start)
        candidates = sorted((probe.to(slot), slot) for slot in [*links, to])
        links[:] = self.select(start, candidates, self.cap(layer), self.tree[start] if layer == 0 else set())

    def join(self, a: int, b: int) -> None:
        self.connect(a, b, 0, True)
        self.connect(b, a, 0, True)

    def with_room(self, start: int) -> int:
        """The first slot with a place for one more link of the tree, going outwards through the tree."""
        line = [start]
        for slot in line:
            if len(self.tree[slot]) < self.cap(0):
                return slot
            line += [to for to in self.links[slot][0] if to in self.tree[slot] and to not in line]
        raise AssertionError("a tree has leaves")

    # Changes

    @property
    def round(self) -> int:
        return max(1, min(ROUND, self.live // 10))

    def insert(self, count: int) -> None:
        """Links the rows of the next slots: each sees the graph before this round, and those of the round before it."""
        first, before, entry = len(self.levels), self.live, self.entry
        for slot in range(first, first + count):
            level = self.level_of_ordinal(self.next_ordinal)
            self.next_ordinal += 1
            self.levels.append(level)
            self.links.append([[] for _ in range(level + 1)])
            self.tree.append(set())
            self.signs.append(self.rows(slot).signs if self.sign_words else 0)
        found = [self._find(slot, first, entry) for slot in range(first, first + count)]
        back: list[tuple[int, int, int, bool]] = []
        for slot, (chosen, nearest) in enumerate(found, first):
            parent = None
            if before + slot - first > 0:
                others = (other for other in range(slot) if self.alive(other))
                line = [*chosen[0], *(near for _, near in nearest), *others]
                parent = next(other for other in line if self._room(other, back))
                self.tree[slot].add(parent)
            for layer, links in enumerate(chosen):
                self.links[slot][layer] = list(links)
                back += [(to, layer, slot, layer == 0 and to == parent) for to in links]
            if parent is not None and parent not in chosen[0]:
                self.links[slot][0].append(parent)
                back.append((parent, 0, slot, True))
        for start, layer, to, tree in sorted(back):
            self.connect(start, to, layer, tree)
        for slot in range(first, first + count):
            if self.entry is None or self.levels[slot] > self.levels[self.entry]:
                self.entry = slot

    def _room(self, slot: int, back: list[tuple[int, int, int, bool]]) -> bool:
        return len(self.tree[slot]) + sum(start == slot and tree for start, _, _, tree in back) < self.cap(0)

    def _find(self, slot: int, first: int, entry: int | None) -> tuple[list[list[int]], list[Hit]]:
        """The links of a new row, and the candidates on layer 0."""
        probe = self.rows(slot)
        level = self.levels[slot]
        earlier = [(probe.to(other), other) for other in range(first, slot)]
        chosen: list[list[int]] = []
        hits: list[Hit] = []
        at = entry
        top = 0 if entry is None else self.levels[entry]
        if at is not None:
            for layer in range(top, level, -1):
                at = self.walk(probe, layer, 1, at)[0][1]
        for layer in range(level, -1, -1):
            hits = []
            if at is not None and layer <= top:
                hits = self.walk(probe, layer, self.ef_construction, at)
                at = hits[0][1]
            hits = sorted(hits + [hit for hit in earlier if self.levels[hit[1]] >= layer])[: self.ef_construction]
            chosen.insert(0, self.select(slot, hits, self.m, set()))
        return chosen, hits

    def remove(self, slot: int) -> None:
        """Unlinks a slot; its neighbours are linked among themselves."""
        level = self.levels[slot]
        trees = [to for to in self.links[slot][0] if to in self.tree[slot]]
        lost = [[to for to in self.links[slot][0] if self.alive(to)], *([] for _ in range(level))]
        self.levels[slot] = HOLE
        self.tree[slot] = set()
        del self.links[slot][1:]
        for start in lost[0]:
            self._drop_holes(start, 0)
        for start in self._tall() if level else ():
            for layer in range(1, min(level, self.levels[start]) + 1):
                if self._drop_holes(start, layer):
                    lost[layer].append(start)
        for other in trees[1:]:
            self.join(self.with_room(trees[0]), self.with_room(other))
        for layer, starts in enumerate(lost):
            for start in starts:
                self._refill(start, layer, starts)
        if slot == self.entry:
            live = [other for other in range(len(self.levels)) if self.alive(other)]
            self.entry = max(live, key=lambda other: (self.levels[other], -other), default=None)

    def _tall(self) -> list[int]:
        return [slot for slot, level in enumerate(self.levels) if 0 < level < HOLE]

    def _drop_holes(self, start: int, layer: int) -> bool:
        links = self.links[start][layer]
        before = len(links)
        links[:] = [to for to in links if self.alive(to)]
        if layer == 0:
            self.tree[start].intersection_update(links)
        return len(links) != before

    def _refill(self, start: int, layer: int, others: Iterable[int]) -> None:
        """A slot takes what the heuristic grants it among others, as far as it has places; its links stay."""
        links = self.links[start][layer]
        probe = self.rows(start)
        for hit in sorted((probe.to(other), other) for other in others if other != start and other not in links):
            if len(links) < self.cap(layer) and self.apart(start, hit, links):
                links.append(hit[1])

    def renumber(self) -> list[int]:
        """Closes the holes; returns the slots that stay, in order. Rows that had links to holes get theirs instead."""
        kept = [slot for slot in range(len(self.levels)) if self.alive(slot)]
        for slot in kept:
            holes = [to for to in self.links[slot][0] if not self.alive(to)]
            others = sorted({to for hole in holes for to in self.links[hole][0] if self.alive(to)})
            if self._drop_holes(slot, 0):
                self._refill(slot, 0, others)
        number = {slot: i for i, slot in enumerate(kept)}
        self.levels = [self.levels[slot] for slot in kept]
        self.links = [[[number[to] for to in layer] for layer in self.links[slot]] for slot in kept]
        self.tree = [{number[to] for to in self.tree[slot]} for slot in kept]
        self.signs = [self.signs[slot] for slot in kept]
        self.entry = None if self.entry is None else number[self.entry]
        return kept

    def rebuilt(self) -> "Graph":
        """All rows linked anew in order; there are no holes."""
        fresh = Graph(self.m, self.ef_construction, self.seed, self.sign_words, self.rows)
        while len(fresh.levels) < len(self.levels):
            fresh.insert(min(fresh.round, len(self.levels) - len(fresh.levels)))
        return fresh
