"""What a card says, from figures alone: no database, no account, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from huiyin.kernel.figures import rounded, said
from huiyin.kernel.measures import MEASURES
from huiyin.monthly.choices import Kind
from huiyin.monthly.comparing import median
from huiyin.review import cells

if TYPE_CHECKING:
    from huiyin.kernel.figures import Figure
    from huiyin.monthly.comparing import Standing
    from huiyin.monthly.rules import Rules

UNDONE, REFUSED = "undone", "refused"
_FIRST = 1000  # what was promised to the last meeting and not done stands before every rate


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a unit's month. `months`: topic → how many months running it stood before this one.
    `demands`: of the last meeting, how many, and how many of them are not done. `claims`: exclusions refused, decided.
    """

    code: str
    standings: Mapping[str, Standing]
    overdue: Figure
    overdue_median: Fraction
    months: Mapping[str, int] = field(default_factory=dict)
    demands: tuple[int, int] = (0, 0)
    claims: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Drafted:
    kind: Kind
    text: str
    topic: str = ""
    measure: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    due: date | None = None
    # How bad or how good, to put the strongest first.
    weight: Fraction = Fraction()


def drafted(known: Known, rules: Rules, *, due: date) -> list[Drafted]:
    """The card, part by part, the strongest first; each demand answers a shortfall."""
    own = rules.drafting
    good = _strongest(achievements(known, rules), own.achievements)
    bad = _strongest((_again(one, known, rules) for one in shortfalls(known, rules)), own.shortfalls)
    asked = [_demand(one, rules, due) for one in bad if one.topic != f"measure:{REFUSED}"][: own.demands]
    return [*good, *bad, *asked]


def achievements(known: Known, rules: Rules) -> Iterator[Drafted]:
    for one in known.standings.values():
        if one.is_best:
            yield _of(rules, Kind.ACHIEVEMENT, "less" if one.figure.measure.better < 0 else "better", one, one.gap)
        elif one.moved is not None and one.moved >= rules.drafting.moved and one.gap >= 0:
            yield _of(rules, Kind.ACHIEVEMENT, "risen", one, one.moved)
    asked, undone = known.demands
    if asked and not undone:
        yield _counted(rules, Kind.ACHIEVEMENT, "kept", asked, asked)


def shortfalls(known: Known, rules: Rules) -> Iterator[Drafted]:
    """Worst among the peers, or fallen; late cases; demands not done; exclusions refused."""
    for one in known.standings.values():
        if one.is_worst:
            yield _of(rules, Kind.SHORTFALL, "worse", one, -one.gap)
        elif one.moved is not None and -one.moved >= rules.drafting.moved and one.gap < 0:
            yield _of(rules, Kind.SHORTFALL, "fallen", one, -one.moved)
    if known.overdue.numerator > known.overdue_median:
        yield _late(known, rules)
    asked, undone = known.demands
    if undone:
        yield replace(_counted(rules, Kind.SHORTFALL, "undone", undone, asked), weight=Fraction(_FIRST))
    refused, decided = known.claims
    if refused:
        yield _counted(rules, Kind.SHORTFALL, "refused", refused, decided)


def worst_topics(standings: Mapping[str, Standing]) -> set[str]:
    """What stood out as bad in a month of which no card was written."""
    return {one.topic for one in standings.values() if one.is_worst}


def middle_overdue(figures: Mapping[str, Mapping[str, Figure]]) -> Fraction:
    """Of the units that received anything: the others could not be late."""
    return median([Fraction(own["overdue"].numerator) for own in figures.values() if own["received"].numerator])


def _strongest(points: Iterator[Drafted], most: int) -> list[Drafted]:
    return sorted(points, key=lambda one: -one.weight)[:most]


def _again(point: Drafted, known: Known, rules: Rules) -> Drafted:
    """What stood before counts its months, weighs more, and says so."""
    months = 1 + known.months.get(point.topic, 0)
    text = point.text if months == 1 else point.text.removesuffix("。") + rules.sentence("again", months=months) + "。"
    told = {**point.figures, "months": months}
    return replace(point, text=text, figures=told, weight=point.weight * months)


def _of(rules: Rules, kind: Kind, name: str, one: Standing, weight: Fraction) -> Drafted:
    told = _numbers(one)
    measure = one.figure.measure
    moved = abs(rounded(one.moved) or 0)
    text = rules.sentence(name, label=measure.label_zh, moved=moved, **told)
    return Drafted(kind, text, one.topic, measure.name, told, weight=weight)


def _numbers(one: Standing) -> dict[str, Any]:
    measure = one.figure.measure
    return {
        "text": one.figure.text,
        "numerator": cells.numerator(one.figure),
        "denominator": cells.denominator(one.figure),
        "before": one.before.text if one.before else "—",
        "median": said(one.median, measure),
        "place": one.place,
        "of": one.of,
    }


def _late(known: Known, rules: Rules) -> Drafted:
    told = {"text": known.overdue.text, "numerator": known.overdue.text, "median": f"{float(known.overdue_median):g}"}
    over = 10 * (known.overdue.numerator - known.overdue_median)  # a late case weighs as ten points of a rate
    return Drafted(Kind.SHORTFALL, rules.sentence("late", **told), "measure:overdue", "overdue", told, weight=over)


def _counted(rules: Rules, kind: Kind, name: str, part: int, whole: int) -> Drafted:
    """Of the demands, or of the claims for exclusion."""
    topic = f"measure:{REFUSED if name == REFUSED else UNDONE}"
    told = {"text": f"{part}/{whole}", "numerator": str(part), "denominator": str(whole)}
    return Drafted(kind, rules.sentence(name, **told), topic, "", told)


def _demand(shortfall: Drafted, rules: Rules, due: date) -> Drafted:
    name = shortfall.topic.removeprefix("measure:")
    label = MEASURES[name].label_zh if name in MEASURES else ""
    told = {"median": "", **shortfall.figures}
    return Drafted(Kind.DEMAND, rules.demand(name, label=label, **told), shortfall.topic, due=due)
