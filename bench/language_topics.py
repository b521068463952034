"""Topics against the incidents they were told of: B-cubed precision, recall and F, one setting, chosen without them.

Invented requests (`language_corpus`): incidents of 2 to 12 requests; of three neighbouring incidents all share one place.
Baseline in the same run: average linkage over character 2-3-gram TF-IDF cosine, at its best of seven thresholds, which
nobody could choose without the answer. On the real messages of `../shared/data/tipdm_c` only counts and times are given.
"""

import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]  # ships no types
from scipy.spatial.distance import squareform  # type: ignore[import-untyped]  # ships no types
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # ships no types

from bench.language_corpus import Told, told
from bench.real import FOLDER
from bench.table import Table, clock
from huiyin.language.topics import NONE, find_topics

THRESHOLDS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6)


class Score(NamedTuple):
    f: float
    precision: float
    recall: float


def run(table: Table) -> None:
    rng = random.Random(5)
    requests: list[Told] = []
    for each in (2, 3, 5, 12):
        first = requests[-1].incident + 1 if requests else 0
        requests += [Told(one.text, one.incident + first) for one in told(rng, 60, each)]
    rng.shuffle(requests)
    texts, gold = [one.text for one in requests], [one.incident for one in requests]
    size = f"{len(texts):,}"
    ours = bcubed(find_topics(texts), gold)
    best = max(bcubed(labels, gold) for labels in linked(texts))
    note = f"{ours.f / best.f:.2f} × baseline"
    table.add("topics", size, "invented requests, B-cubed F", ours.f, "", at_least=0.9, note=note)
    table.add("topics", size, "invented requests, B-cubed precision", ours.precision, "")
    table.add("topics", size, "invented requests, B-cubed recall", ours.recall, "")
    table.add("topics", size, "baseline: average linkage of TF-IDF, its best F", best.f, "")
    real(table)


def linked(texts: Sequence[str]) -> list[list[int]]:
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit_transform(texts)
    distances = (1 - (vectors @ vectors.T).toarray()).clip(0, 1)
    distances[range(len(texts)), range(len(texts))] = 0
    tree = linkage(squareform(distances, checks=False), "average")
    return [fcluster(tree, threshold, "distance").tolist() for threshold in THRESHOLDS]


def bcubed(found: Sequence[int], gold: Sequence[int]) -> Score:
    """Averages over the texts; a text without a topic stands alone."""
    alone = [topic if topic != NONE else -2 - row for row, topic in enumerate(found)]
    both, ours, theirs = Counter(zip(alone, gold, strict=True)), Counter(alone), Counter(gold)
    precision = sum(count * count / ours[topic] for (topic, _), count in both.items()) / len(gold)
    recall = sum(count * count / theirs[incident] for (_, incident), count in both.items()) / len(gold)
    return Score(2 * precision * recall / (precision + recall), precision, recall)


def real(table: Table) -> None:
    if not FOLDER.is_dir():
        print(f"  no real messages at {FOLDER}: their counts are left out", flush=True)
        return
    import polars as pl

    frame = pl.read_parquet(FOLDER / "hot_messages.parquet", columns=["title", "content"])
    texts = [f"{title or ''}\n{content or ''}" for title, content in frame.iter_rows()]
    with clock() as spent:
        found = find_topics(texts)
    size = f"{len(texts):,}"
    largest = Counter(topic for topic in found if topic != NONE).most_common(1)[0][1]
    table.add("topics", size, "real messages, topics found", len(set(found) - {NONE}), "topics")
    table.add("topics", size, "real messages in a topic", 100 * sum(topic != NONE for topic in found) / len(found), "%")
    table.add("topics", size, "real messages, largest topic", largest, "messages")
    table.add("topics", size, "real messages, seconds in all", spent[0], "s", at_most=10)
