"""The checks of rooms text and retrieve, as core/src/selfcheck/{analyzer,bm25,fold,stem_*}.cpp draw them."""

from typing import TYPE_CHECKING

from paritas.reference.analyzer import Analyzer
from paritas.reference.bm25 import BM25, DocId
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_text, random_word
from paritas.reference.stem_english import stem_english
from paritas.reference.stem_light import stem
from paritas.reference.unicode import fold
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

LETTERS = "aeiouybdfgmnprtslcxhz"
ENDINGS = (
    "",
    "s",
    "es",
    "ies",
    "sses",
    "xes",
    "ches",
    "zzes",
    "ed",
    "ied",
    "eed",
    "ing",
    "tted",
    "ly",
    "e",
    "us",
    "is",
    "-",
)
VARIANTS = ("lucene", "okapi", "robertson", "atire", "bm25l", "bm25+")


def check_fold(random: Random, digest: "Digest") -> None:
    keep_accents = random.below(4) == 0
    digest.add(fold(random_text(random, 6), keep_accents))


def check_stem_light(random: Random, digest: "Digest") -> None:
    if random.below(4) == 0:
        word = random_word(random)
    else:
        word = "".join(LETTERS[random.below(len(LETTERS))] for _ in range(random.below(7)))
    digest.add(stem(word + ENDINGS[random.below(len(ENDINGS))]))


ENGLISH_STARTS = ("gener", "past", "univers", "y", "'", "exc", "even", "inn", "sk", "d", "news", "earl")
ENGLISH_LETTERS = ("a", "e", "i", "o", "u", "y", "y", "b", "d", "l", "n", "p", "r", "s", "t", "w", "x", "\u00e9", "'")
ENGLISH_ENDINGS = (
    "",
    "s",
    "'s'",
    "ies",
    "ied",
    "sses",
    "us",
    "ed",
    "eed",
    "eedly",
    "ing",
    "ying",
    "ingly",
    "y",
    "ational",
    "ization",
    "ogist",
    "ogi",
    "li",
    "entli",
    "ness",
    "ative",
    "ical",
    "ement",
    "ion",
    "sion",
    "ate",
    "e",
    "ll",
    "at",
    "iz",
    "tt",
)


def check_stem_english(random: Random, digest: "Digest") -> None:
    word = ENGLISH_STARTS[random.below(12)] if random.below(4) == 0 else ""
    word += "".join(ENGLISH_LETTERS[random.below(19)] for _ in range(random.below(6)))
    for _ in range(1 + random.below(2)):
        word += ENGLISH_ENDINGS[random.below(32)]
    digest.add(stem_english(word))


def check_analyzer(random: Random, digest: "Digest") -> None:
    analyzer = Analyzer(
        stemmer=("none", "light", "english")[random.below(3)],
        cjk=("bigram", "unigram", "run")[random.below(3)],
        fold_accents=random.below(4) != 0,
        min_length=2 if random.below(4) == 0 else 1,
        max_length=5 if random.below(4) == 0 else 128,
        stopwords="english" if random.below(4) == 0 else None,
    )
    if random.below(8) == 0:
        analyzer = Analyzer.plain()
    text = random_text(random, 8)
    terms = analyzer.analyze(text)
    digest.add(len(terms))
    for term in terms:
        digest.add(term)
    for span in analyzer.spans(text):
        digest.add(span)
    for span in analyzer.highlight(random_text(random, 2), text):
        digest.add(span)


def _some_words(random: Random, most: int) -> str:
    return "".join(random_word(random) + " " for _ in range(random.below(most + 1)))


def _some_id(random: Random) -> DocId:
    number = random.below(5)
    return number if random.below(2) == 0 else str(number)


def _skewed_words(random: Random, least: int, most: int) -> str:
    count = least + random.below(most + 1 - least)
    return "".join(f"w{random.below(1 + random.below(40))} " for _ in range(count))


def _check_many(random: Random, digest: "Digest", index: BM25) -> None:
    """So many documents that they are frozen, lists of several blocks, and results that bounds have found."""
    count = 100 + random.below(500)
    digest.add(index.add_documents(range(count), [_skewed_words(random, 1, 6) for _ in range(count)]))
    for _ in range(random.below(80)):
        digest.add(index.remove(random.below(count)))
    for _ in range(random.below(4)):
        doc_id = random.below(count)
        digest.add(index.add_document(doc_id, _skewed_words(random, 1, 6)))
    random.below(2)  # whether to optimize
    for most in (1, 10, 200):
        for found, score in index.query(_skewed_words(random, 1, 3), most):
            digest.add(found)
            digest.add(score)
    digest.add(xxh3_64(index.to_bytes()))


def check_bm25(random: Random, digest: "Digest") -> None:
    variant = VARIANTS[random.below(6)]
    k1 = 0.0 if random.below(8) == 0 else 3.0 * random.unit()
    index = BM25(k1, random.unit(), random.unit(), variant)
    if random.below(64) == 0:
        _check_many(random, digest, index)
        return
    for _ in range(1 + random.below(7)):
        removes = random.below(5) == 0
        doc_id = _some_id(random)
        digest.add(index.remove(doc_id) if removes else index.add_document(doc_id, _some_words(random, 6)))
    text = _some_words(random, 4)
    for doc_id, score in index.query(text, random.below(6)):
        digest.add(doc_id)
        digest.add(score)
    digest.add(index.count())
    if random.below(4) == 0:
        digest.add(xxh3_64(index.to_bytes()))
