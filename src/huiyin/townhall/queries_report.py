"""A season of meetings in figures: of the meetings that whoever reads may run, each figure opening into its questions.

Questions count with their own asker, also where another question stands for them; what is not shown does not count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account, District, Unit
from huiyin.townhall import queries
from huiyin.townhall.choices import Phase, Stage, Standing
from huiyin.townhall.models import Meeting, Question, Season, Viewer
from huiyin.townhall.standing import LATE_MEANS, LISTED, RESOLVED_MEANS, standing


@dataclass(frozen=True, slots=True)
class Counted:
    """Which questions a figure counts, and what it says of them."""

    label: Promise
    which: Q
    definition: Promise


COUNTS: Final[Mapping[str, Counted]] = {
    "during": Counted(
        _("Questions on the spot"), Q(phase=Phase.DURING),
        _("Taken while their meeting was open; what is not shown does not count.")
    ),
    "opinions": Counted(
        _("Opinions before and after"), ~Q(phase=Phase.DURING),
        _("Taken before their meeting was opened, or after it was closed; what is not shown does not count."),
    ),
    "resolved": Counted(
        _("Resolved"), Q(standing=Standing.DONE),
        RESOLVED_MEANS,
    ),
    "listed": Counted(
        _("On the four lists"), LISTED, _("Settled, on one of the four lists, and not resolved: what is still owed.")
    ),
    "late": Counted(
        _("Late"), Q(standing=Standing.LATE),
        LATE_MEANS,
    ),
    "every": Counted(
        _("All questions and opinions"), Q(), _("On the spot, before and after; what is not shown does not count.")
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, how many meetings it held, its counts by name, and its viewers."""

    unit: Unit
    held: int
    counts: Mapping[str, int]
    viewers: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is a share of, in words."""

    label: Promise
    numerator: int
    denominator: int
    definition: Promise

    @property
    def percent(self) -> str | None:
        return f"{100 * self.numerator / self.denominator:.1f}" if self.denominator else None


@dataclass(frozen=True, slots=True)
class Report:
    season: Season
    rows: Sequence[Row]
    planned: int

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def units_met(self) -> int:
        return sum(1 for row in self.rows if row.held)

    @property
    def viewers(self) -> int:
        return sum(row.viewers for row in self.rows)

    def total(self, name: str) -> int:
        return sum(row.counts[name] for row in self.rows)

    @property
    def rates(self) -> list[Rate]:
        """The share of what is resolved, in both readings of its denominator."""
        resolved, opinions, every = (self.total(name) for name in ("resolved", "opinions", "every"))
        return [
            Rate(
                _("Resolved ÷ opinions before and after"), resolved, opinions,
                _("Numerator: all that is resolved, on the spot too. Denominator: opinions before and after alone."),
            ),
            Rate(
                _("Resolved ÷ all questions and opinions"), resolved, every,
                _("Numerator and denominator: questions on the spot, and opinions before and after."),
            ),
        ]  # fmt: skip


def seasons() -> QuerySet[Season]:
    return Season.objects.order_by("-last_day", "-pk")


def meetings_of(season: Season, account: Account) -> QuerySet[Meeting]:
    """Of the season's days, among those that the account may run."""
    return queries.run_by(account).filter(begins_at__date__range=(season.first_day, season.last_day))


def questions_of(season: Season, account: Account) -> QuerySet[Question]:
    return standing(Question.objects.filter(meeting__in=meetings_of(season, account)))


def figure(season: Season, account: Account, name: str, unit: str = "") -> QuerySet[Question]:
    """Exactly the questions that the figure counts; of one unit, where its code is given."""
    found = questions_of(season, account).filter(COUNTS[name].which)
    return found.filter(meeting__unit__code=unit) if unit else found


def report(season: Season, account: Account, sort: str = "") -> Report:
    """Four queries, however many meetings."""
    meetings = meetings_of(season, account)
    held = _by_unit(meetings.filter(stage=Stage.CLOSED), "unit", held=Count("pk"))
    seen = _by_unit(Viewer.objects.filter(meeting__in=meetings), "meeting__unit", viewers=Count("pk"))
    tallies = {name: Count("pk", filter=one.which) for name, one in COUNTS.items()}
    counted = _by_unit(questions_of(season, account), "meeting__unit", **tallies)
    units = queries.hosts(account) | Unit.objects.filter(pk__in=[*held, *counted])
    rows = [
        Row(
            unit, held.get(unit.pk, {}).get("held", 0),
            {name: counted.get(unit.pk, {}).get(name, 0) for name in COUNTS}, seen.get(unit.pk, {}).get("viewers", 0),
        )
        for unit in units.distinct()
    ]  # fmt: skip
    return Report(season, _sorted(rows, sort), meetings.count())


def _by_unit(rows: QuerySet[Any], unit: str, **counts: Count) -> dict[int, dict[str, int]]:
    found = rows.order_by().values(unit).annotate(**counts)
    return {row[unit]: {name: row[name] for name in counts} for row in found}


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """By a column, "-" for the largest first; by the order of units otherwise."""
    name = sort.removeprefix("-")
    if name in {"held", "viewers"}:
        return sorted(rows, key=lambda row: getattr(row, name), reverse=sort.startswith("-"))
    if name in COUNTS:
        return sorted(rows, key=lambda row: row.counts[name], reverse=sort.startswith("-"))
    return rows


def district() -> str:
    """Whose paper it is; the district has one row."""
    found = District.objects.values_list("name", flat=True).first()
    return found or ""
