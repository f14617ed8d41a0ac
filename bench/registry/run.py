"""A registry of 500 patterns beside one pass of its automaton, `re`, `regex` and Hyperscan: one run, the same texts.

Half of the patterns are literals, half expressions with a literal in them. One text has none of them, the other has one
every 2,000 characters. `re` and `regex` run one alternation of all patterns, the best they offer for many at once; what
cannot be installed is shown as such, never as beaten.
"""

import importlib
import random
import re
import statistics
import time

import paritas

PATTERNS, LENGTH, ROUNDS = 500, 1_000_000, 7


def fastest(*calls):
    """Medians in milliseconds over rounds in which the calls take turns, so that a busy machine slows all of them."""
    times = [[] for _ in calls]
    for _ in range(ROUNDS):
        for taken, call in zip(times, calls, strict=True):
            start = time.process_time()
            call()
            taken.append((time.process_time() - start) * 1e3)
    return [statistics.median(taken) for taken in times]


def patterns(draws: random.Random) -> list[tuple[str, str]]:
    """(kind, pattern): words of letters that the texts have, in an order that they have not."""
    out = []
    for at in range(PATTERNS):
        word = "".join(draws.choice("qxzjkvw") for _ in range(draws.randrange(5, 10)))
        out.append(("literal", word) if at % 2 else ("regex", rf"\b{word}[-_][A-Za-z0-9]{{8,20}}\b"))
    return out


def prose(draws: random.Random) -> str:
    words = ["".join(draws.choices("etaoinshrdlu", k=draws.randrange(2, 9))) for _ in range(5000)]
    text: list[str] = []
    size = 0
    while size < LENGTH:
        text.append(draws.choice(words))
        size += len(text[-1]) + 1
    return " ".join(text)


def with_hits(text: str, draws: random.Random, given: list[tuple[str, str]]) -> str:
    parts = []
    for at in range(0, len(text), 2000):
        kind, pattern = draws.choice(given)
        parts += [
            text[at : at + 2000],
            " ",
            pattern if kind == "literal" else pattern[2:].split("[")[0] + "-abcdefgh1",
            " ",
        ]
    return "".join(parts)


def hyperscan_of(given: list[tuple[str, str]]):
    try:
        hyperscan = importlib.import_module("hyperscan")
    except ImportError:
        return None
    database = hyperscan.Database()
    expressions = [re.escape(pattern).encode() if kind == "literal" else pattern.encode() for kind, pattern in given]
    database.compile(expressions=expressions, flags=[hyperscan.HS_FLAG_SOM_LEFTMOST] * len(expressions))
    return lambda data: database.scan(data, match_event_handler=lambda *_: None)


def main() -> None:
    draws = random.Random(1)
    given = patterns(draws)
    registry = paritas.PatternRegistry()
    registry.add_many({"name": f"p{at}", "pattern": pattern, "kind": kind} for at, (kind, pattern) in enumerate(given))
    literals = [pattern if kind == "literal" else pattern[2:].split("[")[0] for kind, pattern in given]
    automaton = paritas.AhoCorasick(literals, match_kind="overlapping")
    together = "|".join(re.escape(pattern) if kind == "literal" else pattern for kind, pattern in given)
    peers = {"re, one alternation": re.compile(together, re.ASCII)}
    try:
        peers["regex, one alternation"] = importlib.import_module("regex").compile(together)
    except ImportError:
        print("regex: not installed")
    hyper = hyperscan_of(given)
    if hyper is None:
        print("hyperscan: not installed")
    calm = prose(draws)
    print(f"{PATTERNS} patterns, texts of {LENGTH:,} characters; medians of {ROUNDS} rounds\n")
    print(f"{'text':<12} {'what':<28} {'ms':>9} {'of the automaton':>17}")
    for name, text in (("no hits", calm), ("500 hits", with_hits(calm, draws, given))):
        data = text.encode()
        calls = {
            "one pass of AhoCorasick": lambda text=text: automaton.count(text),
            "PatternRegistry.count": lambda text=text: registry.count(text),
            "PatternRegistry.scan": lambda text=text: registry.scan(text),
        }
        for peer, expression in peers.items():
            calls[peer] = lambda text=text, expression=expression: sum(1 for _ in expression.finditer(text))
        if hyper is not None:
            calls["hyperscan"] = lambda data=data: hyper(data)
        taken = fastest(*calls.values())
        for what, milliseconds in zip(calls, taken, strict=True):
            print(f"{name:<12} {what:<28} {milliseconds:9.2f} {milliseconds / taken[0]:16.2f}x")


if __name__ == "__main__":
    main()
