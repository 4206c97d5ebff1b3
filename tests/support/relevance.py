"""How well an engine puts first what helps: nDCG at ten (Järvelin and Kekäläinen, 2002, doi 10.1145/582415.582418)."""

import math
from pathlib import Path

import yaml

JUDGEMENTS = yaml.safe_load((Path(__file__).parent / "judgements.yaml").read_text(encoding="utf-8"))
DEPTH = 10
# What was measured when relevance was last looked at, by engine; who makes it worse than this must say why.
MEASURED = yaml.safe_load((Path(__file__).parent / "relevance.yaml").read_text(encoding="utf-8"))
MOST_LOSS = 0.02


def gain(grades):
    """Return the discounted cumulative gain of grades in this order."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def ndcg(names, helps):
    """Return how much of what was possible these names gain, from 0 to 1; a name counts once."""
    grades = [helps.get(name, 0) for name in dict.fromkeys(names)]
    return gain(grades) / gain(sorted(helps.values(), reverse=True))


def mean_ndcg(names_for):
    """Return the mean over all judged queries; `names_for(language, text)` answers one."""
    scores = [ndcg(names_for(row["language"], row["text"]), row["helps"]) for row in JUDGEMENTS]
    return sum(scores) / len(scores)
