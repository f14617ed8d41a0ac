"""The rows of README's table from the raw figures that run.py and run.mjs have left in .cache/bench."""

import json

from corpora import CACHE


def rows_of(job):
    path = CACHE / f"bm25_{job}.json"
    return json.loads(path.read_text("utf-8"))["rows"] if path.exists() else []


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ratio(value):
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def line(title, command, mine, others, better=lambda mine, other: mine / other):
    peers = ", ".join(f"{number(value)} {name}" for name, value in others)
    ratios = ", ".join(ratio(better(mine, value)) for _, value in others)
    print(f"| {title} | `{command}` | {number(mine)} | {peers} | {ratios} |")


def rates(job, title):
    for k in (10, 1000):
        found = {
            row["engine"]: row["queries_per_second"]
            for row in rows_of(job)
            if (row["way"], row["k"]) == ("one batch", k)
        }
        if found:
            line(
                f"{title}, top {k}: queries/s",
                f"run.py {job.removesuffix('_rare')}",
                found.pop("paritas"),
                found.items(),
            )


def main():
    rates("cranfield", "Cranfield, 1,400 abstracts")
    rates("scifact", "5,183 documents of 200 terms")
    rates("million", "1,000,000 documents of 60 terms")
    rates("million_rare", "the same without the 100 commonest words in queries")
    for corpus in dict.fromkeys(row["corpus"] for row in rows_of("indexing")):
        found = {row["engine"]: row["documents_per_second"] for row in rows_of("indexing") if row["corpus"] == corpus}
        others = [(name, found[name]) for name in ("bm25s numba", "bm25s", "tantivy") if name in found]
        line(f"indexing {corpus}: documents/s", "run.py indexing", found["paritas"], others)
    opened = {row["engine"]: row["milliseconds"] for row in rows_of("opening")}
    if "paritas" in opened:
        others = [(name, value) for name, value in opened.items() if not name.startswith("paritas")]
        line(
            "opening 1,000,000 documents, one query: ms",
            "run.py opening",
            opened["paritas"],
            others,
            lambda a, b: b / a,
        )
    for job, title in (("node_short", "Node, 14,000 documents of 20 terms"), ("node_cranfield", "Node, Cranfield")):
        for k in (10, 1000):
            found = {row["engine"]: row["queries_per_second"] for row in rows_of(job) if row["k"] == k}
            if found:
                command = f"run.mjs {job.removeprefix('node_')}"
                line(f"{title}, top {k}: queries/s", command, found.pop("paritas"), found.items())
    loaded = {row["engine"]: row["milliseconds"] for row in rows_of("node_load")}
    if loaded:
        mine = loaded.pop("paritas fromBytes")
        line("Node, opening 14,000 documents, one query: ms", "run.mjs load", mine, loaded.items(), lambda a, b: b / a)


if __name__ == "__main__":
    main()
