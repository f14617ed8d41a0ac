"""The texts of the bench: the development collections, and documents drawn from a seed."""

import json
import os
import random
from pathlib import Path
from typing import NamedTuple

import numpy

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench"
DATA = Path(os.environ.get("PARITAS_DATA", "../shared/data")) / "retrieval"


def zipf_texts(draws, count, length, vocabulary=20_000, exponent=1.07):
    words = [f"word{i}" for i in range(vocabulary)]
    weights = [1 / (i + 1) ** exponent for i in range(vocabulary)]
    flat = draws.choices(words, weights, k=count * length)
    return [" ".join(flat[i * length : (i + 1) * length]) for i in range(count)]


class Corpus(NamedTuple):
    """Documents and queries as lists of terms; a text is its terms with spaces between."""

    name: str
    tokens: list[list[str]]
    queries: list[list[str]]

    def texts(self):
        return [" ".join(terms) for terms in self.tokens]

    def query_texts(self):
        return [" ".join(terms) for terms in self.queries]


def word(rank):
    """A word of letters for a rank: bijective base 26, so that every tokeniser reads one term."""
    letters = []
    rank += 1
    while rank > 0:
        rank, letter = divmod(rank - 1, 26)
        letters.append(chr(97 + letter))
    return "".join(reversed(letters))


def zipf_ranks(count, length, vocabulary, exponent, seed):
    """uint32[count, length], the ranks of the words; drawn once, then read from .cache."""
    path = CACHE / f"zipf_{count}_{length}_{vocabulary}_{exponent}_{seed}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        totals = numpy.cumsum(1.0 / numpy.arange(1, vocabulary + 1) ** exponent)
        draws = numpy.random.default_rng(seed)
        ranks = numpy.empty((count, length), numpy.uint32)
        for first in range(0, count, 50_000):
            block = ranks[first : first + 50_000]
            block[:] = numpy.searchsorted(totals, draws.random(block.shape) * totals[-1], side="right")
        numpy.save(path, ranks)
    return numpy.load(path)


def synthetic(name, count, length, vocabulary, queries, skip=0, seed=7, exponent=1.07):
    """Documents of `length` terms each, and queries of 2 to 6 terms drawn like them.

    skip: queries leave out that many of the commonest words, as stop words would be.
    """
    words = [word(rank) for rank in range(vocabulary)]
    # One int for a word and one str: a million documents must not hold sixty million objects.
    tokens = [[words[rank] for rank in row] for row in zipf_ranks(count, length, vocabulary, exponent, seed).tolist()]
    draws = random.Random(seed)
    asked = []
    while len(asked) < queries:
        terms = [draws.choice(draws.choice(tokens)) for _ in range(draws.randint(2, 6))]
        if skip == 0 or not set(terms) & set(words[:skip]):
            asked.append(terms)
    return Corpus(name, tokens, asked)


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Collection(NamedTuple):
    name: str
    ids: list[str]
    texts: list[str]
    queries: list[tuple[str, str]]
    grades: dict[str, dict[str, int]]


def collection(name):
    folder = DATA / name
    if not folder.exists():
        raise SystemExit(f"no collection in {folder}; set PARITAS_DATA")
    grades = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    documents = lines(folder / "corpus.jsonl")
    return Collection(
        name,
        [item["_id"] for item in documents],
        [f"{item['title']} {item['text']}" for item in documents],
        [(item["_id"], item["text"]) for item in lines(folder / "queries.jsonl") if item["_id"] in grades],
        grades,
    )


def analyzed(found, analyzer):
    """A collection as terms of an analyzer of ours, for all peers alike."""
    return Corpus(
        found.name,
        [analyzer.analyze(text) for text in found.texts],
        [analyzer.analyze(text) for _, text in found.queries],
    )
