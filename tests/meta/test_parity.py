"""Run last by `make test`: what the runners have left in build/ says whether they all ran the same cases."""

import importlib
import json
import re
import subprocess
from pathlib import Path

import paritas
import pytest

ROOT = Path(__file__).parents[2]
SEEN = ROOT / "build" / "seen"
DIGESTS = ROOT / "build" / "digests"
RUNNERS = ["browser", "cpp", "node", "python-native", "python-reference"]
VECTORS = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((ROOT / "tests/vectors").glob("*.json"))}
# A vector file says in `feature` which public names it covers: "trend_drop", "BM25.query", several with commas.
FEATURES = {name for document in VECTORS.values() for name in re.split(r",\s*", document["feature"])}

# Public, but without a result that other languages could compare.
NOT_IN_VECTORS = {
    "backend": "says which of the two Python backends runs",
    "adeduplicate_stream": "iteration around StreamingDeduplicator",
    "afilter_thinking": "iteration around StreamingFilter",
    "deduplicate_stream": "iteration around StreamingDeduplicator",
    "deduplication_stream": "a stream around StreamingDeduplicator",
    "filter_thinking": "the same",
    "Match": "what AhoCorasick gives; its vectors look into it",
    "init": "loads the WASM module",
    "init_regex": "loads another one",
    "selfcheck_report": "its digest is compared between all targets below",
    "server_sent_events": "a format of the web, which Python's clients read themselves",
    "sse_tokens": "the same",
    "thinking_filter_stream": "a stream around StreamingFilter",
    "StreamSession": "what a halt monitor gives; the vectors of the monitor look into it",
}
# Public in one language only.
ONLY_PYTHON = {
    "backend": "JavaScript has one backend",
    "adeduplicate_stream": "JavaScript's deduplicate_stream is asynchronous",
    "afilter_thinking": "JavaScript's filter_thinking is asynchronous",
    "AsyncStreamingKernel": "JavaScript's StreamingKernel is asynchronous",
    "HaltConfig": "a plain object in JavaScript",
    "StreamSession": "JavaScript shows it as a type alone",
    "ValidationResult": "the same",
}
ONLY_JAVASCRIPT = {
    "OffsetMap": "a record in Python",
    "init": "Python loads its module by itself",
    "init_regex": "Python has RE2 in its module",
    "extract_json_values": "a method of Python's JsonSpan",
    "ParitasTypeError": "paritas.errors has it",
    "server_sent_events": "a format of the web, which Python's clients read themselves",
    "sse_tokens": "the same",
    "deduplication_stream": "Python has no streams of its own",
    "halt_transform": "Python has no streams of its own",
    "thinking_filter_stream": "the same",
    "stream_tokens": "a method of Python's kernels",
}
# Python over either backend: iteration, clocks and callbacks, and what they leave behind.
ABOVE_BACKENDS = {
    "AsyncStreamingKernel",
    "adeduplicate_stream",
    "afilter_thinking",
    "deduplicate_stream",
    "chunk_by_chars",
    "chunk_by_paragraphs",
    "chunk_by_sentences",
    "context_window",
    "create_chunks",
    "expand_to_parent",
    "get_chunker",
    "filter_thinking",
    "HybridIndex",
    "Match",
    "StreamSession",
    "StreamingKernel",
    "TaskType",
    "ValidationResult",
}


def snake(name: str) -> str:
    return name if name[0].isupper() else re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)


def python_names() -> set[str]:
    return {name for name in paritas.__all__ if not name.startswith("__")}


def is_function(name: str) -> bool:
    """A function or a handle; not an error, not a record of results."""
    value = getattr(paritas, name)
    return callable(value) and not (isinstance(value, type) and issubclass(value, (Exception, tuple)))


@pytest.fixture(scope="module")
def javascript_names() -> set[str]:
    script = 'import("paritas").then((m) => console.log(JSON.stringify(Object.keys(m))))'
    out = subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return {snake(name) for name in json.loads(out.stdout)} - {"version"}


@pytest.mark.parametrize("stem", VECTORS)
@pytest.mark.parametrize("runner", RUNNERS)
def test_every_runner_saw_every_case(runner, stem):
    file = SEEN / runner / f"{stem}.json"
    assert file.exists(), f"{runner} has not run tests/vectors/{stem}.json"
    seen = json.loads(file.read_text("utf-8"))
    assert sorted(seen) == sorted(case["id"] for case in VECTORS[stem]["cases"])


def covered(name: str) -> bool:
    return name in NOT_IN_VECTORS or any(name == feature.split(".")[0] for feature in FEATURES)


def test_every_public_function_of_python_has_vectors():
    assert [name for name in sorted(python_names()) if is_function(name) and not covered(name)] == []


def test_every_public_function_of_javascript_has_vectors(javascript_names):
    functions = [name for name in sorted(javascript_names) if not name.endswith("Error")]
    assert functions, "JavaScript exports nothing"
    assert [name for name in functions if not covered(name)] == []


def test_python_and_javascript_have_the_same_functions(javascript_names):
    python = {name for name in python_names() if is_function(name) or name.endswith("Error") or name.isupper()}
    assert sorted(python - javascript_names) == sorted(ONLY_PYTHON)
    assert sorted(javascript_names - python) == sorted(ONLY_JAVASCRIPT)


def test_both_python_backends_have_every_function():
    backends = [importlib.import_module(name) for name in ("paritas._native", "paritas.reference")]
    for name in sorted(python_names() - {"backend"} - ABOVE_BACKENDS):
        if is_function(name):
            assert [hasattr(backend, name) for backend in backends] == [True, True], name


def test_every_target_has_the_same_digest():
    digests = {}
    for file in sorted(DIGESTS.glob("*.json")):
        digests.update(json.loads(file.read_text("utf-8")))
    runners = {name.split("-")[0] for name in digests}
    assert runners == {"chromium", "clang", "gnu", "node"}
    assert len({report["cases"] for report in digests.values()}) == 1, "the runners counted different numbers of cases"
    first = digests["gnu-SSE4"] if "gnu-SSE4" in digests else next(iter(digests.values()))
    for name, report in digests.items():
        differing = [
            mine["feature"] for mine, other in zip(first["features"], report["features"], strict=True) if mine != other
        ]
        assert differing == [], f"{name} answers otherwise in {differing}"
        assert report["digest"] == first["digest"], name
