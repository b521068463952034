from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from huiyin.collect.models import RateWindow
from huiyin.collect.senders import forget_old, may_send

pytestmark = pytest.mark.django_db


def ask(address, **headers):
    return may_send(RequestFactory().post("/say/", REMOTE_ADDR=address, headers=headers))


def test_the_third_of_two_is_one_too_many_and_others_are_not_touched(settings):
    settings.RATE_PER_HOUR = 2
    assert [ask("10.0.0.1") for _ in range(3)] == [True, True, False]
    assert ask("10.0.0.2") is True


def test_no_address_is_stored():
    ask("10.0.0.1")
    window = RateWindow.objects.get()
    assert ("10.0.0.1" in window.key, len(window.key), window.count) == (False, 64, 1)


def test_one_home_is_one_sender_under_ipv6(settings):
    settings.RATE_PER_HOUR = 1
    assert [ask("2001:db8:1:2::1"), ask("2001:db8:1:2::99"), ask("2001:db8:1:3::1")] == [True, False, True]


def test_a_forged_forwarding_header_counts_for_nothing_without_a_proxy(settings):
    settings.RATE_PER_HOUR = 1
    assert [ask("10.0.0.1", x_forwarded_for=f"1.2.3.{n}") for n in range(2)] == [True, False]


def test_behind_one_proxy_the_last_address_it_added_counts(settings):
    settings.RATE_PER_HOUR, settings.PROXIES = 1, 1
    assert [ask("10.0.0.1", x_forwarded_for=f"9.9.9.{n}, 1.2.3.4") for n in range(2)] == [True, False]


def test_windows_that_ended_are_forgotten():
    ask("10.0.0.1")
    RateWindow.objects.create(key="old", expires_at=timezone.now() - timedelta(minutes=1))
    assert (forget_old(), RateWindow.objects.count()) == (1, 1)
