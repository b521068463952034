"""A small day: the bench's stories and its reckoning, with fewer cases and hours."""

from datetime import timedelta

from bench.reckoning import judge
from bench.stories import MIDNIGHT, MINUTE, Hands, staffed, stories
from django.db import connection

from huiyin.timers.domain import tick
from huiyin.timers.models import TimerMark

MORNING, MINUTES, DOWN = MIDNIGHT + timedelta(hours=8), 400, range(150, 210)


def lived(down):
    """The verdict on a morning whose clockwork stood still while `down`."""
    hands = Hands(stories(60, 3, MINUTES), staffed(3))
    for minute in range(MINUTES):
        now = MORNING + minute * MINUTE
        hands.work(minute, lambda now=now: now)
        if minute not in down:
            tick(now)
    return verdict()


def verdict():
    hour = (MORNING + DOWN.start * MINUTE, MORNING + DOWN.stop * MINUTE)
    with connection.cursor() as cursor:
        return judge(cursor, ends=MORNING + MINUTES * MINUTE, down=hour)


def test_every_warning_of_a_day_is_told_exactly_once():
    day = lived(DOWN)
    assert day.told > 60
    assert 0 < day.late == day.marked_late < day.told
    assert (day.missed, day.double, day.needless, day.early, day.late_elsewhere) == ([], [], [], [], 0)
    assert day.worst_minutes <= 1


def test_the_reckoning_finds_what_is_wrong():
    lived(DOWN)
    first, second, third = TimerMark.objects.select_related("timer__case").order_by("at")[:3]
    first.delete()
    TimerMark.objects.filter(pk=second.pk).update(at=second.at - timedelta(hours=1))
    third.pk = None
    third.percent = 77
    third.save()
    found = verdict()
    assert [call.case for call in found.missed] == [first.timer.case.number]
    assert [call.case for call in found.early] == [second.timer.case.number]
    assert [(call.case, call.percent) for call in found.needless] == [(third.timer.case.number, 77)]
