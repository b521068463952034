"""What has changed since a cut-off: the same figures now, and the cases whose facts read otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa  # type: ignore[import-untyped]  # ships no py.typed
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.choices import Satisfaction
from huiyin.cases.models import Category
from huiyin.evaluate.rules import reason_words
from huiyin.kernel.facts import SCHEMA
from huiyin.people.kept import kept
from huiyin.people.models import units
from huiyin.review import beside, cells, figures, freezing, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from huiyin.kernel.figures import Figures
    from huiyin.review.models import Freeze

KEPT_SECONDS: Final = 60
# Where a case came from and who it is about do not change; its number and times of receipt are the ledger's.
COLUMNS: Final = tuple(name for name in SCHEMA if name not in ("id", "number", "channel", "created_at", "area_id"))
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of one unit (or of the whole): what was printed, what is counted now."""

    unit: str
    label: str
    then: cells.Cell
    now: cells.Cell


@dataclass(frozen=True, slots=True)
class Differs:
    """One fact of a case, in words."""

    label: str
    then: str
    now: str


def moved(frozen: Freeze) -> list[Moved]:
    """The whole district first; only what reads otherwise now."""
    period = beside.period_of(frozen)
    was, now = figures.table("unit", period, frozen=frozen), figures.table("unit", period)
    known = {line.code: line.figures for line in now.lines}
    pairs: list[tuple[str, str | None, Figures, Figures]] = [(_("All, pooled"), None, was.pooled, now.pooled)]
    pairs += [(line.name, line.code, line.figures, known[line.code]) for line in was.lines if line.code in known]
    found = []
    for name, code, then, this in pairs:
        for measure in was.measures.values():
            old, new = then["all"][measure.name], this["all"][measure.name]
            if (old.numerator, old.denominator) != (new.numerator, new.denominator):
                where: Any = {"by": "unit", "code": code}
                one = cells.cell(then, measure.name, period, frozen=frozen, **where)
                found.append(Moved(name, cells.label(measure), one, cells.cell(this, measure.name, period, **where)))
    return found


def differing(frozen: Freeze) -> dict[int, tuple[Facts | None, Facts | None]]:
    """Case → its facts then and now, where they differ; None: it was not, or is no longer, of this period."""
    key = f"changes:{frozen.pk}"
    found: dict[int, tuple[Facts | None, Facts | None]] | None = cache.get(key)
    if found is None:
        found = _differing(frozen)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _differing(frozen: Freeze) -> dict[int, tuple[Facts | None, Facts | None]]:
    start, end = frozen.starts_at, frozen.ends_at
    then = {row["id"]: row for row in freezing.read(frozen).to_pylist() if _lies(row, start, end)}
    batches = freezing.batches(start, end, timezone.now())
    now = {row["id"]: row for row in pa.Table.from_batches(batches, freezing.ARROW).to_pylist()}
    pairs = {pk: (then.get(pk), now.get(pk)) for pk in then.keys() | now.keys()}
    return {pk: pair for pk, pair in pairs.items() if _read(pair[0]) != _read(pair[1])}


def in_words(pair: tuple[Facts | None, Facts | None]) -> list[Differs]:
    """Which facts, then and now."""
    then, now = pair
    if then is None or now is None:
        gone, there = _("not in this period"), _("in this period")
        return [Differs(_("Counted"), gone if then is None else there, gone if now is None else there)]
    names = [name for name in COLUMNS if then[name] != now[name]]
    return [Differs(labels()[name], _said(name, then[name]), _said(name, now[name])) for name in names]


def labels() -> dict[str, str]:
    return {
        "lead_id": _("Lead unit"), "category_id": _("Category"), "closed_at": _("Closed"), "due_at": _("Due"),
        "dispatched": _("Dispatched"), "accepted_in_time": _("Accepted in time"),
        "contacted_in_time": _("First contact in time"), "rounds": _("Times handled"), "objections": _("Objections"),
        "redispatches": _("Times dispatched anew"), "checks": _("Checks"), "mismatches": _("Mismatches"),
        "repeated": _("Repeats another case"), "valid_callback": _("Valid callback"), "contacted": _("Contacted"),
        "solved": _("Solved"), "satisfaction": _("Satisfaction"), "excluded": _("Excluded"),
        "exclusion_reason": _("Reason for exclusion"),
    }  # fmt: skip


def _said(name: str, value: Any) -> str:
    if value is None:
        return "—"
    words = _WORDS.get(name) or _WORDS.get(type(value).__name__)
    return words(value) if words else str(value)


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "lead_id": lambda pk: str(units().get(pk, pk)),
    "category_id": lambda pk: str(kept(Category).get(pk) or pk),
    "exclusion_reason": lambda code: reason_words("", code),
    "satisfaction": lambda value: str(Satisfaction(value).label),
    "bool": lambda value: _("yes") if value else _("no"),
    "datetime": lambda at: date_format(at.astimezone(periods.zone()), "Y-m-d H:i"),
}


def _read(facts: Facts | None) -> Sequence[Any] | None:
    return None if facts is None else [facts[name] for name in COLUMNS]


def _lies(row: Facts, start: Any, end: Any) -> bool:
    return any(start <= at < end for at in _times(row))


def _times(row: Facts) -> Iterator[Any]:
    return (row[name] for name in ("created_at", "closed_at") if row[name] is not None)
