"""Writes tests/vectors/verifier*.json: what must come out of each case is written by hand, the rest by the reference.

--check compares only. The probabilities are those of the trained model: run this again when its constants change.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "verify"), str(ROOT / "tools" / "lexicon")]
import reference  # noqa: E402, F401  # makes the package importable before it is built
from paritas.reference.prepared_source import PreparedSource  # noqa: E402
from paritas.reference.verifier import VerifiedScorer  # noqa: E402
from verifier_cases import BATCHES, CASES, MODELS, SOURCES  # noqa: E402

FOLDER = ROOT / "tests" / "vectors"
UNITS = {"utf8": ("utf-8", 1), "codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2)}


def span(text: str, value: Any) -> Any:
    """A span of code points in all three units."""
    if value is None:
        return None
    return {unit: [len(text[:at].encode(encoding)) // size for at in value] for unit, (encoding, size) in UNITS.items()}


def plain(result: Any, response: str, passages: list[str]) -> dict[str, Any]:
    """A result as the vectors say it."""

    def reason(item: Any) -> dict[str, Any]:
        source = passages[item.passage] if item.passage >= 0 else ""
        return {
            **item._asdict(),
            "claim_span": span(response, item.claim_span),
            "source_span": span(source, item.source_span),
        }

    def evidence(item: Any) -> dict[str, Any]:
        return {**item._asdict(), "span": span(passages[item.passage], item.span)}

    def claim(item: Any) -> dict[str, Any]:
        return {
            **item._asdict(),
            "span": span(response, item.span),
            "source_span": span(passages[item.passage] if item.passage >= 0 else "", item.source_span),
            "reasons": [reason(why) for why in item.reasons],
            "evidence_spans": [evidence(where) for where in item.evidence_spans],
        }

    return {
        **result._asdict(),
        "claims": [claim(item) for item in result.claims],
        "reasons": [reason(why) for why in result.reasons],
    }


def number(value: Any) -> Any:
    """{"float": "NaN"} stands for what JSON cannot say."""
    return float(value["float"]) if isinstance(value, dict) else value


def texts_of(source: Any) -> list[str]:
    if isinstance(source, str):
        return [source]
    return [item if isinstance(item, str) else item[1] for item in source]


def outcome(call: Any, response: str, source: Any) -> dict[str, Any]:
    try:
        return {"value": plain(call(), response, texts_of(source))}
    except ValueError as error:  # a ParitasError
        return {"error": {"code": error.code, "offset": error.offset}}  # type: ignore[attr-defined]


def check(name: str, expect: dict[str, Any], approved: bool | str | None, reasons: list[str]) -> None:
    """What the case was written for."""
    assert ("error" in expect) is (approved == "error"), f"{name}: {expect}"
    if approved == "error":
        return
    value = expect["value"]
    if approved is not None:
        assert value["approved"] is approved, f"{name}: approved is {value['approved']}, score {value['score']}"
    codes = [why["code"] for why in value["reasons"]]
    assert codes[: len(reasons)] == reasons, f"{name}: {codes}"


def verifier() -> list[dict[str, Any]]:
    cases = []
    for name, why, given, approved, reasons in CASES:
        options = {key: number(item) for key, item in given.items() if key not in CALL}
        call = {key: item for key, item in given.items() if key in CALL}

        def run(options: dict[str, Any] = options, call: dict[str, Any] = call) -> Any:
            return VerifiedScorer(**options).verify(**call)

        expect = outcome(run, call["response"], call["source"])
        check(name, expect, approved, reasons)
        cases.append({"id": name, "why": why, "given": given, "expect": expect})
    return cases


CALL = ("response", "source", "atomic", "evidence_top_k")


def plans() -> list[dict[str, Any]]:
    cases = []
    for name, why, given, approved, reasons in MODELS:
        options = {key: item for key, item in given.items() if key not in (*CALL, "scores")}
        call = {key: item for key, item in given.items() if key in CALL}
        scores = [number(score) for score in given["scores"]]
        scorer = VerifiedScorer(**options)
        plan = scorer.plan(**call)

        def run(scorer: Any = scorer, plan: Any = plan, scores: list[float] = scores) -> Any:
            return scorer.finish(plan, scores)

        expect = outcome(run, call["response"], call["source"])
        check(name, expect, approved, reasons)
        if "value" in expect:
            expect = {"value": {"pairs": [list(pair) for pair in plan.pairs], "result": expect["value"]}}
        cases.append({"id": name, "why": why, "given": given, "expect": expect})
    return cases


def batches() -> list[dict[str, Any]]:
    cases = []
    for name, why, given, approved in BATCHES:
        expect: dict[str, Any]
        try:
            options = {key: item for key, item in given.items() if key == "max_chars"}
            results = VerifiedScorer(**options).verify_batch(given["responses"], given["sources"])
            assert [result.approved for result in results] == approved, name
            rows = [
                {
                    "approved": result.approved,
                    "score": result.score,
                    "status": result.status,
                    "reasons": [[why.code, why.message] for why in result.reasons],
                }
                for result in results
            ]
            expect = {"value": rows}
        except ValueError as error:  # a ParitasError
            expect = {"error": {"code": error.code, "offset": error.offset}}  # type: ignore[attr-defined]
            assert approved is None, name
        cases.append({"id": name, "why": why, "given": given, "expect": expect})
    return cases


def sources() -> list[dict[str, Any]]:
    cases = []
    for name, why, given, counts in SOURCES:
        expect: dict[str, Any]
        try:
            source = PreparedSource(**given)
            value = {"passages": len(source), "sentences": source.sentences, "characters": source.characters}
            assert list(value.values()) == counts, f"{name}: {value}"
            expect = {"value": {**value, "ids": source.ids}}
        except ValueError as error:  # a ParitasError
            expect = {"error": {"code": error.code, "offset": error.offset}}  # type: ignore[attr-defined]
            assert counts is None, name
        cases.append({"id": name, "why": why, "given": given, "expect": expect})
    return cases


def written(feature: str, cases: list[dict[str, Any]]) -> str:
    rows = ",\n".join("    " + json.dumps(case, ensure_ascii=False) for case in cases)
    return f'{{\n  "feature": "{feature}",\n  "cases": [\n{rows}\n  ]\n}}\n'


def main() -> int:
    files = {
        "verifier": written("VerifiedScorer.verify, verify", verifier()),
        "verifier_plan": written("VerifiedScorer.plan, VerifiedScorer.finish", plans()),
        "verifier_batch": written("VerifiedScorer.verify_batch, verify_batch", batches()),
        "prepared_source": written("PreparedSource", sources()),
    }
    stale = 0
    for stem, text in files.items():
        file = FOLDER / f"{stem}.json"
        if "--check" not in sys.argv:
            file.write_text(text, "utf-8")
        elif file.read_text("utf-8") != text:
            print(f"tests/vectors/{file.name} is stale: run tools/verify/make_vectors.py", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
