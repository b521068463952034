from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.evaluate.hours import different_hours, may_ring, next_time, part_of

TZ = ZoneInfo("Asia/Shanghai")


def on(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=TZ)


@pytest.mark.parametrize(
    ("hour", "part"), [(8, None), (9, 0), (11, 0), (12, None), (14, 1), (17, 1), (18, 2), (20, 2), (21, None)]
)
def test_parts_of_the_day(hour, part):
    assert part_of(on(24, hour)) == part
    assert may_ring(on(24, hour)) == (part is not None)


def test_the_evening_ends_at_half_past_eight():
    assert [part_of(on(24, 20, minute)) for minute in (29, 30)] == [2, None]


def test_first_try_is_the_next_part_an_hour_away():
    assert next_time([], on(24, 8)) == on(24, 9)
    assert next_time([], on(24, 8, 30)) == on(24, 14)


def test_the_next_try_is_at_another_time_of_day():
    assert next_time([on(24, 10)], on(24, 10)) == on(24, 14)
    assert next_time([on(24, 10), on(24, 15)], on(24, 15)) == on(24, 18)
    assert next_time([on(24, 15)], on(24, 15)) == on(24, 18)
    assert next_time([on(24, 19)], on(24, 19)) == on(25, 9)


def test_when_all_were_tried_any_but_the_last():
    assert next_time([on(24, 10), on(24, 15), on(24, 19)], on(24, 19)) == on(25, 9)


def test_hours_of_the_day_count_not_tries():
    assert different_hours([on(24, 10), on(25, 10, 59), on(25, 15)]) == 2
