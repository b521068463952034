"""One meeting that is under way when the demonstration opens: something to read, to like and to host at once."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from huiyin.cli.simulate.photographs import scene
from huiyin.people.models import Account, Unit
from huiyin.townhall import domain, domain_feed, domain_words
from huiyin.townhall.choices import Stage, State, Via, WordUse
from huiyin.townhall.models import Meeting, Question

UNIT: Final = "qingyuan"
_ACCOUNT: Final = (
    "今年上半年，我们修了十二部老电梯，补了三百盏路灯，清源里的早市搬进了棚子。"
    "还欠大家的：北里的下水，东门的停车。今天一件一件说。"
)
_ANSWERED: Final = (
    ("北里的路灯什么时候修好?上夜班看不见路", "灯杆底座上周换完，本周五前全部亮起来。", "city"),
    ("社区食堂能不能给八十岁以上的老人送饭", "下月一号起每天中午送，先在居委会登记。", "livelihood"),
)
_QUEUE: Final = (
    "3号楼电梯停了两周,配件到底什么时候到?",
    "早市占着消防通道,救护车进不来怎么办",
    "小区门口的充电桩坏了一半,找谁修?",
    "物业费涨了,楼道还是没人扫",
)
_TEXTS: Final = (
    "报告会开始了。会场坐了六十多位居民，北里居委会分会场连线。",
    "书记在讲：十二部老电梯怎么修的，还欠大家什么。",
    "讲完了，开始答大家的问题。",
)
_PICTURES: Final = ("清源里早市搬进棚子以后", "东门外停车的地方", "北里正在换的灯杆")
_WATCHED: Final = ("加微信", "代开发票", "刷单兼职")
_WAITING: Final = ("三号楼的电梯已经停了半个月，哪天修好？", "幼儿园门口放学的时候堵得厉害")


def hold() -> Meeting:
    """Begun half an hour ago, by nobody who exists."""
    unit = Unit.objects.get(code=UNIT)
    begins = timezone.now() - timedelta(minutes=30)
    meeting = Meeting.objects.create(
        code=f"{timezone.localdate(begins):%Y%m%d}-{UNIT}", unit=unit, title=f"{unit.name}向居民报告",
        venue="清源社区活动中心", sub_venues="北里居委会", theme="脱稿讲、现场答", account=_ACCOUNT, begins_at=begins,
        invited="居民、人大代表、快递员、店主、放假的学生",
    )  # fmt: skip
    domain.turn(meeting, Stage.LIVE)
    _broadcast(meeting)
    domain_words.add(text="\n".join(_WATCHED), use=WordUse.HELD)
    for text, answer, theme in _ANSWERED:
        domain.settle(_shown(meeting, text), State.ANSWERED, answer=answer, theme=theme, term="near", unit_id=unit.pk)
    first, *_others = [_shown(meeting, text) for text in _QUEUE]
    domain.spotlight(first)
    for text in _WAITING:
        domain.ask(meeting, text=text, press=_press(text), via=Via.WEB)
    meeting.refresh_from_db()
    return meeting


def _broadcast(meeting: Meeting) -> None:
    """The handler of the street writes and shows."""
    by = Account.objects.get(username=f"handler.{UNIT}")
    for text in _TEXTS:
        domain_feed.write(meeting, text=text, press=_press(text))
    for number, caption in enumerate(_PICTURES):
        domain_feed.show(meeting, [scene(number)], caption=caption, by=by, press=_press(caption))


def _shown(meeting: Meeting, text: str) -> Question:
    question = domain.ask(meeting, text=text, press=_press(text), via=Via.MICROPHONE)
    domain.show(question)
    return question


def _press(text: str) -> str:
    return f"demo-{text[:20]}"
