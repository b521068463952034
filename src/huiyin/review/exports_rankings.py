"""A ranking as a file that explains itself, in words too: which rank, smoothed how, adjusted how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from huiyin.kernel.figures import NOTHING_COUNTED
from huiyin.kernel.measures import MEASURES
from huiyin.review import cells, exports, periods, report
from huiyin.review.ranking import RANKED_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from huiyin.review.exports import Row
    from huiyin.review.ranking import Place, Ranking


def method() -> dict[str, str]:
    """What the columns of a ranking mean, by what they are called."""
    return {
        _("Rank"): _("By the plain figure, then by cases received; equal in both, equal in rank."),
        _("Change of rank"): _("Ranks gained (+) or lost (−) since the comparison period."),
        _("Smoothed"): _(
            "(x + M·m) ÷ (n + M): x of the unit’s n valid callbacks, m the pooled figure of its group, M as many "
            "callbacks as the group weighs, from how much its units really differ. Few callbacks: near to the group."
        ),
        _("Ninety-percent interval"): _(
            "Where the smoothed figure lies with 90 % certainty. "
            "Units whose intervals overlap can hardly be told apart."
        ),
        _("Adjusted"): _(
            "Figure ÷ expected × the district’s figure. Expected: what the unit would have if in each category it "
            "reached what the district reaches there. May pass 100."
        ),
        _("Class"): _("The first class, in their order, all of whose conditions the unit meets."),
    }


def body(found: Ranking) -> Iterator[Row]:
    names = [_("Code"), _("Unit"), _("Rank"), _("Change of rank"), _("Class"), cells.label(MEASURES["received"])]
    rates = [cells.label(MEASURES[name]) for name in RANKED_BY]
    ends = [f"{_('Ninety-percent interval')} {side}" for side in ("<", ">")]
    yield [*names, *rates, _("Smoothed"), *ends, _("Expected"), _("Adjusted")]
    yield from (_row(place, found) for place in found.places)


def about(found: Ranking) -> list[Row]:
    asked = found.asked
    own: list[Row] = [
        [_("Ranked by"), cells.label(MEASURES[asked.name]), exports.variant_said(asked.variant)],
        [_("Peer group"), str(asked.group or _("All ranked units"))],
        [_("Compared with"), periods.said(found.before)],
    ]
    words: list[Row] = [[name, text] for name, text in method().items()]
    return [*own, *words, *exports.about(found.table)]


def as_csv(found: Ranking) -> bytes:
    return exports.csv_of(body(found), about(found))


def as_xlsx(found: Ranking) -> bytes:
    return exports.xlsx_of({_("Ranking"): body(found), _("Definitions"): about(found)})


def as_parquet(found: Ranking) -> bytes:
    asked = found.asked
    told = report.told(found.table) | {
        "ranked_by": asked.name,
        "variant": asked.variant,
        "group": str(asked.group or ""),
        "compared_with": found.before.label,
        "method": method(),
    }
    return exports.parquet_of([_columns(place, found) for place in found.places], told)


FORMATS: Final[Mapping[str, tuple[str, Callable[[Ranking], bytes]]]] = {
    "csv": (exports.KINDS["csv"], as_csv),
    "xlsx": (exports.KINDS["xlsx"], as_xlsx),
    "parquet": (exports.KINDS["parquet"], as_parquet),
}


def _columns(place: Place, found: Ranking) -> dict[str, Any]:
    """Shares become percent; what is not known stays empty."""
    figures, shrunk = place.line.figures[found.asked.variant], place.shrunk
    return {
        "code": place.line.code,
        "name": place.line.name,
        "rank": place.rank,
        "rise": place.rise,
        "class": str(place.klass) if place.klass else None,
        "received": figures["received"].numerator,
        **{name: _number(figures[name].value) for name in RANKED_BY},
        "smoothed": _number(shrunk.value, 100) if shrunk else None,
        "low": _number(shrunk.low, 100) if shrunk else None,
        "high": _number(shrunk.high, 100) if shrunk else None,
        "expected": _number(place.expected, 100),
        "adjusted": _number(place.adjusted, 100),
    }


def _row(place: Place, found: Ranking) -> Row:
    return [NOTHING_COUNTED if value is None else value for value in _columns(place, found).values()]


def _number(value: Any, times: int = 1) -> float | None:
    return None if value is None else round(float(value) * times, 1)
