"""Same incident or not, on pairs that mislead; then how fast a case finds its like among 10,000 to 1,000,000.

Pairs: people who tell one incident in their own words (same), and requests copied with the estate's name swapped or about
something else at the same place (not the same). Baseline in the same run: cosine of character 2-3-gram TF-IDF. With
`../shared/data/tipdm_c` also: halves of one real message, against the other half of the message nearest in wording.
The million cases are made of the parts of 20,000 invented requests: the place of one with the words of another.
"""

import random
from collections.abc import Sequence
from time import process_time

import numpy as np
import psutil
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from bench.language_corpus import matters, place, tell
from bench.real import FOLDER
from bench.table import Table, clock, percentile
from huiyin.language.fingerprints import PART_BITS, WHERE, Fingerprint, fingerprint
from huiyin.language.mask import mask
from huiyin.language.similar import SimilarIndex, likeness

SIZES = (10_000, 100_000, 1_000_000)
PARTS, QUERIES, PAIRS = 20_000, 300, 400
Pair = tuple[str, str]


def run(table: Table) -> None:
    rng = random.Random(4)
    same, other = pairs(rng)
    separation(table, "invented, misleading", same, other)
    if FOLDER.is_dir():
        separation(table, "real, halves", *halves(rng))
    else:
        print(f"  no real messages at {FOLDER}: that row is left out", flush=True)
    scale(table, rng)


def pairs(rng: random.Random) -> tuple[list[Pair], list[Pair]]:
    every = matters()
    same, other = [], []
    for _ in range(PAIRS):
        here, there = place(rng), place(rng)
        one, two = rng.sample(every, 2)
        first = tell(rng, here, one)
        same.append((first, tell(rng, here, one)))
        other.append((first, first.replace(here, there)) if rng.random() < 0.5 else (first, tell(rng, here, two)))
    return same, other


def halves(rng: random.Random) -> tuple[list[Pair], list[Pair]]:
    import polars as pl

    frame = pl.read_parquet(FOLDER / "hot_messages.parquet", columns=["title", "content"])
    long = [row for row in frame.iter_rows() if row[1] and 200 < len(row[1].strip()) < 1500 and len(row[0]) > 12]
    chosen = rng.sample(long, PAIRS)
    first, second = [title for title, _ in chosen], [content.strip() for _, content in chosen]
    cosine = _vectors([*first, *second])
    near = (cosine[:PAIRS] @ cosine[PAIRS:].T).toarray()
    np.fill_diagonal(near, -1)
    same = list(zip(first, second, strict=True))
    return same, [(first[row], second[int(near[row].argmax())]) for row in range(PAIRS)]


def separation(table: Table, size: str, same: Sequence[Pair], other: Sequence[Pair]) -> None:
    both = [*same, *other]
    truth = [1] * len(same) + [0] * len(other)
    ours = roc_auc_score(truth, [likeness(one, two).score for one, two in both])
    vectors = _vectors([text for pair in both for text in pair])
    plain = np.asarray(vectors[::2].multiply(vectors[1::2]).sum(axis=1)).ravel()
    baseline = roc_auc_score(truth, plain)
    figure = "same incident or not, AUC"
    table.add(
        "similar", size, figure, ours, "", at_least=0.85, note=f"{len(both)} pairs; {ours / baseline:.2f} × baseline"
    )
    table.add("similar", size, "baseline: character TF-IDF cosine, AUC", baseline, "")


def _vectors(texts: Sequence[str]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - scikit-learn's sparse matrix
    return TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit_transform(texts)


def scale(table: Table, rng: random.Random) -> None:
    every = matters()
    texts = [tell(rng, place(rng), rng.choice(every)) for _ in range(PARTS)]
    busy = process_time()
    prints = [fingerprint(text) for text in texts]
    busy = process_time() - busy
    table.add(
        "similar", f"{PARTS:,}", "texts read for the index, processor time", PARTS / busy, "texts/s", at_least=1_000
    )
    asked = [tell(rng, place(rng), rng.choice(every)) for _ in range(QUERIES // 2)] + rng.sample(texts, QUERIES // 2)
    index = SimilarIndex()
    before = psutil.Process().memory_info().rss
    for size in SIZES:
        grow(index, prints, size, rng)
        waits, work = timed(index, asked)
        note = f"{percentile(work, 0.99):.1f} ms of processor time"
        table.add("similar", f"{size:,}", "mask and 10 most similar, p50", percentile(waits, 0.5), "ms")
        table.add(
            "similar",
            f"{size:,}",
            "mask and 10 most similar, p99",
            percentile(waits, 0.99),
            "ms",
            at_most=30,
            note=note,
        )
        memory = (psutil.Process().memory_info().rss - before) / 1024**2
        table.add("similar", f"{size:,}", "memory of the index", memory, "MB")


def timed(index: SimilarIndex, asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of masking and asking: by the wall, and of this process alone."""
    waits, work = [], []
    for text in asked:
        busy = process_time()
        with clock() as spent:
            index.query(mask(text).text)
        waits.append(1000 * spent[0])
        work.append(1000 * (process_time() - busy))
    return waits, work


def grow(
    index: SimilarIndex, prints: Sequence[Fingerprint], size: int, rng: random.Random, batch: int = 10_000
) -> None:
    for first in range(len(index), size, batch):
        ids = range(first, min(size, first + batch))
        index.add_fingerprints(ids, [crossed(rng.choice(prints), rng.choice(prints)) for _ in ids], [None] * len(ids))


def crossed(here: Fingerprint, said: Fingerprint) -> Fingerprint:
    """The place of one request with the words and matters of another."""
    place_of, words_of = here.keys >> PART_BITS == WHERE, said.keys >> PART_BITS > WHERE
    keys = np.zeros_like(here.keys)
    weights, names = np.zeros_like(here.weights), np.zeros_like(here.names)
    first = len(keys) - int(place_of.sum() + words_of.sum())
    keys[first:] = np.concatenate((here.keys[place_of], said.keys[words_of]))
    weights[first:] = np.concatenate((here.weights[place_of], said.weights[words_of]))
    names[first:] = np.concatenate((here.names[place_of], said.names[words_of]))
    return Fingerprint(keys, weights, names)
