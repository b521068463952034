"""Who is reminded before a season ends and before a meeting begins: each on its day, each once.

A night that the worker slept through is made up for: a rule holds until the next one does, and its key is told once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from huiyin.kernel.roles import Role
from huiyin.notices.domain import Fact, tell
from huiyin.people.models import Account, Unit
from huiyin.townhall import queries_season
from huiyin.townhall.choices import Stage
from huiyin.townhall.models import Meeting, Season


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days before, the largest first, and which roles of the unit."""

    days: tuple[int, ...]
    roles: tuple[Role, ...]

    def step(self, left: int) -> int | None:
        """The day in force with so many days left: the nearest one that has come."""
        return min((day for day in self.days if 0 <= left <= day), default=None)


UNCOVERED: Final = Rule((14, 7, 3), (Role.LEADER,))  # before the season's last day
MEETING: Final = Rule((7, 1), (Role.LEADER, Role.HANDLER))  # before the meeting's day

# What a plan should hold by then, and how to see that it does.
PLAN: Final[tuple[tuple[str, Callable[[Meeting], bool]], ...]] = (
    ("本单位的报告", lambda meeting: bool(meeting.account.strip())),
    ("议程", lambda meeting: bool(meeting.agenda.strip())),
    ("来宾人数", lambda meeting: meeting.guests.filter(invited__gt=0).exists()),
)


def missing(meeting: Meeting) -> list[str]:
    """What is not in the plan yet, in the words of the reminder."""
    return [name for name, there in PLAN if not there(meeting)]


@transaction.atomic
def remind(now: datetime) -> int:
    """How many were told something new; days are those of the district's clock."""
    return tell([*_uncovered(now), *_coming(now)])


def _uncovered(now: datetime) -> Iterator[Fact]:
    today = timezone.localdate(now)
    for season in Season.objects.filter(last_day__gte=today, last_day__lte=today + timedelta(UNCOVERED.days[0])):
        left = (season.last_day - today).days
        for unit in queries_season.coverage(list(queries_season.meetings_of(season))).uncovered:
            key = f"meeting:uncovered:{season.pk}:{unit.pk}:{UNCOVERED.step(left)}"
            subject = f"报告会还没有排 · {unit.name} · 报告季{_when(left)}结束"
            text = f"{season.title}到{season.last_day:%m-%d}结束，{unit.name}还没有排报告会。"
            yield from _to(unit, UNCOVERED, Fact(0, key, subject, text, f"/meetings/?season={season.pk}"))


def _coming(now: datetime) -> Iterator[Fact]:
    until = now + timedelta(MEETING.days[0] + 1)
    ahead = Meeting.objects.filter(stage=Stage.PLANNED, begins_at__gte=now, begins_at__lt=until)
    for meeting in ahead.select_related("unit"):
        at = timezone.localtime(meeting.begins_at)
        left = (at.date() - timezone.localdate(now)).days
        if (step := MEETING.step(left)) is not None:
            key = f"meeting:coming:{meeting.pk}:{at:%Y%m%d}:{step}"
            subject = f"报告会{_when(left)}开 · {meeting.title}"
            fact = Fact(0, key, subject, _said(meeting, at), f"/meetings/{meeting.code}/")
            yield from _to(meeting.unit, MEETING, fact)


def _when(left: int) -> str:
    return {0: "今天", 1: "明天"}.get(left, f"{left}天后")


def _said(meeting: Meeting, at: datetime) -> str:
    gaps = missing(meeting)
    return f"{at:%m-%d %H:%M}开会。" + (f"计划里还缺：{'、'.join(gaps)}。" if gaps else "计划已经齐了。")


def _to(unit: Unit, rule: Rule, fact: Fact) -> Iterator[Fact]:
    """The fact for everybody who holds such a role in the unit itself."""
    held = Account.objects.filter(is_active=True, memberships__unit=unit, memberships__role__in=rule.roles)
    return (fact._replace(account=pk) for pk in sorted(set(held.values_list("pk", flat=True))))
