#!/usr/bin/env python3
"""Trains the model of verification and writes its constants.

    tools/verify/train.py              prints how well it does on files held out, trains, writes the constants
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
from multiprocessing import Pool

import numpy as np
from paritas.reference.features import count, features
from paritas.reference.prepared_source import SourceIndex
from paritas.reference.reading import Reading

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("PARITAS_DATA", ROOT.parent / "shared" / "data")) / "grounding"
EVALUATION_ONLY = {"begin_tc_dev", "begin_cmu_dev"}
RIDGE = 0.03  # per unit of weight, on features of deviation 1
CLIP = 4.0
NAMES = tuple(features([], 0))
MODEL = ROOT / "tools" / "verify" / "model.json"


def read_files() -> list[tuple[str, str, str, bool]]:
    rows = []
    for path in sorted(DATA.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            source = row["source"] if "source" in row else "\n\n".join(row["source_sentences"])
            rows.append((path.stem, source, row["response"], row["label"] == "supported"))
    return rows


def measure(rows: list[tuple[str, str, str, bool]]) -> list[list[float]]:
    """Features of rows of one file; rows of one source stand together."""
    values, source, index = [], None, None
    for _, text, response, _ in rows:
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


def fit(x: np.ndarray, labels: np.ndarray, files: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    w = weights(labels, files)
    mean = w @ x
    deviation = np.sqrt(w @ (x - mean) ** 2)
    deviation[deviation < 1e-9] = 1.0
    return mean, deviation, logistic(scale(x, mean, deviation), labels, w, RIDGE)


def held_out(x: np.ndarray, labels: np.ndarray, files: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Log odds of each row by a model that has not seen its group."""
    odds = np.zeros(len(labels))
    allowed = ~np.isin(files, list(EVALUATION_ONLY))
    for group in np.unique(groups):
        test = groups == group
        train = ~test & allowed
        mean, deviation, b = fit(x[train], labels[train], files[train])
        odds[test] = scale(x[test], mean, deviation) @ b[:-1] + b[-1]
    return odds


def balanced_accuracy(p: np.ndarray, labels: np.ndarray) -> float:
    return float(((p[labels == 1] >= 0.5).mean() + (p[labels == 0] < 0.5).mean()) / 2)


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


def report(title: str, odds: np.ndarray, platt: tuple[float, float], labels: np.ndarray, files: np.ndarray) -> None:
    p = 1.0 / (1.0 + np.exp(-(platt[0] * odds + platt[1])))
    print(f"{title:24} balanced accuracy   AUC   ECE")
    table = []
    for file in np.unique(files):
        rows = files == file
        table.append([f(p[rows], labels[rows]) for f in (balanced_accuracy, auc, calibration_error)])
        print(f"  {file:30} {table[-1][0]:8.3f} {table[-1][1]:8.3f} {table[-1][2]:5.3f}")
    mean = np.mean(table, axis=0)
    rest = np.mean([row for row, file in zip(table, np.unique(files), strict=True) if "halueval" not in file], axis=0)
    w = weights(labels, files)
    bins = np.minimum((p * 10).astype(int), 9)
    overall = sum(abs((w * (labels - p))[bins == i].sum()) for i in range(10))
    print(f"  {'mean':30} {mean[0]:8.3f} {mean[1]:8.3f} {mean[2]:5.3f}, all files together ECE {overall:.3f}")
    print(f"  {'mean without HaluEval':30} {rest[0]:8.3f} {rest[1]:8.3f}")


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
    platt = slope(by_file, labels, weights(labels, files))
    report("each file held out", by_file, platt, labels, files)
    report("families held out", by_family, platt, labels, files)
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
