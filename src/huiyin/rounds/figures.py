"""What a period's checks came to, unit by unit. Those drawn at random stand apart: they alone speak for all cases."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.cases.exports import harmless
from huiyin.cases.labels import english
from huiyin.rounds.models import Check, Result, Why

_CHECKED: Final = Q(result__in=(Result.MATCHES, Result.MISMATCH))
_COUNTS: Final = {
    "drawn": Q(),
    "checked": _CHECKED,
    "mismatched": Q(result=Result.MISMATCH),
    "failed": Q(result=Result.FAILED),
    "gone": Q(result=Result.GONE),
    "random_checked": _CHECKED & Q(why=Why.RANDOM),
    "random_mismatched": Q(result=Result.MISMATCH, why=Why.RANDOM),
}
# What a figure opens into, by its name in addresses.
PARTS: Final = {**_COUNTS, "matched": Q(result=Result.MATCHES), "open": Q(result="")}


@dataclass(frozen=True, slots=True)
class Line:
    """Of one unit's checks: drawn, looked at, found otherwise, not possible, back with the unit before; by chance."""

    code: str
    name: str
    drawn: int = 0
    checked: int = 0
    mismatched: int = 0
    failed: int = 0
    gone: int = 0
    random_checked: int = 0
    random_mismatched: int = 0

    @property
    def matched(self) -> int:
        return self.checked - self.mismatched

    @property
    def open(self) -> int:
        return self.drawn - self.checked - self.failed - self.gone

    @property
    def settled(self) -> int:
        return self.drawn - self.open

    @property
    def percent(self) -> float | None:
        """Mismatches per hundred checks; None («—») where nothing was checked."""
        return _percent(self.mismatched, self.checked)

    @property
    def random_percent(self) -> float | None:
        return _percent(self.random_mismatched, self.random_checked)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def of_period(found: QuerySet[Check], first: date, end: date) -> QuerySet[Check]:
    """Drawn for the days from `first` up to, not including, `end`."""
    return found.filter(day__gte=first, day__lt=end)


def by_unit(found: QuerySet[Check]) -> list[Line]:
    """In the order of the units: this is no ranking. One query."""
    counts = {name: Count("pk", filter=which) for name, which in _COUNTS.items()}
    named = found.order_by().values("unit__code", "unit__name", "unit__name_en")
    rows: Iterable[Mapping[str, Any]] = named.annotate(**counts).order_by("unit__path")
    return [Line(row["unit__code"], _name(row), **{name: row[name] for name in _COUNTS}) for row in rows]


def _name(row: Mapping[str, Any]) -> str:
    name: str = (english() and row["unit__name_en"]) or row["unit__name"]
    return name


def total(lines: Iterable[Line]) -> Line:
    """All units together, pooled."""
    kept = list(lines)
    return Line("", "", *(sum(getattr(line, field.name) for line in kept) for field in fields(Line)[2:]))


def as_csv(lines: Iterable[Line], said: str) -> bytes:
    """One row a unit, then all pooled; with a byte order mark, so that spreadsheets read the Chinese."""
    kept = list(lines)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Period"), said])
    writer.writerow(_head())
    for line in kept:
        writer.writerow([harmless(value) for value in _row(line, line.name)])
    writer.writerow(_row(total(kept), _("All, pooled")))
    return text.getvalue().encode("utf-8-sig")


def _head() -> list[str]:
    return [
        _("Code"), _("Unit"), _("Drawn"), _("Checked"), _("Matched"), _("Mismatches"), _("Mismatch rate %"),
        _("Could not be checked"), _("Went back to the unit first"), _("Still open"),
        _("Checked, at random"), _("Mismatches, at random"), _("Mismatch rate at random %"),
    ]  # fmt: skip


def _row(line: Line, name: str) -> list[Any]:
    return [
        line.code, name, line.drawn, line.checked, line.matched, line.mismatched, _or_dash(line.percent),
        line.failed, line.gone, line.open,
        line.random_checked, line.random_mismatched, _or_dash(line.random_percent),
    ]  # fmt: skip


def _or_dash(value: float | None) -> float | str:
    return "—" if value is None else value
