from datetime import date, datetime, time

import pytest
from django.utils import timezone

from huiyin.townhall.days import until

DAY = date(2026, 11, 28)


def moment(hour, minute=0, day=DAY):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (moment(9), moment(18)),
        (moment(17, 59), moment(18)),
        (moment(18), moment(23, 59)),
        (moment(20, 30), moment(23, 59)),
        (moment(20, 30, date(2026, 11, 27)), moment(18)),
    ],
)
def test_what_is_promised_in_the_evening_for_today_is_not_late_at_once(said, kept):
    assert until(DAY, said) == kept
