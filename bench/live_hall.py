"""The meeting's side of `bench.live`: a process of its own with Django, told through a pipe what to do."""

import time
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from bench import data
from bench.apart import Apart
from bench.pages import cookie

SHOWN, WAITING = 60, 200
_ANSWER = (
    "已经和供热单位核对：三号楼的循环泵本周五前更换完毕，更换期间每天十七点到二十一点送临时热源；"
    "家里有老人和孩子的，请在楼长处登记，社区今晚逐户上门测温。换泵之后连测三天，温度不到十八度的按合同退费。"
)
_MATTERS = (
    "三号楼暖气不热，家里只有十六度",
    "河沿路的路灯坏了，晚上看不见路",
    "电梯停了两周，八十岁的老人下不来楼",
    "早市占了消防通道，救护车进不来",
    "小区门口的充电桩坏了一半，找谁修",
)


class Hall:
    """A meeting under way with sixty questions shown; every answer carries the moment at which it was given."""

    def __enter__(self) -> Self:
        self._process = Apart(_work).start()
        found = self._process.receive()
        self.url, self.code, self.shown = str(found["url"]), str(found["code"]), list(found["shown"])
        self.cookie = str(found["cookie"])  # of somebody who may run the meeting
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._process.send(("leave",))
            self._process.join()
        else:
            self._process.kill()

    def answer(self, times: int, every_seconds: float) -> None:
        """Begins; `wait` until it is done."""
        self._process.send(("answer", times, every_seconds))

    def wait(self) -> None:
        self._process.receive()

    def count(self) -> tuple[int, int, int]:
        """Questions from the live page, likes by the questions' own counts, rows of likes."""
        self._process.send(("count",))
        questions, likes, rows = self._process.receive()
        return questions, likes, rows


def _work(pipe: Connection) -> None:
    url = data.ensure(0, name="bench_live", fresh=True)
    meeting, questions = _begin()
    shown = [question.pk for question in questions]
    pipe.send({"url": url, "code": meeting.code, "shown": shown, "cookie": cookie("supervisor")})
    while (order := pipe.recv())[0] != "leave":
        if order[0] == "answer":
            _answer(questions, *order[1:])
            pipe.send("done")
        else:
            pipe.send(_count(meeting))


def _begin() -> tuple[Any, list[Any]]:
    from django.utils import timezone

    from huiyin.people.models import Unit
    from huiyin.townhall import domain
    from huiyin.townhall.choices import Stage
    from huiyin.townhall.models import Meeting

    unit = Unit.objects.order_by("pk")[0]
    meeting = Meeting.objects.create(code="hall", unit=unit, title="报告会", venue="礼堂", begins_at=timezone.now())
    domain.turn(meeting, Stage.LIVE)
    questions = [domain.ask(meeting, text=f"三号楼暖气不热，第{n}问", press=f"hall{n}") for n in range(SHOWN)]
    for question in questions:
        domain.show(question)
    for number in range(WAITING):
        domain.ask(meeting, text=f"{_MATTERS[number % len(_MATTERS)]}，第{number}位居民问", press=f"hallw{number}")
    return meeting, questions


def _answer(questions: list[Any], times: int, every_seconds: float) -> None:
    from huiyin.townhall import domain
    from huiyin.townhall.choices import State

    begin = time.monotonic()
    for number in range(times):
        time.sleep(max(0.0, begin + number * every_seconds - time.monotonic()))
        domain.settle(questions.pop(), State.ANSWERED, answer=f"{_ANSWER}m{time.monotonic_ns()}m")


def _count(meeting: Any) -> tuple[int, int, int]:
    from django.db.models import Sum

    from huiyin.townhall.models import Like, Question

    asked = Question.objects.filter(meeting=meeting).exclude(press__startswith="hall").count()
    likes = Question.objects.filter(meeting=meeting).aggregate(n=Sum("likes"))["n"]
    return asked, int(likes), Like.objects.count()
