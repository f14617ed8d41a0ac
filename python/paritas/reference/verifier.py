"""VerifiedScorer: is a response supported by its source, claim by claim, and why not?"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from paritas.errors import ParitasError, ParitasTypeError
from paritas.nli import ask, ask_later, numbers
from paritas.reference.convert import flag, real, whole
from paritas.reference.convert import text as as_text
from paritas.reference.features import Counts, count
from paritas.reference.judge import Finding, judge
from paritas.reference.model import support_probability
from paritas.reference.prepared_source import PreparedSource
from paritas.reference.reading import Reading
from paritas.reference.reasons import ABSENT, CAPS, FIRM, MESSAGES, Why, message
from paritas.results import Span
from paritas.results_verify import ClaimVerdict, Reason, SourceSpan, VerificationResult, VerificationScores

VERBATIM = 0.95  # probability of a claim that stands in the source word for word
CARRIED_SCORE = 0.6  # least score of one that has other claims, all of which cannot be checked
VERBATIM_SCORE = 0.9  # least score of a response whose claims all do
UNCHECKED = 0.45  # most that a claim or a response reaches that cannot be checked
CERTAIN = 0.9  # entailment above which a model overrules what is not firm
HIGH, MEDIUM = 0.7, 0.4  # mean confidence of the claims
MOST_EVIDENCE = 100


@dataclass(slots=True)
class _Claim:
    """What is known about a claim before a model is asked."""

    finding: Finding
    probability: float  # of our own model, before caps
    pairs: range  # of the plan
    modelled: bool


class VerificationPlan:
    """A verification that waits for a model: `pairs` are what to ask it, `VerifiedScorer.finish` takes the answers."""

    def __init__(
        self, reading: Reading, source: PreparedSource, probability: float, claims: list[_Claim], response: str
    ) -> None:
        self.reading, self.source, self.response = reading, source, response
        self.probability, self.claims = probability, claims
        self._pairs = [
            (reading.source.sentence(sentence), text_of(response, reading.claims[i].span))
            for i, claim in enumerate(claims)
            for sentence in claim.finding.evidence[: len(claim.pairs)]
        ]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(premise, hypothesis) of each question: a source sentence and a claim."""
        return list(self._pairs)


def text_of(text: str, span: Span) -> str:
    return text[span.start : span.end]


class VerifiedScorer:
    """Compares responses with their sources: a verdict with reasons for each claim, and a score of the whole.

    nli_scorer:        a stronger judge of entailment, asked for each claim that the rules leave open: an object
                       with score_batch(pairs) or score(premise, hypothesis), or a callable on a list of such pairs
    nli_threshold:     divergence from which a claim with something missing is fabricated
    support_threshold: divergence up to which a claim is supported
    min_confidence:    a verdict below it becomes unverifiable
    approve_threshold: least score of an approved response
    nli_weight:        share of the nli_scorer in a probability
    nli_direction:     what it returns: "entailment" probability, or "divergence", its complement
    max_chars:         longest response and source, in code points
    Errors:            invalid_argument
    """

    def __init__(
        self,
        nli_scorer: Any = None,
        nli_threshold: float = 0.65,
        support_threshold: float = 0.35,
        min_confidence: float = 0.4,
        approve_threshold: float = 0.5,
        nli_weight: float = 0.7,
        nli_direction: str = "entailment",
        max_chars: int = 16_777_216,
    ) -> None:
        self.nli_scorer = nli_scorer
        self.nli_threshold = _share("nli_threshold", nli_threshold)
        self.support_threshold = _share("support_threshold", support_threshold)
        self.min_confidence = _share("min_confidence", min_confidence)
        self.approve_threshold = _share("approve_threshold", approve_threshold)
        self.nli_weight = _share("nli_weight", nli_weight)
        self.nli_direction = as_text(nli_direction)
        self.max_chars = whole(max_chars)
        if self.support_threshold > self.nli_threshold:
            raise ParitasError("invalid_argument", "support_threshold must be at most nli_threshold")
        if self.nli_direction not in ("entailment", "divergence"):
            raise ParitasError("invalid_argument", "nli_direction must be entailment or divergence")
        if self.max_chars < 0:
            raise ParitasError("invalid_argument", "max_chars must be at least 0")

    def verify(self, response: str, source: Any, atomic: bool = False, evidence_top_k: int = 3) -> VerificationResult:
        """Verifies a response against a source: a str, a list of passages, or a PreparedSource."""
        plan = self.plan(response, source, atomic, evidence_top_k)
        if self.nli_scorer is None:
            return self._finish(plan, None)
        return self._finish(plan, ask(self.nli_scorer, plan.pairs))

    def averify(
        self,
        response: str,
        source: Any,
        atomic: bool = False,
        evidence_top_k: int = 3,
        *,
        timeout: float | None = None,
    ) -> Awaitable[VerificationResult]:
        """verify for an nli_scorer that may be a coroutine; TimeoutError when it takes more than `timeout` seconds."""
        return ask_later(self, self.plan(response, source, atomic, evidence_top_k), timeout)

    def verify_batch(
        self,
        responses: Sequence[str],
        sources: Any,
        atomic: bool = False,
        evidence_top_k: int = 3,
        threads: int = 0,
    ) -> list[VerificationResult]:
        """verify for many responses; one PreparedSource, str or source in a list may serve all of them."""
        plans = self._plans(responses, sources, flag(atomic), _top_k(evidence_top_k), threads)
        pairs = [pair for plan in plans if isinstance(plan, VerificationPlan) for pair in plan.pairs]
        answers = None if self.nli_scorer is None else ask(self.nli_scorer, pairs)
        if answers is not None and len(answers) != len(pairs):  # not the fault of one pair
            message = f"scores must be as many as pairs: {len(answers)} for {len(pairs)}"
            raise ParitasError("invalid_argument", message)
        results, at = [], 0
        for plan in plans:
            if isinstance(plan, ParitasError):
                results.append(_failed(plan))
                continue
            count = len(plan.pairs)
            results.append(self._finish(plan, None if answers is None else answers[at : at + count]))
            at += count
        return results

    def score_batch(
        self, responses: Sequence[str], sources: Any, atomic: bool = False, threads: int = 0
    ) -> VerificationScores:
        """The outcome of verify for many responses as arrays, without their claims. Needs NumPy."""
        try:
            import numpy as np
        except ImportError:
            raise ParitasError("unsupported", "this function returns arrays: install NumPy") from None
        results = self.verify_batch(responses, sources, atomic, threads=threads)
        return VerificationScores(
            np.array([result.approved for result in results], dtype=np.bool_),
            np.array([result.score for result in results], dtype=np.float64),
            np.array([result.coverage for result in results], dtype=np.float64),
        )

    def plan(self, response: str, source: Any, atomic: bool = False, evidence_top_k: int = 3) -> VerificationPlan:
        """The first half of verify: everything but what a model says about `pairs`."""
        return self._plan(as_text(response), prepared(source), flag(atomic), _top_k(evidence_top_k))

    def finish(self, plan: VerificationPlan, scores: Iterable[float]) -> VerificationResult:
        """The second half: one score for each pair of the plan."""
        if not isinstance(plan, VerificationPlan):
            raise ParitasTypeError("invalid_argument", f"a VerificationPlan is needed, not {type(plan).__name__}")
        return self._finish(plan, numbers(scores))

    def _plans(
        self, responses: Any, sources: Any, atomic: bool, most: int, threads: int
    ) -> list[VerificationPlan | ParitasError]:
        if isinstance(responses, str | bytes) or not hasattr(responses, "__iter__"):
            needed = f"a sequence of str is needed, not {type(responses).__name__}"
            raise ParitasTypeError("invalid_argument", needed)
        responses = list(responses)
        if whole(threads) < 0:
            raise ParitasError("invalid_argument", "threads must be at least 0")
        items = [sources] if isinstance(sources, str | PreparedSource) else _items(sources)
        if len(items) not in (len(responses), 1):
            message = f"sources must be as many as responses, or one for all: {len(items)} for {len(responses)}"
            raise ParitasError("length_mismatch", message)
        plans: list[VerificationPlan | ParitasError] = []
        for i, response in enumerate(responses):
            try:
                source = prepared(items[0 if len(items) == 1 else i])
                plans.append(self._plan(as_text(response), source, atomic, most))
            except ParitasError as error:
                plans.append(error)
        return plans

    def _plan(self, response: str, source: PreparedSource, atomic: bool, most: int) -> VerificationPlan:
        for name, length in (("response", len(response)), ("source", source.characters)):
            if length > self.max_chars:
                message = f"the {name} must have at most max_chars = {self.max_chars} characters, not {length}"
                raise ParitasError("limit_exceeded", message)
        reading = Reading(response, source.index, atomic)
        sentences = len(source.index.analysis.spans)
        claims: list[_Claim] = []
        counts: list[Counts] = []
        pairs = 0
        for i, unit in enumerate(reading.units):
            finding = judge(reading, i, most)
            modelled = finding.checkable and not finding.verbatim
            own = 0.0
            if sentences:
                flips = bool(reading.conflicts(unit, finding.alignment.ranked[:1]))
                counts.append(count(reading, unit, finding.best, flips))
                own = support_probability(counts[-1:], sentences)
            if not modelled:
                own = VERBATIM if finding.verbatim else min(own, UNCHECKED)
            evidence = len(finding.evidence) if modelled else 0
            claims.append(_Claim(finding, own, range(pairs, pairs + evidence), modelled))
            pairs += evidence
        probability = support_probability(counts, sentences) if counts else 0.0
        return VerificationPlan(reading, source, probability, claims, response)

    def _finish(self, plan: VerificationPlan, scores: list[float] | None) -> VerificationResult:
        if scores is not None and len(scores) != len(plan.pairs):
            message = f"scores must be as many as pairs: {len(scores)} for {len(plan.pairs)}"
            raise ParitasError("invalid_argument", message)
        entailed: list[list[float | None]] = []
        for claim in plan.claims:
            given = [None] * len(claim.pairs) if scores is None else [scores[i] for i in claim.pairs]
            entailed.append([self._entailment(score) for score in given])
        asked = scores is not None
        return self._result(plan, [self._judge(plan, i, entailed[i], asked) for i in range(len(plan.claims))])

    def _entailment(self, score: float | None) -> float | None:
        """None for what is no probability."""
        if score is None or not 0.0 <= score <= 1.0:
            return None
        return 1.0 - score if self.nli_direction == "divergence" else score

    def _judge(self, plan: VerificationPlan, at: int, given: list[float | None], asked: bool) -> _Judged:
        """The verdict on a claim; given: what the model said of its evidence."""
        finding = plan.claims[at].finding
        reasons = [replace(why) for why in finding.reasons]
        checkable = finding.checkable
        valid = [score for score in given if score is not None]
        probability = plan.claims[at].probability
        if asked and given:
            if len(valid) < len(given):
                reasons.append(Why("nli_invalid", plan.reading.claims[at].span))
            if valid:
                best = max(valid)
                probability = (1.0 - self.nli_weight) * probability + self.nli_weight * best
                if best >= CERTAIN:
                    for why in reasons:
                        if why.code not in FIRM:
                            why.decisive, why.capped = False, False
            else:  # the model failed: nothing is guessed in its place
                checkable = False
                probability = min(probability, UNCHECKED)
        for why in reasons:
            if why.capped:
                probability = min(probability, CAPS.get(why.code, 1.0))
        verdict = "unverifiable"
        if any(why.decisive for why in reasons):
            verdict = "contradicted"
        elif finding.verbatim or (checkable and 1.0 - probability <= self.support_threshold):
            verdict = "supported"
        elif checkable and 1.0 - probability >= self.nli_threshold and any(why.code in ABSENT for why in reasons):
            verdict = "fabricated"
        if verdict in ("supported", "fabricated") and _confidence(verdict, probability) < self.min_confidence:
            verdict = "unverifiable"
        if verdict == "unverifiable" and checkable:
            reasons.append(Why("low_support", plan.reading.claims[at].span))
        confidence = _confidence(verdict, probability)
        return _Judged(at, verdict, probability, confidence, checkable, asked, given, reasons)

    def _result(self, plan: VerificationPlan, claims: list[_Judged]) -> VerificationResult:
        score = plan.probability
        entailed = [max(claim.entailed) for claim in claims if claim.entailed]
        if entailed:
            mean = 0.0
            for entailment in entailed:  # in order of the claims
                mean += entailment
            score = (1.0 - self.nli_weight) * score + self.nli_weight * (mean / float(len(entailed)))
        for claim in claims:
            for why in claim.reasons:
                if why.capped:
                    score = min(score, CAPS.get(why.code, 1.0))
        verbatim = [plan.claims[claim.index].finding.verbatim for claim in claims]
        if claims and all(verbatim):
            score = max(score, VERBATIM_SCORE)
        elif any(verbatim) and all(
            stands or not plan.claims[claim.index].finding.checkable
            for claim, stands in zip(claims, verbatim, strict=True)
        ):
            score = max(score, CARRIED_SCORE)
        checked = any(claim.checkable for claim in claims)
        failed = any(claim.given and not claim.entailed and claim.asked for claim in claims)
        if failed or not checked:
            score = min(score, UNCHECKED)
        verdicts = [claim.verdict for claim in claims]
        refuted = "contradicted" in verdicts or "fabricated" in verdicts
        here = bool(plan.reading.source.analysis.spans)
        status = "no_claims" if not claims else "ok" if here else "no_source"
        said = [self._claim(plan, claim) for claim in claims]
        reasons = [reason for claim in said for reason in claim.reasons]
        if not claims:
            score = 0.0
            reasons = [Reason("no_claims", MESSAGES["no_claims"], False, None, None, -1)]
        supported = verdicts.count("supported")
        return VerificationResult(
            checked and not failed and not refuted and score >= self.approve_threshold,
            score,
            _level([claim.confidence for claim in claims]),
            said,
            supported,
            verdicts.count("contradicted"),
            verdicts.count("fabricated"),
            verdicts.count("unverifiable"),
            float(supported) / float(len(claims)) if claims else 0.0,
            [reason for reason in reasons if reason.decisive] + [reason for reason in reasons if not reason.decisive],
            status,  # type: ignore[arg-type]
        )

    def _claim(self, plan: VerificationPlan, judged: _Judged) -> ClaimVerdict:
        reading, finding = plan.reading, plan.claims[judged.index].finding
        claim, source = reading.claims[judged.index], reading.source
        best = finding.best
        passage, span = source.locate(best, source.analysis.spans[best]) if best >= 0 else (-1, None)
        reasons = [self._reason(plan, why) for why in judged.reasons]
        given = iter(judged.given)
        return ClaimVerdict(
            text_of(plan.response, claim.span),
            claim.span,
            judged.index,
            source.sentence(best) if best >= 0 else "",
            best,
            span,
            passage,
            judged.probability,
            1.0 - judged.probability,
            _ratio(finding.found_entities, len(finding.entities)),
            finding.numerical_match,
            finding.flips,
            _ratio(finding.found_items, finding.items),
            judged.verdict,  # type: ignore[arg-type]
            judged.confidence,
            [reason for reason in reasons if reason.decisive] + [reason for reason in reasons if not reason.decisive],
            [self._evidence(plan, judged.index, sentence, next(given, None)) for sentence in finding.evidence],
            claim.is_atomic,
        )

    def _evidence(self, plan: VerificationPlan, at: int, sentence: int, entailment: float | None) -> SourceSpan:
        reading, finding = plan.reading, plan.claims[at].finding
        source, unit = reading.source, reading.units[at]
        passage, span = source.locate(sentence, source.analysis.spans[sentence])
        score = entailment
        if score is None:
            score = float(finding.alignment.counts.get(sentence, 0)) / float(max(1, finding.items))
        there = source.analysis.sentences[sentence]
        words = {
            token.key
            for token in source.analysis.tokens[there.first : min(there.last, there.first + reading.share)]
            if token.kind == "word"
        }
        names = [reading.analysis.names[i] for i in finding.entities]
        matched = [any(source.sentence_of(match) == sentence for match in reading.results[i][0]) for i in unit.hard]
        return SourceSpan(
            source.sentence(sentence),
            sentence,
            span,
            passage,
            None if plan.source.ids is None else plan.source.ids[passage],
            score,
            1.0 - score,
            _ratio(sum(name.key_set <= words for name in names), len(names)),
            all(matched) if matched and there.hard else None,
        )

    def _reason(self, plan: VerificationPlan, why: Why) -> Reason:
        source = plan.reading.source
        said = message(why, plan.response, source.text)
        if why.source is None:
            return Reason(why.code, said, why.decisive, why.claim, None, -1)
        passage, span = source.locate(why.sentence, why.source)
        return Reason(why.code, said, why.decisive, why.claim, span, passage)


@dataclass(slots=True)
class _Judged:
    """A claim after the model was asked."""

    index: int
    verdict: str
    probability: float
    confidence: float
    checkable: bool
    asked: bool  # whether there was a model to ask
    given: list[float | None]  # entailments of its evidence
    reasons: list[Why]

    @property
    def entailed(self) -> list[float]:
        return [score for score in self.given if score is not None]


def prepared(source: Any) -> PreparedSource:
    return source if isinstance(source, PreparedSource) else PreparedSource(source)


def _items(sources: Any) -> list[Any]:
    if isinstance(sources, bytes | bytearray) or not hasattr(sources, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"a sequence of sources is needed, not {type(sources).__name__}")
    return list(sources)


def _failed(error: ParitasError) -> VerificationResult:
    reason = Reason(error.code, str(error), False, None, None, -1)
    return VerificationResult(False, 0.0, "low", [], 0, 0, 0, 0, 0.0, [reason], "error")


def _share(name: str, value: Any) -> float:
    number = real(value)
    if not 0.0 <= number <= 1.0:
        raise ParitasError("invalid_argument", f"{name} must be from 0 to 1")
    return number


def _top_k(value: Any) -> int:
    count = whole(value)
    if not 0 <= count <= MOST_EVIDENCE:
        raise ParitasError("invalid_argument", "evidence_top_k must be from 0 to 100")
    return count


def _ratio(part: int, all_of_them: int) -> float:
    return float(part) / float(all_of_them) if all_of_them else 1.0


def _confidence(verdict: str, probability: float) -> float:
    if verdict == "supported":
        return probability
    if verdict in ("contradicted", "fabricated"):
        return 1.0 - probability
    return 1.0 - abs(2.0 * probability - 1.0)


def _level(confidences: list[float]) -> Literal["high", "medium", "low"]:
    total = 0.0
    for confidence in confidences:  # in order of the claims
        total += confidence
    mean = total / float(len(confidences)) if confidences else 0.0
    return "high" if mean >= HIGH else "medium" if mean >= MEDIUM else "low"


def verify(
    response: str, source: Any, atomic: bool = False, evidence_top_k: int = 3, **options: Any
) -> VerificationResult:
    """Verifies a response against a source, with a VerifiedScorer of these options."""
    return VerifiedScorer(**options).verify(response, source, atomic, evidence_top_k)


def verify_batch(
    responses: Sequence[str],
    sources: Any,
    atomic: bool = False,
    evidence_top_k: int = 3,
    threads: int = 0,
    **options: Any,
) -> list[VerificationResult]:
    """Verifies many responses, with a VerifiedScorer of these options; one source may serve all of them."""
    return VerifiedScorer(**options).verify_batch(responses, sources, atomic, evidence_top_k, threads)
