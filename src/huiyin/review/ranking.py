"""A ranking of units beside one another: plain figure and rank, what it was, shrunk, adjusted, class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases.models import Category
from huiyin.kernel import ranking as fair
from huiyin.kernel.figures import figures as figures_of
from huiyin.people.effective import in_force
from huiyin.people.kept import kept
from huiyin.people.models import units as all_units
from huiyin.review import beside, figures, periods
from huiyin.review.models import ClassRule, PeerGroup

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from huiyin.kernel.figures import Figure
    from huiyin.kernel.measures import Measure, Variant
    from huiyin.kernel.periods import Period
    from huiyin.people.models import Unit
    from huiyin.review.figures import Line, Table
    from huiyin.review.models import Freeze

RANKED_BY: Final = ("score", "response", "satisfaction", "resolution")


@dataclass(frozen=True, slots=True)
class Asked:
    """`group` None: all ranked units. `measures`: with other weights than those in force, for a preview."""

    period: Period
    name: str = "score"
    variant: Variant = "all"
    group: PeerGroup | None = None
    frozen: Freeze | None = None
    measures: Mapping[str, Measure] | None = None

    @property
    def before(self) -> Period:
        return beside.compared(self.frozen) if self.frozen else periods.compared(self.period, timezone.now())


@dataclass(frozen=True, slots=True)
class Place:
    """One unit. `rank` None: nobody was called back. `rise`: ranks gained since the comparison period."""

    line: Line
    rank: int | None
    rise: int | None
    shrunk: fair.Shrunk | None
    expected: Fraction | None
    adjusted: Fraction | None
    klass: ClassRule | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    asked: Asked
    table: Table
    before: Period
    places: list[Place]
    group: fair.Prior

    @property
    def count(self) -> int:
        """Units that have a rank."""
        return sum(place.rank is not None for place in self.places)


def groups(on: Period) -> list[PeerGroup]:
    """In force on the period's last day."""
    return list(PeerGroup.objects.filter(in_force(periods.last_day(on))))


def rules(on: Period) -> list[ClassRule]:
    return list(ClassRule.objects.filter(in_force(periods.last_day(on))))


def rank(asked: Asked, classes: Sequence[ClassRule]) -> Ranking:
    """Best first; what has no value last."""
    table = _table(asked, asked.period)
    members = _members(asked.group)
    lines = [line for line in table.lines if line.code in members]
    earlier = _ranks_of(_table(asked, asked.before), members, asked)
    now = _ranks(lines, asked)
    prior = fair.prior(sample(line.figures[asked.variant][asked.name]) for line in lines)
    hard = _difficulty(asked)
    places = [_place(line, (now[line.code], earlier.get(line.code)), asked, prior, hard) for line in lines]
    places.sort(key=lambda place: (place.rank is None, place.rank or 0, place.line.name))
    known = sum(place.rank is not None for place in places)
    return Ranking(asked, table, asked.before, [_classed(place, known, asked, classes) for place in places], prior)


def sample(figure: Figure) -> fair.Sample:
    """A rate or a score as a share of its cases."""
    size = Fraction(figure.denominator or 0, figure.measure.scale)
    return fair.Sample(size * (figure.value or 0) / 100, size)


def conditions(rule: ClassRule) -> fair.Conditions:
    names = fair.Conditions.__dataclass_fields__
    return fair.Conditions(**{name: getattr(rule, name) for name in names})


def in_words(rule: ClassRule) -> str:
    """What must hold for the class, in one line."""
    said = {
        "first_percent": _("among the first %(n)s %% of the ranks"),
        "last_percent": _("among the last %(n)s %% of the ranks"),
        "rose": _("rose by %(n)s ranks or more"),
        "fell": _("fell by %(n)s ranks or more"),
        "score_from": _("score %(n)s or more"),
        "score_below": _("score below %(n)s"),
    }
    set_ = [text % {"n": getattr(rule, name)} for name, text in said.items() if getattr(rule, name) is not None]
    return _(", and ").join(set_) or _("every other unit")


def _table(asked: Asked, period: Period) -> Table:
    table = figures.table("unit", period, frozen=asked.frozen)
    return _reweighed(table, asked) if asked.measures else table


def _reweighed(table: Table, asked: Asked) -> Table:
    """The same sums with other weights."""
    told = asked.measures or table.measures
    rows = {row["lead_id"]: row for row in figures.sums_by("unit", table.period).rows}
    pk_of = {unit.code: pk for pk, unit in all_units().items()}
    zero = figures.sums_by("unit", table.period).zero
    lines = [replace(line, figures=figures_of(rows.get(pk_of.get(line.code), zero), told)) for line in table.lines]
    return replace(table, lines=lines, measures=told)


def _members(group: PeerGroup | None) -> Collection[str]:
    """Codes. One that works no longer keeps its place in the months in which it led cases."""
    found: Iterable[Unit] = group.units.all() if group else kept_units()
    return {unit.code for unit in found if group or unit.ranked}


def kept_units() -> Iterable[Unit]:
    return all_units().values()


def _ranks(lines: Sequence[Line], asked: Asked) -> dict[str, int | None]:
    """By value, then by volume: domain.md 11.1."""
    told = [line.figures[asked.variant] for line in lines]
    found = fair.ranks([(row[asked.name].value, row["received"].numerator) for row in told])
    return {line.code: rank for line, rank in zip(lines, found, strict=True)}


def _ranks_of(table: Table, members: Collection[str], asked: Asked) -> dict[str, int | None]:
    return _ranks([line for line in table.lines if line.code in members], asked)


@dataclass(frozen=True, slots=True)
class _Difficulty:
    own: Mapping[int, Mapping[Hashable, fair.Sample]]
    district: Mapping[Hashable, fair.Sample]


def _difficulty(asked: Asked) -> _Difficulty:
    """Each unit's cases, and the district's, by category of the top level."""
    measure = (asked.measures or _measures(asked))[asked.name]
    top = {pk: one.parent_id or pk for pk, one in kept(Category).rows().items()}  # type: ignore[attr-defined]
    own: dict[int, dict[Hashable, fair.Sample]] = {}
    district: dict[Hashable, fair.Sample] = {}
    for row in figures.crossed(asked.period, asked.frozen).rows:
        found = sample(figures_of(row, {asked.name: measure})[asked.variant][asked.name])
        category = top.get(row["category_id"])
        mine = own.setdefault(row["lead_id"], {})
        for into in (mine, district):
            into[category] = into.get(category, fair.NOTHING) + found
    return _Difficulty(own, district)


def _measures(asked: Asked) -> Mapping[str, Measure]:
    return (beside.of_freeze(asked.frozen) if asked.frozen else beside.of(asked.period)).measures


def _place(
    line: Line, ranks: tuple[int | None, int | None], asked: Asked, prior: fair.Prior, hard: _Difficulty
) -> Place:
    now, before = ranks
    own = next((hard.own[pk] for pk, unit in all_units().items() if unit.code == line.code and pk in hard.own), {})
    expected, adjusted = fair.adjusted(own, hard.district) or (None, None)
    rise = before - now if now is not None and before is not None else None
    shrunk = fair.shrunk(sample(line.figures[asked.variant][asked.name]), prior)
    return Place(line, now, rise, shrunk, expected, adjusted)


def _classed(place: Place, known: int, asked: Asked, classes: Sequence[ClassRule]) -> Place:
    score = place.line.figures[asked.variant][asked.name].value
    if place.rank is None or score is None:
        return place
    at = fair.Standing(place.rank, known, place.rise, score)
    return replace(place, klass=next((rule for rule in classes if conditions(rule).fit(at)), None))
