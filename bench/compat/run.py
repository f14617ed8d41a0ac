"""director-ai with backfire-kernel and with paritas.compat.backfire_kernel in its place: what comes out otherwise.

Rows of PARITAS_DATA/grounding (default ../shared/data), BENCH_ROWS of each file (default 100), go through its verifier,
its coherence scorer and its streaming kernel in two processes, one for each kernel. docs/compat.md tells why.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

DATA = Path(os.environ.get("PARITAS_DATA", "../shared/data")) / "grounding"
ROWS = int(os.environ.get("BENCH_ROWS", "100"))
SIGNALS = ("rust_entity_overlap", "rust_numerical_consistency", "rust_negation_flip", "rust_traceability")
FIELDS = ("entity_match", "numerical_match", "negation_flip", "traceability", "verdict")


def rows():
    out = []
    for file in sorted(DATA.glob("*.jsonl")):
        lines = file.read_text("utf-8").splitlines()
        for line in random.Random(1).sample(lines, min(ROWS, len(lines))):
            row = json.loads(line)
            source = row["source"] if "source" in row else " ".join(row["source_sentences"])
            out.append((source, row["response"], row["label"] == "supported"))
    return out


def answers() -> dict:
    """What director-ai says with the kernel that this process has."""
    kernel = sys.modules["backfire_kernel"]
    from director_ai.core.runtime.streaming import StreamingKernel
    from director_ai.core.scoring.scorer import CoherenceScorer
    from director_ai.core.scoring.verified_scorer import VerifiedScorer

    class Store:
        def retrieve_context(self, _query):
            return self.text

    store = Store()
    verifier = VerifiedScorer()
    coherence = CoherenceScorer(scorer_backend="rust", use_nli=False, ground_truth_store=store)
    out = {"signals": [], "verified": [], "coherence": [], "streams": [], "drops": []}
    for source, response, _ in rows():
        out["signals"].append([getattr(kernel, name)(response, source) for name in SIGNALS])
        out["verified"].append(verifier.verify(response, source).to_dict())
        store.text = source
        approved, score = coherence.review("What does the source say?", response)
        out["coherence"].append([approved, score.score])
    draws = random.Random(2)
    for _ in range(2_000):
        level = draws.uniform(0.3, 0.95)
        series = [min(1.0, max(0.0, level + draws.gauss(0.0, 0.08) - i * draws.choice((0.0, 0.01)))) for i in range(60)]
        left = iter(series)
        session = StreamingKernel().stream_tokens(map(str, range(60)), lambda _, left=left: next(left))
        out["streams"].append([session.halted, session.halt_index, session.halt_reason.split(" (")[0]])
        out["drops"].append(kernel.rust_trend_drop(series[:10]))
    return out


def of_kernel(name: str) -> dict:
    printed = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True)
    return json.loads(printed.stdout)


def balanced(approved, truths):
    shares = []
    for wanted in (True, False):
        of_class = [answer == wanted for answer, truth in zip(approved, truths, strict=True) if truth == wanted]
        shares.append(sum(of_class) / len(of_class))
    return f"{shares[0]:.3f} of the supported, {1 - shares[1]:.3f} of the others"


def main() -> None:
    if len(sys.argv) > 1:
        if sys.argv[1] == "ours":
            import paritas.compat.backfire_kernel as kernel
        else:
            import backfire_kernel as kernel
        sys.modules["backfire_kernel"] = kernel
        print(json.dumps(answers()))
        return
    theirs, ours = of_kernel("theirs"), of_kernel("ours")
    truths = [truth for _, _, truth in rows()]
    count = len(truths)
    print(f"{count} answers with their sources; share with another result\n")
    for i, name in enumerate(SIGNALS):
        other = sum(a[i] != b[i] for a, b in zip(theirs["signals"], ours["signals"], strict=True))
        print(f"{name:28}{other / count:8.3f}")
    furthest = max(abs(a - b) for a, b in zip(theirs["drops"], ours["drops"], strict=True))
    print(f"{'rust_trend_drop':28}at most {furthest:.1e} apart")

    claims, counts = 0, Counter()
    for a, b in zip(theirs["verified"], ours["verified"], strict=True):
        if [claim["claim"] for claim in a["claims"]] != [claim["claim"] for claim in b["claims"]]:
            counts["answers cut into other claims"] += 1
            continue
        for mine, other in zip(b["claims"], a["claims"], strict=True):
            claims += 1
            if mine["matched_source"] != other["matched_source"]:
                counts["matched_source"] += 1
                continue
            counts.update(field for field in FIELDS if mine[field] != other[field])
    print(f"\ndirector-ai's VerifiedScorer, {claims} claims: {dict(counts)}")
    for kernel, answer in (("backfire-kernel", theirs), ("paritas", ours)):
        print(f"  approved with {kernel}: {balanced([item['approved'] for item in answer['verified']], truths)}")
    print("director-ai's CoherenceScorer, scorer_backend=rust")
    for kernel, answer in (("backfire-kernel", theirs), ("paritas", ours)):
        print(f"  approved with {kernel}: {balanced([item[0] for item in answer['coherence']], truths)}")
    other = sum(a != b for a, b in zip(theirs["streams"], ours["streams"], strict=True))
    print(f"director-ai's StreamingKernel: {other} of {len(ours['streams'])} streams end otherwise")


if __name__ == "__main__":
    main()
