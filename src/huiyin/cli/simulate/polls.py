"""Two votes on the demonstration's meeting: one that is open, one with its result, a tie behind the first."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from huiyin.people.models import Account
from huiyin.polls import domain_staff, mixing, phones
from huiyin.polls.domain_staff import Wording
from huiyin.polls.models import Poll, Voter
from huiyin.townhall.models import Meeting

_OPEN: Final = (
    Wording("北里小区加装电梯", "3号楼、5号楼先装，每部由街道补一半", 640_000),
    Wording("清源早市搬进棚子", "通下水、装灯，老摊位优先", 280_000),
    Wording("河沿路补路灯", "从桥头到学校，三十二盏", 96_000),
    Wording("社区食堂添送餐", "给八十岁以上的老人送午饭，先试一年", None),
)
_CLOSED: Final = (
    Wording("东门口袋公园", "健身器材、遮阳、长椅", 350_000),
    Wording("楼道声控灯", "二十六个单元", 78_000),
    Wording("电动车充电棚", "三处，带灭火", 210_000),
)
# Votes by phone (1: the first option …; two may be chosen), then on paper.
_CHOSEN: Final = ((1,),) * 14 + ((2,),) * 23 + ((2, 3),) * 19 + ((1, 3),) * 12 + ((1, 2),) * 8
_PAPER: Final = (21, 30, 24)
_WHY: Final = "今年的钱够办一件，明年再办下一件。得票最多的先办，结果在下次报告会上说。"
_SOURCE: Final = "社区台账，年满18岁的常住居民"


def put_to_the_vote(meeting: Meeting) -> list[Poll]:
    """Planned by somebody of the unit; the phones are nobody's."""
    by = Account.objects.filter(unit=meeting.unit).order_by("pk").first()
    if by is None:
        return []
    ended = _drafted(meeting, by, _CLOSED, question="去年剩下的钱先用在哪里？", pick=2)
    opened = _drafted(meeting, by, _OPEN, question="先办哪一件？", why=_WHY, pick=1)
    domain_staff.open_poll(opened, by=by, version=opened.version)
    return [opened, _ended(ended, by)]


def _drafted(meeting: Meeting, by: Account, options: Sequence[Wording], **told: Any) -> Poll:
    ends = timezone.now() + timedelta(days=3)
    known: dict[str, Any] = {"unit": meeting.unit, "meeting": meeting, "eligible": 1860, "eligible_source": _SOURCE}
    return domain_staff.plan(by=by, options=options, opens_at=None, closes_at=ends, **known, **told)


def _ended(poll: Poll, by: Account) -> Poll:
    """Voted on for a week, a fortnight ago; the count on paper came the day after."""
    domain_staff.open_poll(poll, by=by, version=poll.version)
    ids = dict(poll.options.values_list("position", "pk"))
    for number, chosen in enumerate(_CHOSEN):
        Voter.objects.create(poll=poll, phone=phones.voter(poll, f"demonstration {number}"))
        mixing.put(poll, [ids[position] for position in chosen])
    votes = {ids[position]: many for position, many in enumerate(_PAPER, 1)}
    domain_staff.enter_paper(poll, by=by, version=poll.version, ballots=47, invalid=2, votes=votes)
    begun, ended = timezone.now() - timedelta(days=14), timezone.now() - timedelta(days=7)
    Poll.objects.filter(pk=poll.pk).update(opened_at=begun, opens_at=begun, closes_at=ended, paper_at=ended)
    poll.refresh_from_db()
    poll.log.update(at=ended)
    return poll
