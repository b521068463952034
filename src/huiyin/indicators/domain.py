"""Bringing values in, and setting rules and targets: nothing is overwritten, nothing reaches back in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.indicators.models import Indicator, Load, ScoringRule, Target, Value
from huiyin.indicators.reading import Line
from huiyin.kernel.piecewise import points_of
from huiyin.people.models import Account, Unit

# What gives values their meaning: it stands once there are some.
SETTLED: Final = ("better", "cycle", "measured_in")
_FURTHEST: Final = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file would do: `was` is the value on record, None where there is none."""

    line: Line
    was: Decimal | None

    @property
    def effect(self) -> str:
        """“new”, “same” as on record, or “corrected”."""
        return "new" if self.was is None else "same" if self.was == self.line.value else "corrected"


@transaction.atomic
def define(*, indicator: Indicator | None = None, **told: Any) -> Indicator:
    """A new one, or another wording of one. ValueError: what its values rest on, once it has some, or a taken code."""
    if indicator is None:
        made, new = Indicator.objects.get_or_create(code=told.pop("code"), defaults=told)
        if not new:
            raise ValueError(_("Another indicator has this code: choose another one."))
        return made
    held = Indicator.objects.select_for_update().get(pk=indicator.pk)
    changed = {name for name in SETTLED if told.get(name, getattr(held, name)) != getattr(held, name)}
    if changed and held.values.exists():
        raise ValueError(_("It has values by now: its unit, cycle and direction stand. Define another one beside it."))
    Indicator.objects.filter(pk=held.pk).update(**{name: told[name] for name in told if name != "code"})
    held.refresh_from_db()
    return held


class Changed(Exception):  # noqa: N818 an answer, not a fault
    """What was looked over is no longer what is on record: nothing was taken in."""


def require_counted(lines: Sequence[Line], cut_off: date) -> None:
    """ValueError: a cut-off that lies ahead, or a value of days after it."""
    if cut_off > timezone.localdate():
        raise ValueError(_("The cut-off date lies ahead: write the day up to which was counted."))
    if late := next((line for line in lines if line.start > cut_off), None):
        told = {"row": late.row, "day": late.start}
        raise ValueError(
            _("Row %(row)d: its period begins on %(day)s, after the cut-off date; mend one of them.") % told
        )


def compare(indicator: Indicator, lines: Sequence[Line]) -> list[Compared]:
    known = _known(indicator, lines)
    return [Compared(line, old.shown if (old := known.get((line.unit, line.start))) else None) for line in lines]


def _known(indicator: Indicator, lines: Sequence[Line]) -> dict[tuple[str, date], Value]:
    """What is on record of the units and periods in `lines`, and of no others."""
    current = indicator.values.filter(superseded_at=None, start__in={line.start for line in lines})
    wanted = {(line.unit, line.start) for line in lines}
    found = {(value.unit.code, value.start): value for value in current.select_related("unit")}
    return {key: value for key, value in found.items() if key in wanted}


@transaction.atomic
def take_in(
    *, indicator: Indicator, lines: Sequence[Line], by: Account | None, filename: str, sha256: str, source: str,
    cut_off: date, seen: Sequence[Decimal | None] | None = None,
) -> Load:  # fmt: skip
    """All of it or nothing; what differs supersedes. `seen`: what was on record when the lines were looked over.

    Raises ValueError: nothing new, or what `require_counted` refuses; `Changed` where something else is on record.
    """
    # The indicator's row is held, so that two files at once are taken in one after the other.
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    require_counted(lines, cut_off)
    compared = compare(indicator, lines)
    fresh = [one for one in compared if one.effect != "same"]
    if not fresh:
        raise ValueError(_("Everything in this file is on record already: nothing was changed."))
    if seen is not None and [one.was for one in compared] != list(seen):
        raise Changed
    corrected = sum(one.effect == "corrected" for one in fresh)
    load = Load.objects.create(
        indicator=indicator, filename=filename[:120], sha256=sha256, source=source, cut_off=cut_off, rows=len(fresh),
        corrected=corrected, by=by,
    )  # fmt: skip
    _store(load, [one.line for one in fresh])
    return load


def _store(load: Load, lines: Sequence[Line]) -> None:
    known, now = _known(load.indicator, lines), timezone.now()
    Value.objects.filter(pk__in=[value.pk for value in known.values()]).update(superseded_at=now)
    ids = dict(Unit.objects.filter(code__in={line.unit for line in lines}).values_list("code", "pk"))
    of = {"indicator": load.indicator, "load": load}
    made = Value.objects.bulk_create(
        Value(**of, unit_id=ids[line.unit], start=line.start, end=line.end, value=line.value) for line in lines
    )
    for line, value in zip(lines, made, strict=True):
        if old := known.get((line.unit, line.start)):
            Value.objects.filter(pk=old.pk).update(superseded_by=value)


@transaction.atomic
def set_rule(*, indicator: Indicator, by: Account | None, **told: Any) -> ScoringRule:
    """The next version, from its day on; the one before ends there. ValueError with what is wrong."""
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    points_of(told["points"])
    if told["yellow"] > told["green"]:
        raise ValueError(_("Yellow cannot begin above green."))
    last = indicator.rules.first()
    require_ahead(last.valid_from if last else None, told["valid_from"])
    if last:
        indicator.rules.filter(pk=last.pk).update(valid_to=told["valid_from"])
    return ScoringRule.objects.create(indicator=indicator, version=last.version + 1 if last else 1, by=by, **told)


@transaction.atomic
def set_target(*, indicator: Indicator, unit: Unit | None, value: Decimal, valid_from: date) -> Target:
    """From its day on; the one before ends there. ValueError."""
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.targets.filter(unit=unit).first()
    require_ahead(last.valid_from if last else None, valid_from)
    indicator.targets.filter(unit=unit, valid_to=None).update(valid_to=valid_from)
    return Target.objects.create(indicator=indicator, unit=unit, value=value, valid_from=valid_from)


def require_ahead(last: date | None, valid_from: date) -> None:
    """The first may begin whenever it did; a later one neither before it nor before today. Raises ValueError.

    None begins years ahead: that is a slip, and no other could be set before it begins.
    """
    if valid_from > timezone.localdate() + _FURTHEST:
        raise ValueError(_("This date cannot be right: check the year."))
    if last and (valid_from <= last or valid_from < timezone.localdate()):
        raise ValueError(_("A new version holds from today or later, and from a day after the last one began."))


def ended_lines(values: Mapping[tuple[str, date], Decimal], ends: Mapping[date, date]) -> list[Line]:
    """Values by unit code and first day, as if they stood in a file; for programs that have no file."""
    ordered = enumerate(values.items(), start=2)
    return [Line(row, unit, start, ends[start], value) for row, ((unit, start), value) in ordered]
