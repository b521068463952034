"""The rules of assignment as they hold on a day: the catalogue and the deadline rules, indexed in memory."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.assign.models import CatalogueRule, CopyRule, DeadlineRule, TriageRule
from huiyin.kernel.calendar import WorkCalendar
from huiyin.kernel.clock import Deadline, Rule, deadline
from huiyin.language.calibrate import threshold
from huiyin.people import memory
from huiyin.people.effective import in_force
from huiyin.people.models import Area, Unit

# Two and a half looks of a dispatcher for one wrong dispatch, where the office has no rule: from 60 %.
_USUAL_ERROR_COST = 2.5


Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Match:
    """A catalogue row that answers for a category and an area. `lead` and `helpers` are unit codes."""

    rule_id: int
    lead: str | None
    helpers: tuple[str, ...]
    street_helps: bool
    deadline: str
    basis: str
    communities_help: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """Rules that would end, by id, and rules that would begin: what a change set means, before it takes effect."""

    ended_matches: frozenset[int] = frozenset()
    ended_deadlines: frozenset[int] = frozenset()
    matches: tuple[tuple[Key, Match], ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()


class Rulebook:
    """All rules that hold on one day; with a `revision`, as they would hold."""

    def __init__(self, on: date, revision: Revision = Revision()) -> None:
        current = in_force(on)
        self._areas = {area.code: area for area in Area.objects.all()}
        self._rows: dict[Key, Match] = {}
        rows = CatalogueRule.objects.filter(current).prefetch_related("helpers")
        for row in rows.order_by("valid_from", "id").exclude(pk__in=revision.ended_matches):
            self._rows[row.category.code, row.area.code if row.area else None] = _match(row)
        self._rows.update(revision.matches)
        deadlines = DeadlineRule.objects.filter(current).exclude(pk__in=revision.ended_deadlines)
        self._deadlines = [*deadlines.order_by("id"), *revision.deadlines]
        # A book never changes, and the same few places and deadlines are asked for case after case.
        self._around = lru_cache(maxsize=4096)(self._read_around)
        self.deadline_rule = lru_cache(maxsize=4096)(self._deadline_rule)
        self._kinds: dict[str, str] = dict(Unit.objects.values_list("code", "kind"))
        costs = TriageRule.objects.filter(current).order_by("-valid_from", "-id").values_list("error_cost", flat=True)
        self.sure = threshold(costs.first() or _USUAL_ERROR_COST)  # Chow's rule; 0..1
        self._copies: dict[str, list[str]] = {}
        for kind, unit in CopyRule.objects.filter(current).order_by("id").values_list("kind", "unit__code"):
            self._copies.setdefault(kind, []).append(unit)

    def copies(self, lead: str) -> tuple[str, ...]:
        """Units that a case led by `lead` is copied to."""
        return tuple(code for code in self._copies.get(self._kind(lead), ()) if code != lead)

    def is_community(self, code: str) -> bool:
        return self._kind(code) == "community"

    def _kind(self, code: str) -> str:
        """A unit's kind; one that came after this book was opened is looked up."""
        if code not in self._kinds:
            self._kinds.update(Unit.objects.filter(code=code).values_list("code", "kind"))
        return self._kinds.get(code, "")

    def match(self, category: str | None, area: str | None) -> Match | None:
        """The most specific row: this category before its parent, this area before the ones around it, before any."""
        for code in filter(None, (category, (category or "").partition(".")[0])):
            for place in (*self._around(area), None):
                if found := self._rows.get((code, place)):
                    return found
        return None

    def lead(self, match: Match, area: str | None) -> str | None:
        """The row's lead, or the street that answers for the area when the row says so."""
        return match.lead or self._street(area)

    def helpers(self, match: Match, area: str | None) -> tuple[str, ...]:
        street = self._street(area) if match.street_helps else None
        return (*match.helpers, street) if street else match.helpers

    def _street(self, area: str | None) -> str | None:
        for code in self._around(area):
            unit = self._areas[code].unit
            if unit.kind in ("street", "town"):
                return str(unit.code)
        return None

    def _read_around(self, area: str | None) -> tuple[str, ...]:
        found: list[str] = []
        here = self._areas.get(area or "")
        while here is not None:
            found.append(here.code)
            here = self._areas.get(here.parent.code) if here.parent else None
        return tuple(found)

    def _deadline_rule(
        self,
        *,
        step: str = "handle",
        category: str | None = None,
        urgency: str = "",
        channel: str = "",
        kind: str = "",
        name: str = "",
    ) -> DeadlineRule | None:
        """By name where the catalogue names one (an emergency never waits for that); else the most specific match."""
        rules = [rule for rule in self._deadlines if rule.step == step]
        named = next((rule for rule in rules if name and rule.name == name), None)
        if named and urgency != "emergency":
            return named
        fitting = [rule for rule in rules if _fits(rule, category, urgency, channel, kind)]
        return max(fitting, key=_weight, default=named)


def _match(row: CatalogueRule) -> Match:
    helpers = tuple(unit.code for unit in row.helpers.all())
    lead = row.lead.code if row.lead else None
    return Match(row.pk, lead, helpers, row.street_helps, row.deadline, row.basis, row.communities_help)


def _fits(rule: DeadlineRule, category: str | None, urgency: str, channel: str, kind: str) -> bool:
    by_category = rule.category is None or (category or "").startswith(rule.category.code)
    return by_category and rule.urgency in ("", urgency) and rule.channel in ("", channel) and rule.kind in ("", kind)


def _weight(rule: DeadlineRule) -> tuple[bool, int, bool, bool]:
    return bool(rule.urgency), len(rule.category.code) if rule.category else 0, bool(rule.kind), bool(rule.channel)


@lru_cache(maxsize=64)
def _rulebook(on: date, _minute: int) -> Rulebook:
    return Rulebook(on)


@lru_cache(maxsize=1)
def _turning_days(_minute: int) -> list[date]:
    """The days on which a rule begins or ends, in order: between two of them the rules are the same."""
    tables = (CatalogueRule.objects, DeadlineRule.objects, CopyRule.objects, TriageRule.objects)
    days = [table.order_by().values_list(name, flat=True) for table in tables for name in ("valid_from", "valid_to")]
    return sorted(day for day in days[0].union(*days[1:]) if day)


def rulebook(on: date) -> Rulebook:
    """The rules of a day, re-read at most once a minute."""
    minute = memory.minute()
    days = _turning_days(minute)
    since = bisect_right(days, on)
    return _rulebook(days[since - 1] if since else date.min, minute)


def rules_at(at: datetime) -> Rulebook:
    """The rules of the day that `at` (aware) falls on, by the district's clock."""
    return rulebook(at.astimezone(ZoneInfo(settings.TIME_ZONE)).date())


def forget_rules() -> None:
    """After a rule changed: the next look is fresh."""
    _turning_days.cache_clear()
    _rulebook.cache_clear()


@lru_cache(maxsize=1)
def calendar() -> WorkCalendar:
    return WorkCalendar()


def due(start: datetime, rule: DeadlineRule) -> Deadline:
    """When a step that starts at `start` must be done, with its trace."""
    return deadline(start, Rule(rule.amount, rule.unit), calendar())  # type: ignore[arg-type]


def suggested_area(place: str, lat_e3: int | None = None, lon_e3: int | None = None) -> str | None:
    """The code of the area a place name or pin lies in, None when nothing fits."""
    return _gazetteer(memory.minute()).find(place, lat_e3, lon_e3)


class Gazetteer:
    """Names and centres of the areas: the longest name inside a text wins, else the nearest centre within 3 km."""

    _NEAR_DEGREES = 0.03

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[str, str]]] = {}
        self._centres: list[tuple[float, float, str]] = []
        for area in Area.objects.all():
            for name in filter(lambda name: len(name) > 1, (area.name, *area.aliases.split("|"))):
                self._names.setdefault(name[:2], []).append((name, area.code))
            if area.lat is not None and area.lon is not None:
                self._centres.append((area.lat, area.lon, area.code))

    def find(self, text: str, lat_e3: int | None, lon_e3: int | None) -> str | None:
        if found := self._named(text):
            return found
        if lat_e3 is None or lon_e3 is None or not self._centres:
            return None
        lat, lon = lat_e3 / 1000, lon_e3 / 1000
        distance, code = min(((a - lat) ** 2 + (b - lon) ** 2, code) for a, b, code in self._centres)
        return code if distance <= self._NEAR_DEGREES**2 else None

    def _named(self, text: str) -> str | None:
        best: tuple[str, str | None] = ("", None)
        for start in range(len(text) - 1):
            for name, code in self._names.get(text[start : start + 2], ()):
                if len(name) > len(best[0]) and text.startswith(name, start):
                    best = (name, code)
        return best[1]


@lru_cache(maxsize=2)
def _gazetteer(_minute: int) -> Gazetteer:
    return Gazetteer()
