"""The checks of the classifier, as core/src/selfcheck/classify.cpp draws them."""

from functools import cache
from typing import TYPE_CHECKING

from paritas.errors import ParitasError
from paritas.reference.classify import TaskClassifier
from paritas.reference.classify_words import inflect
from paritas.reference.random import Random
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

PIECES = (
    "run|Tests|fix|the|bug|set|up|Cleaning up|list|what is"
    "|don't|don’t|not|never|skipping|avoid|rather|than|instead of|why"
    "|you|forget|to|only|please|just|but|and|or|so"
    "|,|.|\n|main.py|::|-|'|運行|，|。"
    "|É|été_run|\ufffd|\u2028|\u200b|running|RUNNABLE|internationalization"
).split("|")


@cache
def _standard() -> TaskClassifier:
    return TaskClassifier()


@cache
def _own() -> TaskClassifier:
    """Another one than the standard: shared keywords, scripts without spaces, other numbers."""
    return TaskClassifier(
        {
            "work": {"run": 0.37, "set up": 1.25, "運行": 0.5, "internationalization": 2.0},
            "sport": {"run": 0.37, "running": 0.11, "bug": 1.75, "set up set": 3.0},
            "nothing": {},
        },
        position_weight=0.73,
        negation_radius=2,
        smoothing=0.0,
        threshold=0.45,
        negators=["never", "Don't", "skipping", "please"],
    )


def check_classify(random: Random, digest: "Digest") -> None:
    text = ""
    for _ in range(random.below(14)):
        text += PIECES[random.below(len(PIECES))]
        if random.below(5) != 0:
            text += " "
    classifier = _own() if random.below(3) == 0 else _standard()
    found = classifier.classify(text)
    digest.add(found.task_type)
    digest.add(found.confidence)
    for score in found.scores.values():
        digest.add(score)
    for match in found.matches:
        digest.add(match.keyword)
        digest.add(list(found.scores).index(match.category))
        digest.add(Span(match.start, match.end))
        digest.add(match.negated)
    digest.add(classifier.has_negation(text))
    try:
        for form in inflect(text):
            digest.add(form)
    except ParitasError as error:
        digest.add_error(error)
