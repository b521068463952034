"""The ledger's Parquet alone (events as the public sees them, and clocks) gives the figures of the database."""

import random
from datetime import timedelta

import ibis
import pytest
from django.db import connection
from tests.review.ledger import AS_OF, START, codes, export, lives, retold

from huiyin.kernel.facts import aggregate
from huiyin.kernel.periods import Period
from huiyin.review import counting

pytestmark = pytest.mark.django_db


def live(by, period):
    compiled = counting.sums_by(by)
    with connection.cursor() as cursor:
        cursor.execute(compiled.sql, compiled.params(period, AS_OF))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def ordered(rows, by):
    return sorted(rows, key=lambda row: row[by] or 0)


@pytest.mark.parametrize("seed", range(6))
def test_any_period_of_any_lives_is_counted_alike(seed, tmp_path):
    dice = random.Random(seed)  # noqa: S311 a story, not a secret
    lives(dice)
    export(tmp_path)
    table = ibis.memtable(retold(tmp_path, codes()))
    for _ in range(4):
        first = START + timedelta(minutes=dice.randrange(100 * 1440))
        period = Period(first, first + timedelta(minutes=dice.randint(1, 60 * 1440)), "any", "range")
        for by in ("lead_id", "category_id"):
            again = aggregate(table, by=[by], periods=[period], as_of=AS_OF).to_pyarrow().to_pylist()
            assert ordered(again, by) == ordered(live(by, period), by)
