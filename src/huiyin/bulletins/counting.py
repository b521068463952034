"""What a bulletin counts: read from a cut-off alone, as plain values that a row can keep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation

from huiyin.bulletins.models import Sensitive
from huiyin.cases.models import Category
from huiyin.kernel.figures import change, pooled, rounded
from huiyin.kernel.measures import MEASURES
from huiyin.people.effective import in_force
from huiyin.review import beside, cells, groups, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from huiyin.kernel.figures import Figure
    from huiyin.kernel.measures import Measure
    from huiyin.kernel.periods import Period
    from huiyin.review.beside import Beside
    from huiyin.review.groups import Group
    from huiyin.review.models import Freeze

Rows = list[dict[str, Any]]
# The district's; a line of the table of units; a matter.
WHOLE: Final = (*cells.COUNTS, *cells.RATES, "close_in_time", "repeats", "solved_first")
LINE: Final = ("received", "overdue", *cells.RATES)
MATTER: Final = ("received",)
NOTHING: Final = "—"


def counted(frozen: Freeze, *, topic: Category | None = None) -> dict[str, Any]:
    """All figures of the cut-off's period beside those it is compared with; of one topic alone if given.

    Ends, weights and names of units are those of the cut-off, as on the pages that show it.
    """
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until figures are asked for

    period, before, told = beside.period_of(frozen), beside.compared(frozen), beside.of_freeze(frozen)
    rows = freezing.sums(frozen, by=["lead_id", "category_id"], periods=[before, period])
    with translation.override("zh-hans"):
        rows = [row for row in rows if topic is None or row["category_id"] in _below(topic)]
        return {
            "period": {"label": period.label, "said": said(period)},
            "before": {"label": before.label, "said": said(before)},
            "as_of": frozen.as_of.isoformat(),
            "sha256": frozen.sha256,
            "topic": topic.name if topic else "",
            "score": told.measures["score"].exclusions_zh,
            "whole": _figures(rows, WHOLE, told.measures),
            "units": _units(rows, told),
            "matters": _matters(rows),
            "sensitive": _sensitive(rows, period),
        }


def said(period: Period) -> str:
    """As a paper writes it: 2026年11月考核期（10月19日至11月18日）."""
    first, end = (at.astimezone(periods.zone()) for at in (period.start, period.end))
    if period.kind == "report-day":
        return f"{first.month}月{first.day}日12时至{end.month}月{end.day}日12时"
    last = last_day(period)
    if period.kind == "month":
        return f"{last.year}年{last.month}月"
    days = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    if period.kind == "assess":
        return f"{last.year}年{last.month}月考核期（{days}）"
    return f"{first.year}年{days}"


def last_day(period: Period) -> date:
    return (period.end - timedelta(microseconds=1)).astimezone(periods.zone()).date()


def _below(topic: Category) -> tuple[int | None, ...]:
    found = groups.find("category", topic.code)
    return found.ids if found else (topic.pk,)


def _figures(rows: Rows, names: Iterable[str], measures: Mapping[str, Measure] = MEASURES) -> dict[str, Any]:
    now, before = (pooled((row for row in rows if row["period"] == place), measures)["all"] for place in (1, 0))
    return {name: _told(now[name], before[name]) for name in names}


def _told(now: Figure, before: Figure) -> dict[str, str]:
    return {
        "text": now.text,
        "numerator": cells.numerator(now),
        "denominator": cells.denominator(now),
        "before": before.text,
        "change": moved(now, before),
    }


def moved(now: Figure, before: Figure) -> str:
    """Cases by percent of what they were, rates by points: "+12.5%", "-0.8个百分点"; «—» where there is no before."""
    if now.denominator is None:
        share = rounded(change(now, before))
        return NOTHING if share is None else f"{share:+}%"
    if now.value is None or before.value is None:
        return NOTHING
    points = rounded(now.value - before.value)
    return f"{points:+}{'个百分点' if now.measure.unit == 'percent' else '分'}"


def _units(rows: Rows, told: Beside) -> list[dict[str, Any]]:
    """Best score first, then volume; without a valid callback last."""
    lines = _lines(rows, "lead_id", lambda known: groups.units_of(known, told.names), LINE, told.measures)
    return sorted(lines, key=lambda line: (not line["code"], *_standing(line)))


def _standing(line: dict[str, Any]) -> tuple[bool, float, float]:
    score = line["figures"]["score"]["text"]
    return score == NOTHING, -_number(score), -_number(line["figures"]["received"]["text"])


def _matters(rows: Rows) -> list[dict[str, Any]]:
    lines = _lines(rows, "category_id", groups.categories_of, MATTER)
    return sorted(lines, key=lambda line: -_number(line["figures"]["received"]["text"]))


def _lines(
    rows: Rows, column: str, groups_of: Callable[[set[int | None]], list[Group]], names: Iterable[str],
    measures: Mapping[str, Measure] = MEASURES,
) -> list[dict[str, Any]]:  # fmt: skip
    found = []
    for group in groups_of({row[column] for row in rows}):
        own = [row for row in rows if row[column] in group.ids]
        found.append({"code": group.code, "name": group.name, "figures": _figures(own, names, measures)})
    return found


def _sensitive(rows: Rows, period: Period) -> list[dict[str, Any]]:
    kinds = list(Category.objects.select_related("parent"))
    found = []
    for rule in Sensitive.objects.filter(in_force(last_day(period))):
        ids = {one.pk for one in kinds if _named(one, rule.words.split())}
        own = [row for row in rows if row["category_id"] in ids]
        found.append({"name": rule.name, "figures": _figures(own, MATTER)})
    return found


def _named(category: Category, words: list[str]) -> bool:
    """By its own name or that of what it belongs to."""
    names = [category.name, category.parent.name if category.parent else ""]
    return any(word in name for word in words for name in names)


def _number(text: str) -> float:
    return 0.0 if text == NOTHING else float(text.replace(",", "").rstrip("%"))
