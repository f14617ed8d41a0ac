"""nDCG@10 on judged collections, and whether the rankings are those of bm25s on the same terms."""

import math

import paritas
from corpora import analyzed, collection
from peers import Bm25s
from table import keep

EXPECTED = {"cranfield": (0.3606, 0.3729, 0.3785), "cacm": (0.3852, 0.4430, 0.4533)}
ANALYZERS = {
    "no stemmer": {"stemmer": "none"},
    "light": {},
    "light, stop words": {"stopwords": "english"},
    "English, stop words": {"stemmer": "english", "stopwords": "english"},
}
TIE = 1e-6  # of a score: what sums of a few float32 may differ by


def ndcg(hits, grades):
    gains = [(2 ** grades.get(doc, 0) - 1) / math.log2(rank + 2) for rank, doc in enumerate(hits[:10])]
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = [(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best)]
    return sum(gains) / sum(ideal) if sum(ideal) > 0 else 0.0


def differ(mine, theirs, index, terms):
    """Whether two top-10s differ by more than documents that double precision scores alike to within TIE."""
    if mine == theirs:
        return "same"
    scores = dict(index.query_tokens(terms, index.count()))
    tied = len(mine) == len(theirs) and all(
        abs(scores[a] - scores.get(b, -1.0)) <= TIE * scores[a] for a, b in zip(mine, theirs, strict=True)
    )
    return "tie" if tied else "different"


def quality():
    rows = []
    print(f"{'nDCG@10':<32} {'paritas':>8} {'expected':>9} {'bm25s':>8}   top-10s: same, float32 ties, different")
    for name, goals in EXPECTED.items():
        found = collection(name)
        for (title, options), goal in zip(ANALYZERS.items(), (*goals, None), strict=True):
            try:
                analyzer = paritas.Analyzer(**options)
            except paritas.ParitasError:
                continue  # a stemmer that this build does not have
            corpus = analyzed(found, analyzer)
            index = paritas.BM25(analyzer=analyzer)
            index.add_documents(list(range(len(found.ids))), found.texts)
            peer = Bm25s(corpus.tokens)
            sums, kinds = [0.0, 0.0], {"same": 0, "tie": 0, "different": 0}
            for (query, text), terms in zip(found.queries, corpus.queries, strict=True):
                mine = [position for position, _ in index.query(text, 10)]
                theirs = [position for position, _ in peer.hits(terms, 10)]
                kinds[differ(mine, theirs, index, terms)] += 1
                for at, hits in enumerate((mine, theirs)):
                    sums[at] += ndcg([found.ids[position] for position in hits], found.grades[query])
            ours, theirs = (total / len(found.queries) for total in sums)
            wanted = "" if goal is None else f"{goal:.4f}"
            counts = ", ".join(str(count) for count in kinds.values())
            print(f"{name + ': ' + title:<32} {ours:>8.4f} {wanted:>9} {theirs:>8.4f}   {counts}")
            rows.append({"collection": name, "analyzer": title, "paritas": ours, "bm25s": theirs, "top10": kinds})
    print()
    keep("quality", rows)
