"""A fact is told once to each person."""

import pytest
from tests.district import account

from huiyin.notices.domain import notify
from huiyin.notices.models import Notice

pytestmark = pytest.mark.django_db
FACT = {"key": "timer:MH-1:accept:3:50", "subject": "待签收", "text": "", "url": "/cases/MH-1/"}


def test_a_fact_is_told_once_to_each():
    first, second = account("handler.qingyuan"), account("leader.qingyuan")
    assert notify(accounts=[first, first], **FACT) == 1
    assert notify(accounts=[first, second], **FACT) == 1
    assert list(Notice.objects.values_list("account__username", flat=True).order_by("id")) == [
        "handler.qingyuan",
        "leader.qingyuan",
    ]


def test_nobody_to_tell_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert notify(accounts=[], **FACT) == 0
