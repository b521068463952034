"""A season: its days, the meetings within them, and which ranked units have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from huiyin.people.models import Unit
from huiyin.townhall import queries
from huiyin.townhall.choices import Stage
from huiyin.townhall.models import Meeting, Season
from huiyin.townhall.numbers import number

EVERY = "all"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `ranked` units those that have a meeting in the plan, and those whose meeting is over; each counts once."""

    ranked: int
    covered: int
    held: int
    uncovered: Sequence[Unit]


def seasons() -> list[Season]:
    """The latest first."""
    return list(Season.objects.order_by("-first_day", "-pk"))


def chosen(known: Sequence[Season], asked: str, today: date) -> Season | None:
    """The one asked for; else that of today, the next, the last. None: every meeting, of whichever season."""
    if asked == EVERY:
        return None
    wanted = number(asked)
    return next((one for one in known if one.pk == wanted), None) or usual(known, today)


def usual(known: Sequence[Season], today: date) -> Season | None:
    """`known` from the latest to the earliest."""
    current = [one for one in known if one.first_day <= today <= one.last_day]
    ahead = [one for one in reversed(known) if one.first_day > today]
    return next(iter([*current, *ahead, *known]), None)


def meetings_of(season: Season | None) -> QuerySet[Meeting]:
    """Those that begin within its days, by the district's clock."""
    if season is None:
        return Meeting.objects.all()
    first, after = _midnight(season.first_day), _midnight(season.last_day + timedelta(days=1))
    return Meeting.objects.filter(begins_at__gte=first, begins_at__lt=after)


def listed(season: Season | None) -> list[Meeting]:
    """As a calendar has them; of all seasons, those to come first."""
    if season is None:
        return queries.season()
    return list(queries.counted(meetings_of(season)).order_by("begins_at", "pk"))


def on_air(*, but: Sequence[Meeting]) -> list[Meeting]:
    """Under way just now, of whichever season, besides those that are listed anyway."""
    live = queries.counted(Meeting.objects.filter(stage=Stage.LIVE))
    return list(live.exclude(pk__in=[one.pk for one in but]).order_by("begins_at", "pk"))


def coverage(meetings: Sequence[Meeting]) -> Coverage:
    """Over these meetings, whatever their stage."""
    ranked = Unit.objects.filter(ranked=True, active=True)
    met = {one.unit_id for one in meetings}
    over = {one.unit_id for one in meetings if one.closed_at}
    units = list(ranked)
    return Coverage(
        len(units),
        sum(unit.pk in met for unit in units),
        sum(unit.pk in over for unit in units),
        [unit for unit in units if unit.pk not in met],
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
