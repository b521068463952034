"""The review page of a month of 50,000 cases with the cards of all 26 ranked units: server time, whole request to answer.

A database of 100,000 cases, their times drawn together into two assessment months: the earlier review is held, its
demands are out; the later one is being drafted.
"""

import re
from datetime import datetime
from time import perf_counter

from bench import data
from bench.apart import apart
from bench.table import Table, percentile

NAME, SIZE, A_MONTH = "bench_monthly", 100_000, 50_000
CARDS = 26
TIMES = 100
AT_MOST_MS = 300
_MOVED = ("registered_at", "dispatched_at", "lead_at", "accepted_at", "first_contact_at", "due_at", "replied_at", "closed_at",
          "evaluated_at", "verified_at", "archived_at", "created_at")  # fmt: skip


def run(table: Table) -> None:
    planned, spent = apart(pages)
    label = f"a month of {A_MONTH:,}"
    table.add("monthly", label, "review page with 26 cards, p50", percentile(spent, 0.50), "ms")
    table.add("monthly", label, "review page with 26 cards, p99", percentile(spent, 0.99), "ms", at_most=AT_MOST_MS)
    table.add("monthly", label, "month frozen, cards drafted", planned, "s")


def pages() -> tuple[float, list[float]]:
    data.ensure(SIZE, name=NAME)
    from django.test import Client
    from django.urls import reverse

    from huiyin.people.models import Account

    browser = Client(headers={"host": "localhost"})
    browser.force_login(Account.objects.get(username="supervisor"), "huiyin.people.backends.Accounts")
    label, planned = _reviewed()
    path = reverse("monthly:review", args=[label])

    def once() -> float:
        start = perf_counter()
        answer = browser.get(path)
        spent = (perf_counter() - start) * 1000
        cards = set(re.findall(rb"/cards/[\w-]+/", answer.content))
        assert (answer.status_code, len(cards)) == (200, CARDS), (answer.status_code, len(cards))
        return spent

    for _warm in range(5):
        once()
    return planned, [once() for _ in range(TIMES)]


def _reviewed() -> tuple[str, float]:
    """The later month's label, and the seconds of freezing it and drafting its cards once more, all undone again."""
    from django.db import transaction
    from django.utils import timezone

    from huiyin.cli.simulate.monthly import review_months
    from huiyin.kernel.periods import previous
    from huiyin.monthly import domain
    from huiyin.monthly.models import Review
    from huiyin.review import periods

    last = previous(periods.read("assess"))
    if not Review.objects.filter(label=last.label).exists():
        _draw_together(previous(last).start, last.end)
        review_months(last=last)
    with transaction.atomic():
        chair = Review.objects.get(label=last.label).planned_by
        Review.objects.filter(label=last.label).delete()
        start = perf_counter()
        again = domain.plan(last, title="again", held_on=timezone.localdate(), by=chair)
        spent = perf_counter() - start
        again.freeze.file.delete(save=False)
        transaction.set_rollback(True)
    return last.label, spent


def _draw_together(start: datetime, end: datetime) -> None:
    """Every case as it went, its whole course moved into these months, evenly."""
    from django.db import connection

    moved = ", ".join(f"{name} = {name} + shift.by" for name in _MOVED)
    shift = """SELECT id, %s + (%s - %s) * ((row_number() OVER (ORDER BY created_at, id) - 1)::float8 / count(*) OVER ())
        - created_at AS by FROM cases_case"""
    with connection.cursor() as cursor:
        sql = f"UPDATE cases_case AS c SET {moved} FROM ({shift}) AS shift WHERE shift.id = c.id"
        cursor.execute(sql, [start, end, start])
        cursor.execute("VACUUM ANALYZE")
