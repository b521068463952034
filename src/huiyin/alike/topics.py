"""Which of the last weeks' cases are about one problem at one place: found anew three times an hour."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from huiyin.alike.models import Fingerprint, Topic, TopicCase
from huiyin.cases.models import Case
from huiyin.language import fingerprints
from huiyin.language.topics import NONE, describe_topics, keep_numbers, topics_of
from huiyin.language.topics import Topic as Described

RECENT = timedelta(days=30)
# The newest of a month: a run has an end. A district of 593,000 cases a year has 49,000 a month.
MOST = 50_000
_SHORT = {"place": 80, "matter": 40}
_DAY = 86_400
_LOCK = 4_170_201  # of this table: one run writes at a time


@dataclass(frozen=True, slots=True)
class _Rows:
    """Cases with their fingerprints, the earliest first."""

    cases: list[Case]
    prints: list[fingerprints.Fingerprint]


def find(now: datetime) -> int:
    """Find the topics of what arrived within `RECENT`; how many. Confidential and withdrawn cases have none."""
    rows = _recent(now)
    days = [case.created_at.timestamp() / _DAY for case in rows.cases]
    before = dict(TopicCase.objects.values_list("case_id", "topic_id"))
    numbers = keep_numbers(topics_of(rows.prints, days), [before.get(case.pk) for case in rows.cases])
    members = [(case, number) for case, number in zip(rows.cases, numbers, strict=True) if number != NONE]
    return _keep(members, now)


def _recent(now: datetime) -> _Rows:
    recent = Fingerprint.objects.filter(case__created_at__gte=now - RECENT, case__created_at__lte=now)
    shown = recent.filter(case__confidential=False, case__withdrawn=False)
    packed = dict(shown.order_by("-case_id").values_list("case_id", "packed")[:MOST])
    columns = ("pk", "title", "place", "area__name", "phone_index", "urged", "created_at", "body__text")
    found = (
        Case.objects.filter(pk__in=packed, confidential=False, withdrawn=False)
        .select_related("body", "area")
        .only(*columns)
    )
    cases = found.order_by("created_at", "pk")
    rows = list(cases)
    keys, weights, names = fingerprints.unpacked([bytes(packed[case.pk]) for case in rows])
    return _Rows(rows, [fingerprints.Fingerprint(*one) for one in zip(keys, weights, names, strict=True)])


def _keep(members: Sequence[tuple[Case, int]], now: datetime) -> int:
    described = describe_topics(
        [case.told for case, _number in members],
        [number for _case, number in members],
        people=[case.phone_index or case.pk for case, _number in members],
        times=[case.created_at for case, _number in members],
        support=[case.urged for case, _number in members],
        now=now,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        rows = _rows(described, _filed(members), [case.pk for case, _number in members], now)
        Topic.objects.exclude(pk__in=[topic.pk for topic in rows.values()]).delete()
        TopicCase.objects.all().delete()
        TopicCase.objects.bulk_create(TopicCase(case=case, topic=rows[number]) for case, number in members)
    return len(rows)


def _filed(members: Sequence[tuple[Case, int]]) -> Mapping[int, str]:
    """The area, or else the place, that most cases of a topic were filed under, if half of them agree."""
    places: dict[int, Counter[str]] = defaultdict(Counter)
    for case, number in members:
        places[number][case.area.name if case.area else case.place.strip()] += 1
    most = {number: counted.most_common(1)[0] for number, counted in places.items()}
    return {number: place for number, (place, cases) in most.items() if 2 * cases >= places[number].total()}


def _rows(
    described: Sequence[Described], filed: Mapping[int, str], cases: Sequence[int], now: datetime
) -> Mapping[int, Topic]:
    """A row for each topic by its number: the one its cases were in, else a new one."""
    had = set(TopicCase.objects.filter(case__in=cases).values_list("topic", flat=True))
    known = Topic.objects.in_bulk([one.number for one in described if one.number in had])
    rows = {one.number: known.get(one.number) or Topic() for one in described}
    for one in described:
        topic = rows[one.number]
        place = one.place or filed.get(one.number, "")
        topic.place, topic.matter = place[: _SHORT["place"]], one.matter[: _SHORT["matter"]]
        topic.heat, topic.people, topic.found_at = one.heat, one.people, now
    Topic.objects.bulk_update(
        [topic for topic in rows.values() if topic.pk], ["place", "matter", "heat", "people", "found_at"]
    )
    Topic.objects.bulk_create([topic for topic in rows.values() if not topic.pk])
    return rows
