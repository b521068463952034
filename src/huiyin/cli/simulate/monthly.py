"""Two months of reviews: the earlier held, some of its demands done; the last drafted, half of its speakers signed."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from huiyin.cases.domain import Step as CaseStep
from huiyin.cases.domain import act_as
from huiyin.cases.draft import SYSTEM
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.monthly import domain, domain_demands
from huiyin.monthly.choices import Kind
from huiyin.monthly.domain_rules import set_rules
from huiyin.monthly.models import Card, Point, Review, RuleBook, Topic
from huiyin.monthly.rules import OWN_VALUES
from huiyin.people.models import Account
from huiyin.review import periods

_TOPICS: Final = (("party-education", "党员教育监督"), ("fine-management", "精细化管理"))
_WORDS: Final = {
    "party-education": "党员干部教育监督抓得不紧，包村干部到点位少。",
    "fine-management": "精细化管理不够，背街小巷问题反复。",
}
_ASKED: Final = {
    "party-education": "明确每个点位的包村干部，名单上墙，每周到点位一次。",
    "fine-management": "列出背街小巷反复问题清单，逐条定人定时销号。",
}
_ANSWER: Final = {"text": "已逐件复盘，明确了责任人和时限，名单附后。", "action": "逐件复盘"}


def review_months(*, last: Period | None = None) -> None:
    """Of the `last` whole month and the one before; nothing where no case came in them."""
    for key, name in _TOPICS:
        Topic.objects.get_or_create(key=key, defaults={"name": name})
    chair = Account.objects.filter(memberships__role=Role.SUPERVISOR).order_by("pk").first()
    last = last or periods.before(periods.read("assess"))
    if chair is None:
        return
    _rules(chair)
    try:
        _held(_planned(periods.before(last), -24, chair), chair)
        _drafted(_planned(last, 6, chair), chair)
    except domain.Empty:
        return


def _rules(chair: Account) -> None:
    """A version that begins with the next assessment month: fewer speak, and a demand has a month. Once."""
    if RuleBook.objects.exists():
        return
    values = deepcopy(dict(OWN_VALUES))
    values["speaking"]["seats"], values["drafting"]["days"] = 7, 30
    first = periods.read("assess").end.astimezone(periods.zone()).date()
    set_rules(values=values, valid_from=first, ground="沐河区月度点评会工作规则（修订）", by=chair)


def _planned(period: Period, days: int, chair: Account) -> Review:
    return domain.plan(period, title=_title(period.label), held_on=_day(days), by=chair)


def _title(label: str) -> str:
    year, month = label.removeprefix("assess:").split("-")
    return f"{year}年{int(month)}月工作点评会"


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _drafted(review: Review, chair: Account) -> None:
    _said(review)
    _sign(review, chair, review.speakers.count() // 2)


def _held(review: Review, chair: Account) -> None:
    """Its demands went out; the first of them are closed by their units, some of those checked off."""
    _said(review)
    Point.objects.filter(card__review=review, kind=Kind.DEMAND).update(due=_day(5))
    _sign(review, chair, review.speakers.count())
    domain.release(review)
    domain_demands.hold(review)
    asked = list(Point.objects.filter(card__review=review, case__isnull=False).select_related("case").order_by("pk"))
    for at, point in enumerate(asked[: len(asked) * 2 // 3]):
        if point.case is None:
            continue
        steps = [CaseStep("accept"), CaseStep("submit", _ANSWER)]
        case = act_as(case=point.case, steps=[*steps, CaseStep("approve")], actor=SYSTEM)
        if at < len(asked) // 3:
            domain_demands.check_off(case, by=chair)


def _said(review: Review) -> None:
    """What the chair added by hand: the same on several cards, and what is asked about it."""
    cards = list(Card.objects.filter(review=review, unit__in=review.speakers.values("unit")))
    for at, card in enumerate(cards):
        key = "party-education" if at < len(cards) * 7 // 9 else "fine-management"
        Point.objects.create(card=card, kind=Kind.SHORTFALL, order=50, text=_WORDS[key], topic=key)
        told = {"text": _ASKED[key], "topic": key, "owner": card.unit, "due": _day(27)}
        Point.objects.create(card=card, kind=Kind.DEMAND, order=60, **told)


def _sign(review: Review, chair: Account, most: int) -> None:
    for card in domain.unsigned_speakers(review)[:most]:
        domain.sign(card, version=card.version, by=chair)
