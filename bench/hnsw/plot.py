"""Draws bench/hnsw/curves_384.json, which run.py writes, as docs/hnsw.png."""

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

HERE = Path(__file__).parent


def main() -> None:
    data = json.loads((HERE / "curves_384.json").read_text())
    figure, axes = plt.subplots(figsize=(7, 4.2), dpi=120)
    for name, curve in data["curves"].items():
        points = [(point["recall"], point["qps"]) for point in curve]
        width = 2.4 if name == "paritas" else 1.3
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3.5, linewidth=width, label=name)
    axes.set_xlim(0.85, 1.002)
    axes.set_xlabel("recall@10")
    axes.set_ylabel("queries per second, one thread")
    axes.set_title(f"{data['vectors']:,} x {data['dimension']} of 1,000 clusters, m = {data['m']}")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(HERE.parents[1] / "docs" / "hnsw.png")


if __name__ == "__main__":
    main()
