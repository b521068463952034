"""The invented property companies: one cycle that is published, and one whose companies may still explain."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from huiyin.kernel.periods import previous
from huiyin.people.models import Account, Area, Unit
from huiyin.review import periods
from huiyin.standing import domain, domain_entries, domain_rules
from huiyin.standing.choices import Listed
from huiyin.standing.models import Company, Cycle, Entry, Estate
from huiyin.standing.reading import Line

_UNITS: Final = ("pm-ruhe", "pm-muan", "pm-linjian", "pm-huaiyin")
_PARTS: Final[dict[str, Any]] = {
    "volume": {"weight": 15, "points": [["0", "100"], ["40", "60"], ["120", "0"]]},
    "resolution": {"weight": 12, "points": [["50", "0"], ["95", "100"]]},
    "repeat": {"weight": 8, "points": [["0", "100"], ["20", "0"]]},
    "inspection": {"weight": 25, "points": []},
    "duty": {"weight": 20, "points": []},
    "owners": {"weight": 20, "points": []},
}
_VETOES: Final = ["发生安全责任事故", "泄露业主信息", "拒不移交"]
# Of each company: inspections, duty checks, owners' rating, out of a hundred.
_MARKS: Final = ((95, 92, 90), (84, 80, 78), (62, 58, 55), (76, 81, 74))
_MOST_ESTATES: Final = 32
_PUBLISHED_AGO: Final = timedelta(days=20)


def score() -> list[Cycle]:
    """By the supervisor; the reviewer decides on what the company explains."""
    who = {name: Account.objects.filter(username=name).first() for name in ("supervisor", "reviewer")}
    supervisor, reviewer = who["supervisor"], who["reviewer"]
    companies = _companies()
    if supervisor is None or reviewer is None or len(companies) < len(_UNITS):
        return []
    domain_rules.set_sheet(
        by=None, valid_from=timezone.localdate() - timedelta(days=800), parts=_PARTS, vetoes=_VETOES, red_percent=25,
        black_percent=25, explain_days=5, listed_days=180, ground="演示计分表",
    )  # fmt: skip
    last = previous(periods.read("this-month"))
    published = _proposed(previous(last).label, companies, supervisor)
    _publish(published, supervisor, reviewer)
    open_ = _proposed(last.label, companies, supervisor)
    domain_entries.notify(open_, by=supervisor)
    return [published, open_]


def _companies() -> list[Company]:
    """Each looks after some of the first estates."""
    units = Unit.objects.filter(code__in=_UNITS).order_by("path")
    companies = [Company.objects.get_or_create(unit=unit)[0] for unit in units]
    homes = Q(name__endswith="小区") | Q(name__endswith="家园") | Q(name__endswith="里") | Q(name__endswith="花园")
    areas = Area.objects.filter(homes, kind="estate").order_by("code")[:_MOST_ESTATES]
    begins = timezone.localdate() - timedelta(days=1200)
    for index, area in enumerate(areas if companies else ()):
        company, households = companies[index % len(companies)], 280 + 37 * (index % 9)
        Estate.objects.create(area=area, company=company, households=households, valid_from=begins)
    return companies


def _proposed(period: str, companies: list[Company], by: Account) -> Cycle:
    cycle = domain.begin(period=period, by=by)
    lines = [
        Line(company, code, Decimal(earned), Decimal(100), "")
        for company, marks in zip(companies, _MARKS, strict=True)
        for code, earned in zip(("inspection", "duty", "owners"), marks, strict=True)
    ]
    lines.append(Line(companies[2], "deduction", Decimal(3), None, "消防通道堆物，限期未清"))
    domain.bring(cycle=cycle, lines=lines, by=by, filename="检查评分.xlsx")
    domain.compute(cycle=cycle, by=by)
    domain.propose(cycle=cycle, by=by)
    return cycle


def _publish(cycle: Cycle, supervisor: Account, reviewer: Account) -> None:
    """Told three weeks ago; the last company explained itself, was heard, and is mending."""
    domain_entries.notify(cycle, by=supervisor)
    black = cycle.entries.filter(listed=Listed.BLACK).first()
    if black:
        domain_entries.explain(black, by=None, words="通道已清理，重新划线，保安每天巡两次。附照片。")
        told = "清理属实，但两次复查都有新堆物，扣分不变。"
        domain_entries.decide(black, by=reviewer, accepted=False, reasons=told)
    Entry.objects.filter(cycle=cycle).update(explain_until=timezone.now() - _PUBLISHED_AGO)
    domain_entries.publish(cycle, by=supervisor)
    if black:
        today, words = timezone.localdate(), "约谈项目负责人，每周报一次通道照片，帮助联系清运。"
        domain_entries.coach(black, by=supervisor, on=today, words=words, mend_by=today + timedelta(days=30))
