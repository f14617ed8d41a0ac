#!/usr/bin/env python3
"""Trains the model of verification and writes its constants.

    tools/verify/train.py              prints how well the verifier does on files that its model has not seen, trains on
                                       all that may be trained on, and writes the constants
    tools/verify/train.py --check      trains and compares the constants with the committed ones
    tools/verify/train.py --report     prints only

Reads every *.jsonl of $PARITAS_DATA/grounding (default ../shared/data/grounding): {source | source_sentences, response,
label: "supported" | "unsupported"}. Files and labels weigh alike. Two files are for evaluation only, by their licence.
Needs NumPy. Nothing is random; the constants are rounded to six digits, which the order of additions does not reach.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from collections import defaultdict
from multiprocessing import Pool

import numpy as np
from paritas.reference import verifier
from paritas.reference.features import count, features
from paritas.reference.prepared_source import PreparedSource, SourceIndex
from paritas.reference.reading import Reading

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("PARITAS_DATA", ROOT.parent / "shared" / "data")) / "grounding"
EVALUATION_ONLY = {"begin_tc_dev", "begin_cmu_dev"}
RIDGE = 0.03  # per unit of weight, on features of deviation 1
CLIP = 4.0
NAMES = tuple(features([], 0))
MODEL = ROOT / "tools" / "verify" / "model.json"


Row = tuple[str, str, str, bool, tuple[str, ...]]  # file, source, response, supported, tags
Model = tuple[np.ndarray, np.ndarray, np.ndarray]  # means, deviations, weights and the constant behind them


def read_files() -> list[Row]:
    rows = []
    for path in sorted(DATA.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            source = row["source"] if "source" in row else "\n\n".join(row["source_sentences"])
            rows.append((path.stem, source, row["response"], row["label"] == "supported", tuple(row.get("tags", ()))))
    return rows


def measure(rows: list[Row]) -> list[list[float]]:
    """Features of rows of one file; rows of one source stand together."""
    values, source, index = [], None, None
    for _, text, response, *_ in rows:
        if text != source:
            source, index = text, SourceIndex([text])
        reading = Reading(response, index)
        counts = []
        for unit in reading.units:
            ranked = reading.align_unit(unit).ranked
            flips = bool(reading.conflicts(unit, ranked[:1]))
            counts.append(count(reading, unit, ranked[0] if ranked else -1, flips))
        values.append(list(features(counts, len(index.analysis.sentences)).values()))
    return values


def weights(labels: np.ndarray, files: np.ndarray) -> np.ndarray:
    """Every file the same, both labels of a file the same; the sum is 1."""
    out = np.zeros(len(labels))
    for file in np.unique(files):
        for label in (0.0, 1.0):
            rows = (files == file) & (labels == label)
            out[rows] = 0.5 / max(1, rows.sum())
    return out / out.sum()


def scale(x: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    return np.clip((x - mean) / deviation, -CLIP, CLIP)


def logistic(z: np.ndarray, labels: np.ndarray, w: np.ndarray, ridge: float) -> np.ndarray:
    """Newton's method; the last coefficient is the constant, which is not shrunk."""
    a = np.hstack([z, np.ones((len(z), 1))])
    shrink = np.full(a.shape[1], ridge)
    shrink[-1] = 0.0
    b = np.zeros(a.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-(a @ b)))
        step = np.linalg.solve(
            (a * (w * p * (1.0 - p))[:, None]).T @ a + np.diag(shrink), a.T @ (w * (p - labels)) + shrink * b
        )
        b -= step
        if np.abs(step).max() < 1e-10:
            break
    return b


def slope(odds: np.ndarray, labels: np.ndarray, w: np.ndarray) -> tuple[float, float]:
    """Platt's pair for log odds of rows that the model has not seen; its shift is 0, so that 0.5 stays the middle."""
    b = 1.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-b * odds))
        b -= float((w * odds * (p - labels)).sum() / (w * odds * odds * p * (1.0 - p)).sum())
    return b, 0.0


def fit(x: np.ndarray, labels: np.ndarray, files: np.ndarray) -> Model:
    w = weights(labels, files)
    mean = w @ x
    deviation = np.sqrt(w @ (x - mean) ** 2)
    deviation[deviation < 1e-9] = 1.0
    return mean, deviation, logistic(scale(x, mean, deviation), labels, w, RIDGE)


def held_out(x: np.ndarray, labels: np.ndarray, files: np.ndarray, groups: np.ndarray) -> dict[str, Model]:
    """For each group a model that has not seen it."""
    models = {}
    allowed = ~np.isin(files, list(EVALUATION_ONLY))
    for group in np.unique(groups):
        train = (groups != group) & allowed
        models[str(group)] = fit(x[train], labels[train], files[train])
    return models


def log_odds(x: np.ndarray, model: Model) -> np.ndarray:
    mean, deviation, b = model
    return scale(x, mean, deviation) @ b[:-1] + b[-1]


def verify_rows(task: tuple[list[Row], list[Model], float]) -> list[list[tuple[bool, float, list[str]]]]:
    """Of rows of one file, by each of the models in place of the shipped one: approved, score, codes of reasons."""
    rows, models, platt = task
    scorer = verifier.VerifiedScorer()
    out, text, source = [], None, None
    for _, there, response, *_ in rows:
        if there != text:
            text, source = there, PreparedSource(there)
        judged = []
        for model in models:

            def probability(counts: list, sentences: int, model: Model = model) -> float:
                odds = log_odds(np.array([list(features(counts, sentences).values())]), model)[0]
                return float(1.0 / (1.0 + np.exp(-platt * odds)))

            verifier.support_probability = probability
            result = scorer.verify(response, source)
            judged.append((result.approved, result.score, [reason.code for reason in result.reasons]))
        out.append(judged)
    return out


def balanced_accuracy(approved: np.ndarray, labels: np.ndarray) -> float:
    return float((approved[labels == 1].mean() + (~approved[labels == 0]).mean()) / 2)


def auc(p: np.ndarray, labels: np.ndarray) -> float:
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = labels.sum()
    return float((ranks[labels == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(labels) - positive)))


def calibration_error(p: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error in ten bins, both labels weighing the same."""
    w = np.where(labels == 1, 0.5 / labels.sum(), 0.5 / (len(labels) - labels.sum()))
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs((w * (labels - p))[bins == i].sum()) for i in range(10)))


def report(title: str, approved: np.ndarray, scores: np.ndarray, labels: np.ndarray, files: np.ndarray) -> None:
    print(f"{title:32} rows  balanced accuracy of approved   AUC of score   ECE")
    table = {}
    for file in np.unique(files):
        rows = files == file
        table[file] = balanced_accuracy(approved[rows], labels[rows]), auc(scores[rows], labels[rows])
        error = calibration_error(scores[rows], labels[rows])
        print(f"  {file:30} {rows.sum():4} {table[file][0]:16.3f} {table[file][1]:26.3f} {error:11.3f}")
    for name, chosen in (
        ("mean", list(table)),
        ("mean without HaluEval", [file for file in table if "halu" not in file]),
    ):
        mean = np.mean([table[file] for file in chosen], axis=0)
        print(f"  {name:35} {mean[0]:16.3f} {mean[1]:26.3f}")
    w = weights(labels, files)
    bins = np.minimum((scores * 10).astype(int), 9)
    overall = sum(abs((w * (labels - scores))[bins == i].sum()) for i in range(10))
    print(f"  calibration error of all files together: {overall:.3f}\n")


def report_tags(rows: list[Row], approved: np.ndarray) -> None:
    """By file and tag: how many of the rows are refused."""
    refused: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row, passes in zip(rows, approved, strict=True):
        for tag in row[4] or ("no tag",):
            refused[row[0], f"{tag}, {'supported' if row[3] else 'unsupported'}"].append(not passes)
    print(f"{'each file held out, by tag':76} rows  refused")
    for (file, tag), values in sorted(refused.items()):
        print(f"  {file:22} {tag:50} {len(values):6} {np.mean(values):8.2f}")
    print()


def report_reasons(codes: list[list[str]], labels: np.ndarray, files: np.ndarray) -> None:
    """The share of unsupported rows among those where a reason stands, all files and both labels weighing the same."""
    w = weights(labels, files)
    print(f"{'reason':24} rows  of them unsupported")
    for code in sorted({code for row in codes for code in row}):
        fires = np.array([code in row for row in codes])
        print(f"  {code:20} {fires.sum():6} {(w * fires * (1 - labels)).sum() / (w * fires).sum():12.2f}")


def rounded(value: float) -> float:
    return float(f"{value:.6g}")


def train(x: np.ndarray, labels: np.ndarray, files: np.ndarray, platt: tuple[float, float]) -> dict[str, object]:
    allowed = ~np.isin(files, list(EVALUATION_ONLY))
    mean, deviation, b = fit(x[allowed], labels[allowed], files[allowed])
    return {
        "features": [
            {"name": name, "mean": rounded(m), "deviation": rounded(d), "weight": rounded(c)}
            for name, m, d, c in zip(NAMES, mean, deviation, b[:-1], strict=True)
        ],
        "constant": rounded(b[-1]),
        "platt": [rounded(platt[0]), rounded(platt[1])],
        "clip": CLIP,
    }


def by_one_file(piece: list[int], files: np.ndarray) -> list[list[int]]:
    return [[i for i in piece if files[i] == file] for file in dict.fromkeys(files[i] for i in piece)]


def main() -> int:
    rows = read_files()
    if not rows:
        raise SystemExit(f"no *.jsonl in {DATA}: set PARITAS_DATA")
    order = sorted(range(len(rows)), key=lambda i: (rows[i][0], rows[i][1], i))
    pieces = [order[i : i + 100] for i in range(0, len(order), 100)]
    with Pool(os.cpu_count()) as pool:
        measured = pool.map(measure, [[rows[i] for i in piece] for piece in pieces], chunksize=1)
    x = np.zeros((len(rows), len(NAMES)))
    for piece, values in zip(pieces, measured, strict=True):
        x[piece] = values
    labels = np.array([float(row[3]) for row in rows])
    files = np.array([row[0] for row in rows])
    families = np.array([row[0].split("_")[0] for row in rows])

    by_file = held_out(x, labels, files, files)
    by_family = held_out(x, labels, files, families)
    odds = np.zeros(len(rows))
    for file, model in by_file.items():
        odds[files == file] = log_odds(x[files == file], model)
    platt = slope(odds, labels, weights(labels, files))
    if "--check" not in sys.argv:
        tasks = [
            ([rows[i] for i in piece], [by_file[rows[piece[0]][0]], by_family[families[piece[0]]]], platt[0])
            for whole in pieces
            for piece in by_one_file(whole, files)
        ]
        judged: list = [None] * len(rows)
        with Pool(os.cpu_count()) as pool:
            places = [piece for whole in pieces for piece in by_one_file(whole, files)]
            for piece, values in zip(places, pool.map(verify_rows, tasks, chunksize=1), strict=True):
                for i, value in zip(piece, values, strict=True):
                    judged[i] = value
        for at, title in ((0, "each file held out"), (1, "families held out")):
            approved = np.array([value[at][0] for value in judged])
            report(title, approved, np.array([value[at][1] for value in judged]), labels, files)
        report_tags(rows, np.array([value[0][0] for value in judged]))
        report_reasons([value[0][2] for value in judged], labels, files)
    if "--report" in sys.argv:
        return 0
    text = json.dumps(train(x, labels, files, platt), indent=1) + "\n"
    if "--check" in sys.argv:
        same = MODEL.read_text("utf-8") == text
        print("model: " + ("current" if same else "differs"))
        return 0 if same else 1
    MODEL.write_text(text, "utf-8")
    return subprocess.run([sys.executable, str(ROOT / "tools" / "verify" / "make_model.py")], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
