"""An invented month: four units that stand out, each with cases enough for rates; and a review planned from it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from tests.district import account

from huiyin.cases.models import Case, Category
from huiyin.monthly import domain, queries
from huiyin.monthly.models import Review
from huiyin.people.models import Unit
from huiyin.review import periods

TZ = ZoneInfo("Asia/Shanghai")
PERIOD, BEFORE = "2025-11", "2025-10"
GOOD, BAD, FELL = "qingyuan", "heyan", "dongli"
OTHERS = ("nanyuanli", "beiwang", "hexing", "shiqiao", "liuyin")
# Unit → of ten valid callbacks: solved this month, solved the month before, closed late this month.
MONTH = {GOOD: (10, 8, 0), BAD: (2, 3, 6), FELL: (6, 9, 1), **dict.fromkeys(OTHERS, (8, 8, 1))}


def load():
    """Ten cases a unit and month, as projections without events."""
    units, heating = {unit.code: unit for unit in Unit.objects.all()}, Category.objects.get(code="03.01")
    rows = []
    for code, (now, before, late) in MONTH.items():
        rows += _month(units[code], heating, datetime(2025, 11, 5, tzinfo=TZ), now, late)
        rows += _month(units[code], heating, datetime(2025, 10, 5, tzinfo=TZ), before, 1)
    for at, row in enumerate(rows):
        row.number = f"MH-2511-{at:05d}"
    return Case.objects.bulk_create(rows)


def _month(unit, category, at, solved, late):
    return [
        Case(
            head="0" * 64, title="暖气不热", channel="phone", kind="help", state="archived", category=category, lead=unit,
            created_at=at, due_at=at + timedelta(days=5), closed_at=at + timedelta(days=7 if number < late else 3),
            dispatched_at=at, valid_callback=True, contacted=True, solved=number < solved,
            satisfaction="satisfied" if number < solved else "dissatisfied", changed_at=at,
        )
        for number in range(10)
    ]  # fmt: skip


def planned(label=PERIOD, **changes):
    told = {"title": f"{label}点评会", "held_on": timezone.localdate() + timedelta(days=3), **changes}
    return domain.plan(periods.read(label), by=account("supervisor"), **told)


def card(review, code=BAD):
    return queries.card_of(review, code)


def signed(review, code=BAD):
    found = card(review, code)
    domain.sign(found, version=found.version, by=account("supervisor"))
    return card(review, code)


def ready(review):
    for one in domain.unsigned_speakers(review):
        domain.sign(one, version=one.version, by=account("supervisor"))
    domain.release(review)
    return Review.objects.get(pk=review.pk)


def said(found, kind):
    return [point for point in found.points.all() if point.kind == kind]
