"""Evidence at a halt: what a verifier says about the text that was about to be shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from paritas.results_stream import EvidenceChunk, HaltEvidence, TokenEvent

if TYPE_CHECKING:
    from paritas.streaming import Run


def explained(run: Run, event: TokenEvent) -> TokenEvent:
    """The event with the chunks and reasons of `run.scorer`; what fails is collected in `run.errors`."""
    evidence = event.halt_evidence
    if evidence is None or (run.evidence_callback is None and run.scorer is None):
        return event
    session = run.monitor.session
    text = session.output if run.config.keep_history else evidence.text_tail
    withheld = event.halted and not session.soft_halted
    text += event.token if withheld else ""
    if run.evidence_callback is not None:
        said = run.guarded(partial(run.evidence_callback, text))
        run.evidence_text = "" if said is None else str(said)
    if run.scorer is not None:
        verify = partial(verified, evidence, run.scorer, text, run.prompt, run.top_k)
        evidence = run.guarded(verify) or evidence
    return event._replace(halt_evidence=evidence)


def verified(evidence: HaltEvidence, scorer: Any, text: str, prompt: str, top_k: int) -> HaltEvidence:
    if hasattr(scorer, "verify"):
        result = scorer.verify(text, prompt)
    else:
        result = scorer.review(prompt.strip() or text, text)
        if isinstance(result, tuple):  # (approved, score)
            result = result[1]
    chunks = chunks_of(result)[: max(0, top_k)]
    return evidence._replace(evidence_chunks=chunks, reasons=list(getattr(result, "reasons", None) or ()))


def chunks_of(result: Any) -> list[EvidenceChunk]:
    """The spans of all claims, the best first, those of one score by their place; each passage once."""
    found = [
        EvidenceChunk(span.text, float(span.score), getattr(span, "span", None))
        for claim in getattr(result, "claims", None) or ()
        for span in getattr(claim, "evidence_spans", None) or ()
    ]
    if not found:  # published scorers: chunks with a distance, or scores in a list of their own
        evidence = getattr(result, "evidence", None)
        chunks = getattr(evidence, "chunks", None) or ()
        scores = getattr(evidence, "chunk_scores", None) or [1.0 - float(chunk.distance) for chunk in chunks]
        found = [EvidenceChunk(chunk.text, float(score), None) for chunk, score in zip(chunks, scores, strict=False)]
    found.sort(key=lambda chunk: (-chunk.score, tuple(chunk.span or (0, 0))))
    once = {(chunk.text, tuple(chunk.span or ())): chunk for chunk in reversed(found)}
    return [chunk for chunk in found if once[chunk.text, tuple(chunk.span or ())] is chunk]
