"""Three experts' desks beside the demonstration's meeting, and two secretaries' lines."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from huiyin.people.models import Account, Unit
from huiyin.reception import domain
from huiyin.reception.choices import Outcome, Topic
from huiyin.reception.domain_records import record
from huiyin.reception.models import Desk, Line
from huiyin.townhall.models import Meeting

_DESKS: Final = (
    (Topic.ELDERLY, "养老护理与补贴", "养老服务顾问", "沐河区民政局", "一号台"),
    (Topic.PROPERTY, "物业费与维修资金", "物业管理专家", "沐河区住建委", "二号台"),
    (Topic.LEGAL, "邻里与租赁纠纷", "公益律师", "沐河区司法局", "三号台"),
)
# Of each desk: what was asked, what was advised, what came of it.
_ASKED: Final = (
    (
        ("老母亲八十五岁，上门护理补贴怎么申请？", "先到社区做能力评估，评上后每月有护理补贴。", Outcome.KNOWLEDGE),
        ("社区食堂离得远，腿脚不便怎么办？", "登记送餐，下月起中午送到家。", Outcome.ADVISED),
    ),
    (("电梯大修，维修资金一直批不下来。", "材料齐了，请街道协调业委会投票。", Outcome.CASE),),
    (("租房合同没到期，房东要涨租。", "合同期内不能单方涨租，可申请调解。", Outcome.ADVISED),),
)
_LINES: Final = (
    ("qingyuan", "清源街道书记专线", "0999-8600 0001"),
    ("heyan", "河沿街道书记专线", "0999-8600 0002"),
)
_WAITING: Final = 3


def open_desks(meeting: Meeting) -> None:
    """Begun with the meeting; some people were there, some wait, and one number is called at the first."""
    clerk = Account.objects.get(username=f"leader.{meeting.unit.code}")
    for desk, asked in zip([_desk(meeting, told) for told in _DESKS], _ASKED, strict=True):
        _serve(desk, asked, clerk)
    domain.call_next(meeting.desks.earliest("pk"))


def _desk(meeting: Meeting, told: tuple[Topic, str, str, str, str]) -> Desk:
    topic, title, expert, organisation, place = told
    return Desk.objects.create(
        meeting=meeting, topic=topic, title=title, expert_title=expert, organisation=organisation, place=place,
        begins_at=meeting.begins_at, ends_at=meeting.begins_at + timedelta(hours=3), slot_minutes=10,
    )  # fmt: skip


def _serve(desk: Desk, asked: tuple[tuple[str, str, Outcome], ...], clerk: Account) -> None:
    """The numbers of those who were served are taken when the desk begins; the others' just now."""
    for turn, (question, advice, outcome) in enumerate(asked):
        domain.take(desk, press=f"demo{turn}", at=desk.begins_at)
        ticket, lead = domain.call_next(desk), "construction" if outcome == Outcome.CASE else ""
        record(
            desk, by=clerk, question=question, advice=advice, outcome=outcome, press=f"demo{turn}", ticket=ticket,
            lead=lead,
        )  # fmt: skip
        desk.tickets.filter(pk=ticket.pk).update(called_at=desk.begins_at + timedelta(minutes=3 + 9 * turn))
    for turn in range(_WAITING):
        domain.take(desk, press=f"wait{turn}", at=timezone.now())


def publish_lines() -> None:
    """Numbers that nobody has."""
    for code, title, number in _LINES:
        unit = Unit.objects.get(code=code)
        Line.objects.get_or_create(
            unit=unit, defaults={"title": title, "relay_number": number, "hours": "工作日 9:00–17:30"}
        )
