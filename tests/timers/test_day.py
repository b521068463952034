"""A small day: the bench's stories and its reckoning, with fewer cases and hours."""

from datetime import timedelta

from bench.day import MIDNIGHT, live, staffed, stories

from huiyin.notices.models import Notice


def test_every_warning_of_a_day_is_told_exactly_once():
    morning, minutes, down = MIDNIGHT + timedelta(hours=8), 400, range(150, 210)
    day = live(stories(60, 3, minutes), staffed(3), minutes, down, start=morning)
    assert day.told > 60
    assert 0 < day.late < day.told
    assert day.notices == Notice.objects.count()
