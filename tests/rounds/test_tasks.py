import pytest
from django.utils import timezone
from tests.rounds.morning import closed

from huiyin.rounds import tasks
from huiyin.rounds.models import Check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hour", "drawn"), [(4, 0), (5, 1), (17, 1)])
def test_today_is_drawn_once_from_five_o_clock(hour, drawn):
    closed()
    at = round(timezone.localtime().replace(hour=hour).timestamp())
    assert (tasks.draw(at), tasks.draw(at), Check.objects.count()) == (drawn, 0, drawn)
