"""A figure as a page and a file show it: value, the two numbers behind it, the address of its cases."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.urls import reverse

from huiyin.cases.labels import english
from huiyin.kernel.figures import NOTHING_COUNTED, change, rounded
from huiyin.review.groups import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huiyin.kernel.figures import Figure
    from huiyin.kernel.measures import Measure, Variant
    from huiyin.kernel.periods import Period
    from huiyin.review.models import Freeze

COUNTS: Final = ("received", "closed", "overdue")
RATES: Final = ("response", "resolution", "satisfaction", "score")


@dataclass(frozen=True, slots=True)
class Cell:
    """`parts`: "118 / 120", empty for a plain count. `called`: a rate that somebody was called back for."""

    name: str
    text: str
    parts: str
    href: str
    net: str = ""
    net_parts: str = ""
    net_href: str = ""
    called: bool = False
    change: str = ""

    @property
    def differs(self) -> bool:
        """Whether exclusions change anything."""
        return (self.net, self.net_parts) != (self.text, self.parts)


def label(measure: Measure) -> str:
    return measure.label_en if english() else measure.label_zh


def exclusions(measure: Measure) -> str:
    return measure.exclusions_en if english() else measure.exclusions_zh


def numerator(figure: Figure) -> str:
    return _said(figure.numerator, figure.measure)


def denominator(figure: Figure) -> str:
    """Empty for a plain count."""
    if figure.denominator is None:
        return ""
    return _said(figure.denominator, figure.measure)


def parts(figure: Figure) -> str:
    return "" if figure.denominator is None else f"{numerator(figure)} / {denominator(figure)}"


def address(
    name: str, variant: Variant, period: Period, *, by: str = "", code: str | None = None, frozen: Freeze | None = None
) -> str:
    """Of the figure's cases; `code` None is the whole district, "" the cases of no group. `frozen`: as kept then."""
    asked = {"frozen": str(frozen.pk)} if frozen else {"period": period.label}
    if by and code is not None:
        asked[by] = code or NONE
    if variant != "all":
        asked["variant"] = variant
    return f"{reverse('review:figure', args=[name])}?{urlencode(asked)}"


def cell(
    figures: Mapping[Variant, Mapping[str, Figure]],
    name: str,
    period: Period,
    *,
    by: str = "",
    code: str | None = None,
    frozen: Freeze | None = None,
    before: Mapping[Variant, Mapping[str, Figure]] | None = None,
) -> Cell:
    """`before`: the figures that these are compared with."""
    whole, net = figures["all"][name], figures["net"][name]
    return Cell(
        name=name,
        text=whole.text,
        parts=parts(whole),
        href=address(name, "all", period, by=by, code=code, frozen=frozen),
        net=net.text,
        net_parts=parts(net),
        net_href=address(name, "net", period, by=by, code=code, frozen=frozen),
        called=bool(whole.denominator),
        change=changed(whole, before["all"][name]) if before else "",
    )


def changed(now: Figure, before: Figure) -> str:
    """In percent of what it was: "+12.5%", "−3.0%"; «—» where there is nothing to compare."""
    percent = rounded(change(now, before))
    if percent is None:
        return NOTHING_COUNTED
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{abs(percent)}%"


def _said(weight: int, measure: Measure) -> str:
    """The kernel sums tenths of a case, so that it adds integers; people read cases, or the points of a score."""
    return f"{Decimal(weight) / measure.scale:,f}"
