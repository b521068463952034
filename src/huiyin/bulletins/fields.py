"""The fields of a template: what each says, and an example of it. The help page and the check of uploads read this."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.bulletins.counting import WHOLE
from huiyin.kernel.measures import MEASURES


class Field(NamedTuple):
    said: str | Promise
    example: str


_PAPER: Final = {
    "head": Field(_("The red head"), "沐河区接诉即办通报"),
    "number": Field(_("The number; a draft has none"), "通报〔2026〕3号"),
    "office": Field(_("The issuing office"), "沐河区城市运行管理指挥中心"),
    "date": Field(_("The day of issue; of today in a draft"), "2026年11月28日"),
    "title": Field(_("The title"), "关于2026年11月考核期接诉即办工作情况的通报"),
    "signed_by": Field(_("Who signed; empty before"), "签发人姓名"),
    "period": Field(_("The period"), "2026年11月考核期（10月19日至11月18日）"),
    "compared": Field(_("The period before, compared with"), "2026年10月考核期（9月19日至10月18日）"),
    "as_of": Field(_("When the figures were counted"), "2026-11-18 12:00"),
    "sha256": Field(_("The digest of the cut-off"), "9f86d081884c7d65…"),
}
_EXAMPLES: Final = {"percent": "98.3%", "points": "95.2", "cases": "1625"}


def _figures() -> Mapping[str, Field]:
    """Each figure of the district, the period before's, and the change."""
    found: dict[str, Field] = {}
    for name in WHOLE:
        measure = MEASURES[name]
        change = "+1.2%" if measure.unit == "cases" else "+1.2个百分点"
        found[name] = Field(measure.label_zh, _EXAMPLES[measure.unit])
        found[f"{name}_before"] = Field(f"{measure.label_zh}（上期）", _EXAMPLES[measure.unit])
        found[f"{name}_change"] = Field(f"{measure.label_zh}（变化）", change)
    return found


FIELDS: Final[Mapping[str, Field]] = {**_PAPER, **_figures()}
LISTS: Final[Mapping[str, Mapping[str, Field]]] = {
    "sections": {
        "numeral": Field(_("Its numeral"), "一"),
        "title": Field(_("Its heading"), "总体情况"),
        "lines": Field(
            _("Its paragraphs: {%p for line in section.lines %}, then {{r line }}"), "共受理群众诉求1625件。"
        ),
        "chart": Field(_("Its chart, if it has one: {{p section.chart }}"), "—"),
    },
    "units": {
        "place": Field(_("Rank"), "1"),
        "name": Field(_("Unit"), "清源街道"),
        "received": Field(MEASURES["received"].label_zh, "120"),
        "overdue": Field(MEASURES["overdue"].label_zh, "2"),
        "response": Field(MEASURES["response"].label_zh, "99.1%"),
        "resolution": Field(MEASURES["resolution"].label_zh, "92.4%"),
        "satisfaction": Field(MEASURES["satisfaction"].label_zh, "93.0%"),
        "score": Field(MEASURES["score"].label_zh, "93.3"),
        "score_change": Field(_("Change of the score"), "+0.6分"),
    },
    "matters": {
        "name": Field(_("Matter"), "供暖"),
        "received": Field(MEASURES["received"].label_zh, "312"),
        "before": Field(_("In the period before"), "280"),
        "change": Field(_("Change from the period before"), "+11.4%"),
    },
    "sensitive": {
        "name": Field(_("Emergency-sensitive class"), "供暖"),
        "received": Field(MEASURES["received"].label_zh, "312"),
        "before": Field(_("In the period before"), "280"),
        "change": Field(_("Change from the period before"), "+11.4%"),
    },
    "standings": {
        "indicator": Field(_("Indicator"), "PM2.5浓度"),
        "measured_in": Field(_("unit of measure"), "µg/m³"),
        "said": Field(_("The indicator's own period"), "2026年10月上半月"),
        "place": Field(_("Rank"), "1"),
        "name": Field(_("Unit"), "清源街道"),
        "value": Field(_("value"), "28.5"),
        "target": Field(_("target"), "30"),
        "gap": Field(_("Gap to the target: + is better than it"), "+1.5"),
        "score": Field(_("Score"), "91.2"),
        "light": Field(_("Light"), "绿"),
        "change": Field(_("Change from the period before"), "-1.3"),
    },
    "companies": {
        "listed": Field(_("Red or black list"), "红榜"),
        "place": Field(_("Rank"), "1"),
        "name": Field(_("property company"), "如禾物业"),
        "score": Field(_("Score"), "92.5"),
        "reasons": Field(_("The reasons that were made public"), "综合得分 92.5，8 家中第 1 名。"),
        "state": Field(_("State"), "已公布"),
        "published": Field(_("Day of publication"), "2026-10-20"),
    },
    "numbers": {
        "mark": Field(_("The mark in the text"), "1"),
        "text": Field(_("The number"), "1625"),
        "about": Field(_("Of whom"), "全区"),
        "measure": Field(_("Measure"), "受理量"),
        "parts": Field(_("Numerator and denominator"), "118 ÷ 120"),
        "period": Field(_("The period"), "2026年11月考核期"),
        "definition": Field(_("Definition"), "“剔除后”不计已认定剔除的诉求。"),
    },
}
