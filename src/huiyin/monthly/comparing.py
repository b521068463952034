"""How each unit stands among its peers, measure by measure: from a month's figures and those of the month before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiyin.kernel.figures import Figure
    from huiyin.monthly.rules import Drafting

ByUnit = Mapping[str, Mapping[str, "Figure"]]  # unit code → measure → figure, all cases


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure of one unit. `place` 1 is the best of the `of` units that have it; `gap` and `moved` are positive
    where the unit is better than the middle, than its own month before; in the measure's unit. `edge` and `apart` are
    the rule's: which part of the units is the best or the worst, and how far from the middle that is worth a sentence.
    """

    figure: Figure
    before: Figure | None
    median: Fraction
    place: int
    of: int
    gap: Fraction
    moved: Fraction | None
    edge: int
    apart: int

    @property
    def name(self) -> str:
        return self.figure.measure.name

    @property
    def topic(self) -> str:
        return f"measure:{self.name}"

    @property
    def is_worst(self) -> bool:
        """In the worst part, and clearly below the middle."""
        return self.place > self.of - self.of // self.edge and -self.gap >= self.apart

    @property
    def is_best(self) -> bool:
        return self.place <= self.of // self.edge and self.gap >= self.apart


def compared(now: ByUnit, before: ByUnit, rules: Drafting) -> dict[str, dict[str, Standing]]:
    """Unit code → measure → standing; a rate over too few cases is left out, on both sides."""
    found: dict[str, dict[str, Standing]] = {code: {} for code in now}
    for name in rules.measures:
        values = {code: value for code, own in now.items() if (value := _value(own.get(name), rules.least)) is not None}
        middle = median(list(values.values()))
        for code, value in values.items():
            figure, earlier = now[code][name], before.get(code, {}).get(name)
            better = figure.measure.better or 1
            then = _value(earlier, rules.least)
            found[code][name] = Standing(
                figure=figure, before=earlier if then is not None else None, median=middle,
                place=1 + sum(better * other > better * value for other in values.values()), of=len(values),
                gap=better * (value - middle), moved=None if then is None else better * (value - then),
                edge=rules.edge, apart=rules.apart,
            )  # fmt: skip
    return found


def median(values: Sequence[Fraction]) -> Fraction:
    """0 of nothing."""
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return Fraction()
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _value(figure: Figure | None, least: int) -> Fraction | None:
    """None where too few cases stand behind it."""
    if figure is None or figure.denominator is None:
        return None
    return figure.value if figure.denominator >= least * figure.measure.scale else None
