"""How well answers that their source supports are told from others: ours beside director-ai's heuristic, in one run.

Reads PARITAS_DATA/grounding/*.jsonl (default ../shared/data) and heldout.jsonl beside this file, which nobody trains
on. Prints balanced accuracy of `approved` and AUC of `score` for each file, and by tag; --errors N shows wrong answers
of ours. The shipped model has been trained on some of these files: docs/verify.md has the figures with each held out.
"""

import argparse
import json
import os
import random
from collections import defaultdict
from pathlib import Path

import paritas

try:
    from director_ai.core.scoring.verified_scorer import VerifiedScorer as Peer
except ImportError:  # it is large; ours stands without it
    Peer = None

DATA = Path(os.environ.get("PARITAS_DATA", "../shared/data")) / "grounding"
HERE = Path(__file__).parent


def load(file):
    rows = []
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        source = row["source"] if "source" in row else "\n".join(row["source_sentences"])
        rows.append((source, row["response"], row["label"] == "supported", row.get("tags", [])))
    return rows


def auc(scores, truths):
    """The chance that a supported answer has the higher score; a tie counts half."""
    ranked = sorted(zip(scores, truths, strict=True))
    rank_sum, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        rank_sum += sum(truth for _, truth in ranked[at:end]) * (at + end + 1) / 2.0
        at = end
    yes = sum(truths)
    no = len(truths) - yes
    return (rank_sum - yes * (yes + 1) / 2.0) / (yes * no) if yes and no else float("nan")


def balanced(approved, truths):
    shares = []
    for wanted in (True, False):
        of_class = [answer == wanted for answer, truth in zip(approved, truths, strict=True) if truth == wanted]
        shares.append(sum(of_class) / len(of_class) if of_class else float("nan"))
    return sum(shares) / 2.0


def ours(rows):
    results = paritas.VerifiedScorer().verify_batch([row[1] for row in rows], [row[0] for row in rows])
    return [(result.approved, result.score) for result in results]


def theirs(rows):
    scorer = Peer()
    results = [scorer.verify(response, source) for source, response, _, _ in rows]
    return [(result.approved, result.overall_score) for result in results]


def figures(answers, rows):
    truths = [row[2] for row in rows]
    return balanced([answer for answer, _ in answers], truths), auc([score for _, score in answers], truths)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=0, help="at most so many rows of each file, drawn from a seed")
    options.add_argument("--errors", type=int, default=0, help="show so many wrong answers of ours for each file")
    chosen = options.parse_args()
    judges = {"paritas": ours} | ({"director-ai": theirs} if Peer else {})
    files = [*sorted(DATA.glob("*.jsonl")), HERE / "heldout.jsonl"]
    by_tag = defaultdict(lambda: defaultdict(lambda: ([], [])))
    means = defaultdict(list)
    print(f"{'':26}{'rows':>6}" + "".join(f"{name + ' BA':>16}{'AUC':>8}" for name in judges))
    for file in files:
        rows = load(file)
        if chosen.rows:
            rows = random.Random(1).sample(rows, min(chosen.rows, len(rows)))
        line = f"{file.stem:26}{len(rows):6}"
        for name, judge in judges.items():
            answers = judge(rows)
            accuracy, area = figures(answers, rows)
            line += f"{accuracy:16.3f}{area:8.3f}"
            if file.stem != "heldout":
                means[name].append((accuracy, area))
            for answer, row in zip(answers, rows, strict=True):
                for tag in row[3]:
                    kept, of = by_tag[f"{file.stem.split('_')[0]}: {tag}"][name]
                    kept.append(answer)
                    of.append(row)
            if name == "paritas" and chosen.errors:
                wrong = [(a, r) for a, r in zip(answers, rows, strict=True) if a[0] != r[2]]
                for (_, score), (source, response, truth, tags) in random.Random(2).sample(
                    wrong, min(chosen.errors, len(wrong))
                ):
                    label = "supported" if truth else "unsupported"
                    print(f"  {label} {score:.2f} {tags}\n    {response}\n    {source[:400]}")
        print(line, flush=True)
    line = f"{'mean of the files':26}{'':6}"
    for name in judges:
        line += "".join(
            f"{sum(pair[i] for pair in means[name]) / len(means[name]):{width}.3f}" for i, width in ((0, 16), (1, 8))
        )
    print(line)

    print("\nShare of right decisions by tag (a tag may belong to one class only)")
    print(f"{'':44}{'rows':>6}" + "".join(f"{name:>14}" for name in judges))
    for tag, answers in sorted(by_tag.items()):
        count = len(answers["paritas"][1])
        if count < 4:
            continue
        line = f"{tag:44}{count:6}"
        for name in judges:
            kept, of = answers[name]
            right = sum(answer[0] == row[2] for answer, row in zip(kept, of, strict=True))
            line += f"{right / count:14.3f}"
        print(line)


if __name__ == "__main__":
    main()
