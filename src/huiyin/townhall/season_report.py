"""The report of a season as parts of a paper, and as sheets."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.townhall.drafting import Part, share
from huiyin.townhall.queries_report import COUNTS, Report
from huiyin.townhall.sheets import Rows


def drafted(report: Report) -> list[Part]:
    """In Chinese, whoever reads."""
    with translation.override("zh-hans"):
        return [_meetings(report), _questions(report), _definitions(), _units(report)]


def _meetings(report: Report) -> Part:
    first, last = report.season.first_day, report.season.last_day
    told = (
        f"{first:%Y-%m-%d}至{last:%Y-%m-%d}，计划报告会{report.planned}场，已开{report.held}场；"
        f"应报告的单位{len(report.rows)}个，已报告的占{share(report.units_met, len(report.rows))}。"
        f"直播页共有{report.viewers}个浏览器打开过（按场相加，不等于人数）。"
    )
    return Part("报告会", [told])


def _questions(report: Report) -> Part:
    told = (
        f"现场提问{report.total('during')}件，会前会后意见{report.total('opinions')}件，合计{report.total('every')}件；"
        f"已解决{report.total('resolved')}件，在四个清单上{report.total('listed')}件，超期{report.total('late')}件。"
    )
    whole, every = report.rates
    both = (
        f"解决的比例有两种算法：以会前会后意见为分母，{share(whole.numerator, whole.denominator)}，分子含现场提问；"
        f"以现场提问与会前会后意见之和为分母，{share(every.numerator, every.denominator)}，"
        "分子分母范围一致。引用时请注明是哪一种。"
    )
    return Part("提问与意见", [told, both])


def _definitions() -> Part:
    return Part("口径", [f"{one.label}：{one.definition}" for one in COUNTS.values()])


def _units(report: Report) -> Part:
    head = ("单位", "场次", "现场", "会前会后", "已解决", "清单上", "超期")
    names = ("during", "opinions", "resolved", "listed", "late")
    rows = [(row.unit.name, row.held, *(row.counts[name] for name in names)) for row in report.rows]
    return Part("各单位情况", ["按上报顺序排列，不作排名。"], head, rows)


def sheets(report: Report) -> dict[str, Rows]:
    about = [[str(one.label), str(one.definition)] for one in COUNTS.values()]
    about += [[str(one.label), str(one.definition)] for one in report.rates]
    about += [[_("Viewers"), _("Browsers that opened a live page, added up over meetings: not people.")]]
    head = [_("Unit"), _("Meetings held"), *(str(one.label) for one in COUNTS.values()), _("Viewers")]
    rows = [[str(row.unit), row.held, *(row.counts[name] for name in COUNTS), row.viewers] for row in report.rows]
    sums = [_("All"), report.held, *(report.total(name) for name in COUNTS), report.viewers]
    return {
        _("Figures"): [_head(report), *_totals(report)],
        _("By unit"): [head, *rows, sums],
        _("Definitions"): about,
    }


def _head(report: Report) -> list[object]:
    season = report.season
    counted = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return [str(season), f"{season.first_day} – {season.last_day}", _("Counted at"), counted]


def _totals(report: Report) -> list[list[object]]:
    return [
        [_("Figure"), _("Numerator"), _("Denominator"), "%"],
        [_("Units that reported"), report.units_met, len(report.rows), ""],
        [_("Meetings held"), report.held, report.planned, ""],
        *([str(one.label), report.total(name), "", ""] for name, one in COUNTS.items()),
        [_("Viewers"), report.viewers, "", ""],
        *([str(one.label), one.numerator, one.denominator, one.percent or "—"] for one in report.rates),
    ]
