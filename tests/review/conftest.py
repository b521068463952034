import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()


@pytest.fixture
def enter():
    """A browser in which this demo account is signed in."""
    from tests.district import account  # noqa: PLC0415 - needs django.setup()

    def enter(username):
        client = Client()
        client.force_login(account(username))
        return client

    return enter
