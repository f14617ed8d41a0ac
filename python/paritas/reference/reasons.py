"""Reasons of verdicts: their codes, what they do to a probability, and how they are said."""

from dataclasses import dataclass

from paritas.results import Span

# What a reason leaves of a probability.
CAPS = {
    "number_mismatch": 0.2,
    "entity_mismatch": 0.2,
    "antonym": 0.2,
    "negation_flip": 0.3,
    "number_missing": 0.45,
    "word_order": 0.45,
    "entity_missing": 0.6,
}
DECISIVE = ("number_mismatch", "entity_mismatch", "antonym", "negation_flip")
FIRM = ("number_mismatch", "entity_mismatch")  # hold whatever a model says
ABSENT = ("number_missing", "entity_missing", "not_in_source", "word_order")  # of a fabricated claim

MESSAGES = {
    "number_mismatch": 'The claim says "{claim}", the source says "{source}".',
    "entity_mismatch": 'The claim names "{claim}" where the source names "{source}".',
    "antonym": '"{claim}" in the claim opposes "{source}" in the source.',
    "negation_flip": 'The claim and the source disagree about a negation ("{cue}").',
    "number_missing": 'The number "{claim}" is not in the source.',
    "word_order": "The same words stand in another order in the source.",
    "entity_missing": '"{claim}" is not in the source.',
    "not_in_source": "Most of the claim's words are not in the source.",
    "low_support": "The source does not say enough to support the claim.",
    "verbatim": "The source contains the claim word for word.",
    "too_short": "The claim is too short to check.",
    "script_not_supported": "Claims in this script are only checked word for word.",
    "no_content": "The claim has no content words.",
    "no_source": "There is no source text.",
    "no_claims": "The response has no claims.",
    "nli_invalid": "The model's score was not a number from 0 to 1 and was ignored.",
}


@dataclass(slots=True)
class Why:
    """A reason before it is said."""

    code: str
    claim: Span | None = None  # of the response
    source: Span | None = None  # of the whole source
    sentence: int = -1  # of the source, where that span stands
    cue_of_source: bool = False  # of a negation_flip: where the cue is
    decisive: bool = False
    capped: bool = True  # whether its cap holds


def message(why: Why, response: str, source: str) -> str:
    """One sentence, with the words that it is about."""
    said = response[why.claim.start : why.claim.end] if why.claim else ""
    stands = source[why.source.start : why.source.end] if why.source else ""
    return MESSAGES[why.code].format(claim=said, source=stands, cue=stands if why.cue_of_source else said)
