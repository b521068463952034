"""Triage of one new case in one process: masked, its category, its unit by the catalogue, its ten likest of a million.

The million are rows of cases with fingerprints made of the parts of 20,000 invented requests, as in `language_similar`,
in PostgreSQL; the model is learned from the simulated district. Baseline of what is found: the index in memory.
"""

import random
import sys
from collections.abc import Callable
from typing import Any

import psutil

from bench import data
from bench.apart import apart
from bench.language_corpus import matters, place, tell
from bench.language_similar import PARTS, QUERIES, crossed
from bench.table import Table, clock, percentile

CASES = 1_000_000
SIZE = f"{CASES:,}"
_BATCH = 10_000


def run(table: Table) -> None:
    for figure, value, unit, bounds in apart(measure):
        table.add("triage", SIZE, figure, value, unit, **bounds)


def measure() -> list[tuple[str, float, str, dict[str, float]]]:
    """In a process of its own, which has Django on the database of a million."""
    data.ensure(data.BASE, name="bench_triage")
    from huiyin.alike.queries import alike
    from huiyin.assign.domain import look_at
    from huiyin.assign.learning import learn
    from huiyin.language.fingerprints import fingerprint
    from huiyin.language.similar import SimilarIndex

    rng = random.Random(4)
    every = matters()
    texts = [tell(rng, place(rng), rng.choice(every)) for _ in range(PARTS)]
    prints = [fingerprint(text) for text in texts]
    index, before = SimilarIndex(), _memory_mb()
    _fill(prints, index, rng)
    index_mb = _memory_mb() - before
    learn()
    asked = [tell(rng, place(rng), rng.choice(every)) for _ in range(QUERIES // 2)] + rng.sample(texts, QUERIES // 2)
    look_at([{"text": asked[0]}])  # the model and the rules are read once
    whole = _milliseconds(asked, lambda text: look_at([{"text": text}]))
    alone = _milliseconds(asked, alike)
    ours = [sum(one.score for one in alike(text)) for text in asked]
    memory = [sum(one.score for one in index.query(text)) for text in asked]
    return [
        ("one case, p50", percentile(whole, 0.5), "ms", {}),
        ("one case, p99", percentile(whole, 0.99), "ms", {"at_most": 50}),
        ("of it 10 most similar, p50", percentile(alone, 0.5), "ms", {}),
        ("of it 10 most similar, p99", percentile(alone, 0.99), "ms", {}),
        ("likeness of the ten, share of the index in memory", sum(ours) / sum(memory), "share", {}),
        ("memory of the process without that index", _memory_mb() - index_mb, "MB", {}),
        ("table and index on disk", _table_mb(), "MB", {}),
    ]


def _fill(prints: list[Any], index: Any, rng: random.Random) -> None:
    """The same fingerprints into the table and into the index in memory; what an earlier run left is used again."""
    from django.db import connection

    from huiyin.alike.domain import keys_of
    from huiyin.alike.models import Fingerprint
    from huiyin.cases.models import Case

    if Case.objects.count() < CASES:
        print(f"  making a database of {SIZE} cases …", file=sys.stderr, flush=True)
        data.multiply(CASES // Case.objects.count(), rows_alone=True)
    Case.objects.filter(confidential=True).update(confidential=False)
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:CASES])
    made = Fingerprint.objects.count() == len(ids)
    with connection.cursor() as cursor:
        if not made:
            cursor.execute("TRUNCATE alike_fingerprint")
        for first in range(0, len(ids), _BATCH):
            some = ids[first : first + _BATCH]
            crosses = [crossed(rng.choice(prints), rng.choice(prints)) for _ in some]
            index.add_fingerprints(some, crosses, [None] * len(some))
            if not made:
                with cursor.copy("COPY alike_fingerprint (case_id, keys, packed) FROM STDIN") as copy:
                    for pk, one in zip(some, crosses, strict=True):
                        copy.write_row((pk, keys_of(one), one.packed()))
        if not made:
            cursor.execute("VACUUM ANALYZE alike_fingerprint")


def _milliseconds(texts: list[str], what: Callable[[str], object]) -> list[float]:
    waits = []
    for text in texts:
        with clock() as spent:
            what(text)
        waits.append(1000 * spent[0])
    return waits


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1024**2


def _table_mb() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('alike_fingerprint')")
        return float(cursor.fetchone()[0]) / 1024**2
