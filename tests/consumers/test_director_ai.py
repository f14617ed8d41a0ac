"""director-ai from PyPI with our module in place of its kernel: it imports it, calls it, and its verdicts follow."""

import json

from conftest import run

SWITCH = "import sys, paritas.compat.backfire_kernel as kernel; sys.modules['backfire_kernel'] = kernel\n"
VERIFIED = """
import json, logging
logging.basicConfig(level=logging.WARNING)
from director_ai.core.scoring import _claim_signals
from director_ai.core.scoring.verified_scorer import VerifiedScorer
assert _claim_signals.rust_negation_flip is kernel.rust_negation_flip
source = "The Team plan costs $49 per month. Refunds take 30 days. Phone support is available on weekdays."
said = {}
for answer in (
    "The Team plan costs $49 per month.",
    "The Team plan costs $99 per month.",
    "Phone support is not available on weekdays.",
):
    (claim,) = VerifiedScorer().verify(answer, source).claims
    said[answer] = [claim.numerical_match, claim.negation_flip, claim.traceability]
print(json.dumps(said))
"""
COHERENCE = """
import json
from director_ai.core.scoring.scorer import CoherenceScorer
class Store:
    def retrieve_context(self, query):
        return "The Team plan costs $49 per month."
def review(answer, store):
    scorer = CoherenceScorer(scorer_backend="rust", use_nli=False, ground_truth_store=store, strict_mode=False)
    assert isinstance(scorer._rust_scorer, kernel.RustCoherenceScorer)
    return scorer.review("What does the Team plan cost?", answer)[1].score
print(json.dumps([
    review("The Team plan costs $49 per month.", Store()),
    review("The Team plan costs $99 per month.", Store()),
    review("The Team plan costs $49 per month.", None),
]))
"""
STREAM = """
import json
from director_ai.core.runtime.streaming import StreamingKernel
from director_ai.core.runtime import streaming
assert streaming._rust_trend_drop is kernel.rust_trend_drop and streaming._rust_mean is kernel.rust_mean
def stream(scores):
    left = iter(scores)
    return StreamingKernel(trend_window=5).stream_tokens(map(str, range(len(scores))), lambda _: next(left))
steady, falling = stream([0.9] * 20), stream([0.95] * 6 + [0.9, 0.85, 0.8, 0.75, 0.7, 0.66, 0.62, 0.6])
print(json.dumps([steady.halted, falling.halted, falling.halt_reason]))
"""


def test_director_ai_runs_with_our_kernel(environment, build_wheel):
    installed = environment("director-ai")
    installed.pip(build_wheel("wheel-director-ai"))
    # Its own requirements but NumPy are not needed for what is tried; its kernel must not be there.
    for packages in (["numpy"], ["--no-deps", "director-ai==3.21.0"]):
        run(installed.python, "-m", "pip", "--disable-pip-version-check", "install", "-q", *packages)
    run(installed.python, "-c", "import backfire_kernel", code=1, cwd=installed.folder)

    def answers(script):
        return json.loads(run(installed.python, "-c", SWITCH + script, cwd=installed.folder).strip().splitlines()[-1])

    assert answers(VERIFIED) == {
        "The Team plan costs $49 per month.": [True, False, 1.0],
        "The Team plan costs $99 per month.": [False, False, 0.75],
        "Phone support is not available on weekdays.": [None, True, 1.0],
    }
    supported, wrong, unknown = answers(COHERENCE)
    assert supported > 0.6 > unknown and wrong < 0.4
    assert answers(STREAM)[:2] == [False, True]
