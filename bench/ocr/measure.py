"""How well a score tells right from wrong, and how well it is a probability."""

from collections.abc import Callable, Sequence

import numpy as np

ROUNDS = 1000  # of the bootstrap


def auc(score: np.ndarray, right: np.ndarray) -> float:
    """The chance that a right one scores above a wrong one, a tie counting half; NaN where one kind is missing."""
    positive = int(right.sum())
    negative = len(right) - positive
    if positive == 0 or negative == 0:
        return float("nan")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2.0
    return float((rank[inverse][right].sum() - positive * (positive + 1) / 2.0) / (positive * negative))


def interval(page: np.ndarray, statistic: Callable[[np.ndarray], float], seed: int = 1) -> tuple[float, float]:
    """95 % of the values of `statistic(rows)` over pages drawn with replacement: fields of a page share its wear."""
    rng = np.random.default_rng(seed)
    of_page = [np.flatnonzero(page == name) for name in np.unique(page)]
    values = []
    for _ in range(ROUNDS):
        rows = np.concatenate([of_page[at] for at in rng.integers(0, len(of_page), len(of_page))])
        values.append(statistic(rows))
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)


def brier(score: np.ndarray, right: np.ndarray) -> float:
    return float(np.mean((score - right) ** 2))


def bins(score: np.ndarray, right: np.ndarray, count: int = 10) -> list[tuple[float, float, int]]:
    """Mean score, share right, and number of each bin of equal width that is not empty."""
    place = np.minimum((score * count).astype(int), count - 1)
    rows = [np.flatnonzero(place == at) for at in range(count)]
    return [(float(score[at].mean()), float(right[at].mean()), len(at)) for at in rows if len(at)]


def ece(score: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width."""
    return sum(number * abs(mean - share) for mean, share, number in bins(score, right)) / len(score)


def fit(columns: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a logistic function, by Newton's method with a small ridge."""
    weights = np.zeros(columns.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-columns @ weights))
        slope = columns.T @ (p - right) + 0.5 * weights
        weights -= np.linalg.solve((columns.T * (p * (1.0 - p))) @ columns + 0.5 * np.eye(len(weights)), slope)
    return weights


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table that can be pasted into a page of docs."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
