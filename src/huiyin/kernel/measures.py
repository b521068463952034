"""What a figure is, defined once: domain.md 11.1–11.2, in the terms of the law. Pure data; nothing is imported.

A measure is a whole combination of counters (`kernel.facts.COUNTERS`) over another one: the weights of a score are
therefore data, and a new measure is one line. `kernel.figures` forms the ratio last and exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Part = Literal["numerator", "denominator"]
Variant = Literal["all", "net"]
MeasureUnit = Literal["percent", "points", "cases", "times", "per_10k"]
Weights = Mapping[str, int]  # counter → how often it is added
VARIANTS: Final[tuple[Variant, ...]] = ("all", "net")
By = Literal["unit", "category"]
COLUMNS: Final[Mapping[By, str]] = {"unit": "lead_id", "category": "category_id"}  # of the fact table
# What first pages show: without the rest no case's clocks and checks are looked up.
FIRST: Final = ("received", "closed", "overdue", "response", "resolution", "satisfaction", "score")
VARIANT_LABELS: Final[Mapping[Variant, tuple[str, str]]] = {
    "all": ("全口径", "all cases"),
    "net": ("剔除后", "after exclusions"),
}
# Read by residents: the law and the public description; domain.md 11.1 [B7] is where the formula was taken from.
_LAW: Final = "《北京市接诉即办工作条例》第23、32条；公式 docs/measures"
_OURS: Final = "docs/measures"


@dataclass(frozen=True)
class Measure:
    """`numerator` over `denominator`, both whole; without a denominator it is a plain count of cases.

    `unit`: "percent" from 0 to 100, "points" of a score, "times" a case, "per_10k" residents, "cases". `better` is +1
    where more is better, −1 where less is, 0 where neither. `scale` is what a case weighs in the numerator and in the
    denominator: a satisfaction rate sums tenths of a case. The denominator `residents` is no counter: whoever forms
    the figure gives it.
    """

    name: str
    label_zh: str
    label_en: str
    unit: MeasureUnit
    numerator: Weights
    denominator: Weights | None
    exclusions_zh: str
    exclusions_en: str
    better: Literal[-1, 0, 1] = 0
    scale: int = 1
    period_column: Literal["created_at", "closed_at"] = "created_at"
    source: str = _OURS


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """Whole percent of each rate in the score (domain.md 11.1). Raises ValueError where they do not sum to 100."""

    response: int = 10
    satisfaction: int = 40
    resolution: int = 50

    def __post_init__(self) -> None:
        total = self.response + self.satisfaction + self.resolution
        if total != 100 or min(self.response, self.satisfaction, self.resolution) < 0:  # noqa: PLR2004 percent
            raise ValueError(f"The weights of the score sum to {total} %; they must sum to 100 %, none below 0.")


_RATE_ZH: Final = "无有效回访的诉求不计入；“剔除后”另不计已认定剔除的诉求。V=0 时显示“—”。"
_RATE_EN: Final = (
    "Only valid callbacks count; “after exclusions” also leaves out excluded cases. Without any, “—” is shown."
)
_COUNT_ZH: Final = "“剔除后”不计已认定剔除的诉求。"
_COUNT_EN: Final = "“After exclusions” leaves out excluded cases."
_VALID: Final = {"valid": 1}


def _rate(name: str, labels: tuple[str, str], numerator: str, source: str = _LAW) -> Measure:
    return Measure(name, *labels, "percent", {numerator: 1}, _VALID, _RATE_ZH, _RATE_EN, 1, source=source)


def _share(
    name: str, labels: tuple[str, str], over: tuple[Weights, Weights], said: tuple[str, str], better: Literal[-1, 0, 1]
) -> Measure:
    return Measure(name, *labels, "percent", *over, f"{said[0]}{_COUNT_ZH}", f"{said[1]} {_COUNT_EN}", better)


def _count(
    name: str, labels: tuple[str, str], better: Literal[-1, 0, 1] = 0, source: str = _LAW, **more: Literal["closed_at"]
) -> Measure:
    return Measure(
        name, *labels, "cases", {name: 1}, None, _COUNT_ZH, _COUNT_EN, better, source=source,
        period_column=more.get("period_column", "created_at"),
    )  # fmt: skip


def score(weights: ScoreWeights) -> Measure:
    """The three rates, weighted. The numerator sums thousandths of a case, as tenths of one percent."""
    of = weights
    return Measure(
        "score",
        "综合成绩",
        "score",
        "points",
        {
            "contacted": 10 * of.response,
            "satisfied": 10 * of.satisfaction,
            "basic": 9 * of.satisfaction,
            "solved": 10 * of.resolution,
        },
        {"valid": 10},
        f"{_RATE_ZH}响应率{of.response}%、满意率{of.satisfaction}%、解决率{of.resolution}%；不等于全市公布的成绩。",
        f"{_RATE_EN} Response {of.response} %, satisfaction {of.satisfaction} %, resolution {of.resolution} %; "
        "not the score the city publishes.",
        1,
        10,
        source=_LAW,
    )


_OWED_ZH, _OWED_EN = (
    "没有期限的、期限未到又未完成的不计入。",
    "Without a date, or neither done nor due yet: not counted.",
)
_TABLE: Final = (
    _rate("response", ("响应率", "response rate"), "contacted"),
    _rate("resolution", ("解决率", "resolution rate"), "solved"),
    Measure(
        "satisfaction", "满意率", "satisfaction rate", "percent", {"satisfied": 10, "basic": 9}, {"valid": 10},
        f"{_RATE_ZH}“基本满意”按0.9计。", f"{_RATE_EN} “Basically satisfied” counts 0.9.", 1, 10, source=_LAW,
    ),
    score(ScoreWeights()),
    _count("received", ("受理量", "cases received")),
    _count("closed", ("办结量", "cases closed"), period_column="closed_at"),
    _count("overdue", ("超期量", "overdue cases"), -1, _OURS),
    _share("accept_in_time", ("签收及时率", "accepted in time"), ({"accepted_in_time": 1}, {"accept_owed": 1}),
           (_OWED_ZH, _OWED_EN), 1),
    _share("contact_in_time", ("首次联系及时率", "first contact in time"),
           ({"contacted_in_time": 1}, {"contact_owed": 1}), (_OWED_ZH, _OWED_EN), 1),
    _share("close_in_time", ("按时办结率", "closed in time"),
           ({"closed_in_time": 1}, {"closed_in_time": 1, "overdue": 1}), (_OWED_ZH, _OWED_EN), 1),
    _rate("solved_first", ("一次解决率", "solved at the first time"), "solved_first", _OURS),
    _rate("solved_second", ("二次解决率", "solved at the second time"), "solved_second", _OURS),
    _rate("solved_third", ("三次解决率", "solved at the third time"), "solved_third", _OURS),
    _share("repeats", ("重复诉求率", "repeats"), ({"repeated": 1}, {"received": 1}),
           ("并入其他诉求的计为重复。", "A case merged into another one is a repeat."), -1),
    Measure("handovers", "平均流转次数", "hand-overs a case", "times", {"redispatches": 1}, {"dispatched": 1},
            f"未派单的不计入。{_COUNT_ZH}", f"Cases not dispatched are not counted. {_COUNT_EN}", -1),
    _share("objections_upheld", ("异议成立率", "objections upheld"), ({"redispatches": 1}, {"objections": 1}),
           ("分子为改派次数，分母为提出异议次数。", "Times dispatched anew over times objected."), 0),
    _share("dispatch_accuracy", ("派单准确率", "dispatch accuracy"),
           ({"dispatched": 1, "moved_on": -1}, {"dispatched": 1}),
           ("1 − 改派过的 ÷ 派出的。", "1 − those dispatched anew ÷ those dispatched."), 1),
    _share("mismatch", ("核查不符率", "check mismatch"), ({"mismatches": 1}, {"checks": 1}),
           ("按核查次数计，没有核查时显示“—”。", "By checks; without any, “—” is shown."), -1),
    _share("excluded", ("剔除率", "excluded"), ({"left_out": 1}, {"received": 1}),
           ("已认定剔除的 ÷ 受理的；理由另列。", "Excluded over received; reasons are listed apart."), 0),
    Measure("per_10k", "万人诉求比", "cases per 10,000 residents", "per_10k", {"received": 1}, {"residents": 1},
            f"人口取自辖区资料；没有时显示“—”。{_COUNT_ZH}",
            f"Residents as the areas state them; without, “—” is shown. {_COUNT_EN}", -1),
)  # fmt: skip
MEASURES: Final[Mapping[str, Measure]] = {measure.name: measure for measure in _TABLE}
# Every counter that some measure adds; `residents` comes from elsewhere.
COUNTED: Final = sorted({name for one in _TABLE for part in (one.numerator, one.denominator or {}) for name in part})


def parts(measure: Measure) -> dict[Part, Weights]:
    """Both parts of a ratio, or the one of a count."""
    found: dict[Part, Weights] = {"numerator": measure.numerator}
    return found if measure.denominator is None else found | {"denominator": measure.denominator}


def sum_name(counter: str, variant: Variant) -> str:
    """The name of a counter's sum in a row of sums, e.g. "valid_net"."""
    return f"{counter}_{variant}"
