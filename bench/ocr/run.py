"""Field confidence and text quality on real OCR output, beside the engine's own confidence; docs/ocr.md quotes it.

Needs Debian's tesseract-ocr, tesseract-ocr-eng, fonts-liberation, fonts-dejavu. The first run draws and reads 430 pages
(about ten minutes of one core), later ones find them in .cache/ocr. Old books and free text come from PARITAS_DATA
(default ../shared/data). `run.py tuning` shows the part on which choices may be made; without it, the held-back part.
"""

import sys
from collections import Counter
from pathlib import Path

import books
import numpy as np
import paritas
from measure import auc, bins, brier, ece, fit, interval, table
from pages import (
    HELD,
    LEVELS,
    PROSE,
    PROSE_HELD,
    PROSE_TUNING,
    TUNING,
    TYPED,
    Read,
    reads,
    render,
    tesseract,
    tsv_words,
)

PLOT = Path(__file__).parents[2] / "docs" / "ocr_reliability.png"
SCORES = {
    "mean": "tesseract, mean of the words",
    "low": "tesseract, lowest word",
    "engine": "the engine part alone",
    "evidence": "**Paritas evidence**",
    "confidence": "Paritas confidence",
    "quality": "text_quality alone",
    "fitted": "the same signs, weights fitted on the tuning part",
}


class Judged:
    """Columns over the fields that the engine found: what is right, and every score."""

    def __init__(self, fields: list[Read]) -> None:
        rows = []
        for page in sorted({field.page for field in fields}):
            ours = [field for field in fields if field.page == page]
            report = paritas.field_confidence(
                [
                    {
                        "name": field.name,
                        "text": field.text or None,
                        "type": field.type,
                        "words": [{"text": text, "confidence": confidence} for text, confidence in field.words],
                    }
                    for field in ours
                ],
                scale="percent",
            )
            rows += [(field, item) for field, item in zip(ours, report.fields, strict=True) if field.text]
        self.fields = [field for field, _ in rows]
        self.missing = len(fields) - len(rows)
        self.page = np.array([field.page for field in self.fields])
        self.type = np.array([field.type for field in self.fields])
        self.level = np.array([field.level for field in self.fields])
        self.right = np.array([field.right for field in self.fields])
        self.value = np.array([field.value for field in self.fields])
        confidences = [[confidence for _, confidence in field.words] for field in self.fields]
        self.score = {
            "mean": np.array([np.mean(words) for words in confidences]) / 100.0,
            "low": np.array([min(words) for words in confidences]) / 100.0,
            "engine": np.array([item.engine for _, item in rows], dtype=float),
            "evidence": np.array([item.evidence for _, item in rows]),
            "confidence": np.array([item.confidence for _, item in rows]),
            "quality": np.asarray(paritas.text_quality_batch([field.text for field in self.fields])),
        }
        self.valid = np.array([item.format.valid if item.format else False for _, item in rows])

    def signs(self) -> np.ndarray:
        """What evidence is made of: the engine's log odds, a valid and an invalid format of each type, the quality."""
        p = np.clip(self.score["engine"], 0.01, 0.99)
        columns = [np.ones(len(p)), np.log(p / (1.0 - p)), (self.type == "text") * self.score["quality"]]
        for kind in (*TYPED, "mrz"):
            columns += [(self.type == kind) & self.valid, (self.type == kind) & ~self.valid]
        return np.column_stack(columns)


def ranking(judged: Judged, right: np.ndarray, title: str) -> None:
    """AUC of every score, and how far it is from the engine's mean, both over the same drawn pages."""
    print(f"\n{title}: {len(right)} fields, {np.sum(~right)} wrong")
    rows, base = [], judged.score["mean"]
    for name, label in SCORES.items():
        if name not in judged.score:
            continue
        score = judged.score[name]
        low, high = interval(judged.page, lambda at, score=score: auc(score[at], right[at]))
        d_low, d_high = interval(
            judged.page, lambda at, score=score: auc(score[at], right[at]) - auc(base[at], right[at])
        )
        value = auc(score, right)
        gain = "" if name == "mean" else f"{value - auc(base, right):+.3f} ({d_low:+.3f} to {d_high:+.3f})"
        rows.append([label, f"{value:.3f} ({low:.3f} to {high:.3f})", gain])
    table(["score", "AUC (95 %)", "above tesseract's mean"], rows)


def by_type(judged: Judged) -> None:
    print("\nBy type, right as a value: AUC")
    rows = []
    for kind in sorted(set(judged.type)):
        at = judged.type == kind
        right = judged.value[at]
        scores = [auc(judged.score[name][at], right) for name in ("mean", "low", "evidence")]
        rows.append([kind, str(at.sum()), str(np.sum(~right)), *(f"{score:.3f}" for score in scores)])
    table(["type", "fields", "wrong", "tesseract mean", "tesseract lowest", "Paritas"], rows)


def calibration(judged: Judged) -> None:
    print("\nAs a probability, right as a value")
    rows = [
        [
            SCORES[name],
            f"{ece(judged.score[name], judged.value):.3f}",
            f"{brier(judged.score[name], judged.value):.4f}",
            f"{judged.score[name].mean():.3f}",
        ]
        for name in ("mean", "low", "evidence", "confidence")
    ]
    table(["score", "ECE", "Brier", "mean score"], rows)
    print(f"share right: {judged.value.mean():.3f}")
    flagged = judged.score["evidence"] < 0.8
    caught = np.sum(flagged & ~judged.value) / max(1, np.sum(~judged.value))
    print(
        f"review_below 0.8: {flagged.mean():.1%} of the fields go to a reader, {caught:.1%} of the wrong ones among "
        f"them; of the rest {1 - judged.value[~flagged].mean():.2%} are wrong"
    )


def plot(judged: Judged) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, below) = plt.subplots(2, 1, figsize=(6, 6.6), dpi=120, height_ratios=(3, 1), sharex=True)
    left.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--", label="a perfect probability")
    for name, label, colour in (
        ("mean", "tesseract, mean of the words", "tab:orange"),
        ("evidence", "Paritas evidence", "tab:blue"),
    ):
        curve = bins(judged.score[name], judged.value)
        left.plot(*zip(*[(x, y) for x, y, _ in curve], strict=True), marker="o", color=colour, label=label)
        below.plot([x for x, _, _ in curve], [number for _, _, number in curve], marker="o", color=colour)
    left.set_ylabel("share of fields that are right")
    left.set_title(f"{len(judged.value):,} fields of {len(set(judged.page))} pages that nothing was chosen on")
    left.legend(loc="upper left")
    below.set_yscale("log")
    below.set_ylabel("fields")
    below.set_xlabel("score, in ten bins")
    for axes in (left, below):
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(PLOT)
    print(f"\nwrote {PLOT.name}")


def prose(part: range) -> None:
    judged = Judged(reads(part))
    ranking(
        judged,
        judged.right,
        f"Free text ({'WiCE' if PROSE.exists() else 'the article'}), a line a field, right to the letter",
    )


def upside_down(part: range) -> None:
    """Is a page that was scanned the wrong way round seen by its text? The engine is not told."""
    upright, turned = [], []
    for seed in part[:20]:
        image = render(seed)[0]
        for page, found in ((image, upright), (image.rotate(180), turned)):
            found.append(" ".join(word.text for word, _ in tsv_words(tesseract(page))))
    quality = np.asarray(paritas.text_quality_batch(upright + turned))
    right = np.arange(len(quality)) < len(upright)
    rows = []
    for label, at in (("as they are", right), ("turned", ~right)):
        rows.append(
            [label, *(f"{value:.3f}" for value in (quality[at].min(), np.median(quality[at]), quality[at].max()))]
        )
    print(f"\nUpside down: text_quality of {len(upright)} pages, AUC {auc(quality, right):.3f}")
    table(["pages", "lowest", "median", "highest"], rows)


def old_books() -> None:
    if not books.FILE.exists():
        print("\nOld books: PARITAS_DATA has no ocr/icdar2017_eng_mono.jsonl")
        return
    print(
        "\nOld books (ICDAR 2017, no engine's confidence): AUC of text_quality, and of the share of letters and spaces"
    )
    rows = []
    for length, worst, floor in ((0, 0.0, 0.5), (60, 0.05, 0.95), (250, 0.02, 0.95)):
        page, texts, rate = books.columns(length)
        quality = np.asarray(paritas.text_quality_batch(texts))
        plain = np.array([sum(sign.isalpha() or sign.isspace() for sign in text) / len(text) for text in texts])
        good = rate <= worst
        low, high = interval(page, lambda at, quality=quality, good=good: auc(quality[at], good[at]))
        flagged = quality < floor
        rows.append(
            [
                f"{length} letters, bad above {worst:.0%} wrong" if length else "word, bad with one wrong letter",
                f"{len(texts):,}",
                f"{1 - good.mean():.1%}",
                f"{auc(quality, good):.3f} ({low:.3f} to {high:.3f})",
                f"{auc(plain, good):.3f}",
                f"{flagged.mean():.2%} below {floor}, {np.mean(~good[flagged]):.0%} of them bad",
            ]
        )
    table(["stretch", "number", "bad", "text_quality (95 %)", "letters", "called bad"], rows)


def main(part: str) -> None:
    fields = reads(TUNING if part == "tuning" else HELD)
    judged = Judged(fields)
    pages = len({field.page for field in fields})
    print(
        f"{part} part, backend {paritas.backend()}: {len(fields)} fields of {pages} pages, {judged.missing} not found"
    )
    found = Counter(field.level for field in fields)
    rows = [
        [
            str(level),
            str(found[level]),
            f"{np.mean(judged.right[judged.level == level]):.1%}",
            f"{np.mean(judged.value[judged.level == level]):.1%}",
        ]
        for level in range(LEVELS)
    ]
    table(["wear", "fields", "right to the letter, of those found", "right as a value"], rows)
    tuned = Judged(reads(TUNING))
    for right, known, title in (
        (judged.right, tuned.right, "Right to the letter"),
        (judged.value, tuned.value, "Right as a value"),
    ):
        judged.score["fitted"] = 1.0 / (1.0 + np.exp(-judged.signs() @ fit(tuned.signs(), known)))
        ranking(judged, right, title)
    by_type(judged)
    calibration(judged)
    if part == "held":
        plot(judged)
    prose(PROSE_TUNING if part == "tuning" else PROSE_HELD)
    upside_down(PROSE_TUNING if part == "tuning" else PROSE_HELD)
    old_books()


if __name__ == "__main__":
    part = sys.argv[1] if len(sys.argv) > 1 else "held"
    if part not in ("held", "tuning"):
        sys.exit(f"run.py: {part} is no part; there are held, tuning")
    main(part)
